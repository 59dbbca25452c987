// Gives the pages' tests what the server tells and shows: `web/tests/following.test.js` applies the
// events of each case to its first snapshot, and must get what the server shows to whoever comes then.
import Ledger
import OpenSSL
import Rooms
import RoomsTestSupport
import TestSupport
import Testing
import Wire

@testable import Server
@testable import Transport

struct FollowingGoldenTests {
    /// What a moderator and the server do, and how many seconds pass before.
    typealias Step = (after: UInt64, command: Command)

    /// Ends and cancellations in the middle of a pitch, and what undoes them.
    static let stories: [(name: String, steps: [Step])] = [
        (
            "an end in mid-pitch, reopened and resumed",
            [
                (0, .callSlot(.first)), (1, .startPitch), (5, .endRoom), (1, .confirmEnd),
                (30, .reopenRoom), (2, .resumeRoom), (3, .pauseClock), (1, .resumeClock),
            ]
        ),
        (
            "an end out of a pause, reopened and closed",
            [
                (0, .callSlot(.first)), (1, .startPitch), (5, .pauseRoom), (1, .endRoom),
                (1, .confirmEnd), (1, .reopenRoom), (1, .endRoom), (1, .confirmEnd),
                (1, .closeRoom),
            ]
        ),
        (
            "cancelled while an end was asked for",
            [
                (0, .callSlot(.second)), (1, .startPitch), (5, .endRoom),
                (1, .cancelRoom(reason: "雨")),
            ]
        ),
        (
            "cancelled after the end",
            [
                (0, .callSlot(.first)), (1, .endRoom), (1, .confirmEnd),
                (1, .cancelRoom(reason: nil)),
            ]
        ),
        (
            "a slot over its time, extended, shifted and made anew",
            [
                (0, .markReady(.first)), (0, .callSlot(.first)), (1, .startPitch), (60, .keepTime),
                (2, .extendClock(milliseconds: 60_000, reason: "追问")), (70, .keepTime),
                (1, .makeUp(milliseconds: 5_000)), (1, .finishSlot), (1, .callSlot(.second)),
                (1, .startPitch), (1, .pauseClock), (1, .skipSlot(.second, reason: nil)),
                (1, .recallSlot(.second)), (1, .callSlot(.second)), (1, .startPitch),
                (1, .startQuestions), (1, .restartSlot(.second, reason: "断电")),
            ]
        ),
        (
            "words, votes and their removal",
            [
                (0, .say("大家好")), (1, .ask("成本如何？", about: .first)), (1, .vote(for: asked)),
                (1, .mark(asked, .answering)), (1, .redact(asked - 1, .mistake)),
                (1, .mark(asked, .answered)), (1, .redact(asked, .private)),
            ]
        ),
        (
            "private messages and their removal",
            [
                (0, .say("内部", in: .staff)), (1, .say("请准备", in: .slot(.first))),
                (1, .say("@", mentioning: [Person.moderator.id])),
                (1, .redact(asked - 1, .mistake)),
                (1, .setRoles(Person.audience.id, roles: [.judge], slots: [])),
            ]
        ),
        (
            "questions: anonymous, merged, taken apart, answered",
            [
                (0, .allowAnonymous(true)), (1, .ask("一？", about: nil, anonymously: true)),
                (1, .ask("二？", about: .first)), (1, .vote(for: asked + 1)),
                (1, .mergeQuestion(asked + 1, into: asked)), (1, .ask("三？", about: nil)),
                (1, .mergeQuestion(asked, into: asked + 4)),
                (1, .mergeQuestion(asked + 1, into: nil)),
                (1, .answerQuestion(asked + 1, "见附件")),
                (1, .answerQuestion(asked + 1, "另见附录")), (1, .mark(asked + 4, .later)),
                (1, .redact(asked + 8, .mistake)), (1, .redact(asked, .private)),
                (1, .allowAnonymous(false)),
            ]
        ),
        (
            "polls: closed, cancelled, removed",
            [
                (0, .openPoll(poll(.live))), (1, .votePoll(polled, [2])),
                (1, .votePoll(polled, [1])), (1, .closePoll(polled)),
                (1, .openPoll(poll(.closed))), (1, .votePoll(polled + 4, [1])),
                (1, .cancelPoll(polled + 4)), (1, .redact(polled, .mistake)),
                (1, .openPoll(poll(.closed))), (1, .endRoom), (1, .confirmEnd),
            ]
        ),
        (
            "slides, an announcement, and what is not said freely",
            [
                (0, .placeSlides(.first, pages)), (1, .showSlide(.first, page: 2)),
                (1, .announce("十点开始")), (1, .setSlowMode(seconds: 10)), (1, .holdChat(true)),
                (1, .say("待审")), (1, .approve(held, words: nil)), (20, .say("再审")),
                (1, .refuseHeld(held + 2, reason: "重复")),
                (1, .stopOutput), (1, .resumeOutput), (1, .mute(Person.audience.id)),
                (1, .unmute(Person.audience.id)), (1, .checkIn(Person.audience.id)),
                (1, .checkOut(Person.audience.id)), (1, .checkIn(Person.audience.id)),
                (1, .remove(Person.audience.id, reason: "x")),
                (1, .ban(Person.otherAudience.id, reason: nil)),
            ]
        ),
        (
            "judges, their sheets and what is told of them",
            [
                (0, .arrangeJudging(.sample)), (1, .seatJudge(Person.otherJudge.id, panel: 2)),
                (1, .recuse(.second, Person.judge.id, reason: "同一单位")),
                (1, .recuse(.first, Person.judge.id, reason: nil)),
                (1, .endRecusal(.first, Person.judge.id)), (1, .callSlot(.first)),
                (1, .startPitch), (1, .submitSheet(.first, marks: [90, 80], comment: "扎实")),
                (1, .startQuestions), (1, .finishSlot),
                (1, .submitSheet(.first, marks: [91, 80], comment: nil)),
                (1, .closeScoring(.first, words: [:])),
                (1, .openScoring(.first, reason: "补评")), (1, .callSlot(.second)),
                (1, .closeScoring(.first, words: [:])), (1, .startPitch), (1, .finishSlot),
                (1, .closeScoring(.second, words: [:])),
                (1, .skipSlot(SlotID(place: 3), reason: nil)), (1, .publishScores(words: [:])),
            ]
        ),
        (
            "panels that are fewer afterwards, and scores told one by one",
            [
                (0, .arrangeJudging(.plan(panels: [50, 30, 20]))),
                (1, .seatJudge(Person.judge.id, panel: 3)),
                (1, .seatJudge(Person.otherJudge.id, panel: 2)),
                (1, .arrangeJudging(.plan(publication: .eachSlot, detail: .judges))),
                (1, .callSlot(.second)), (1, .startPitch),
                (1, .submitSheet(.second, marks: [70, 60], comment: "继续")), (1, .finishSlot),
                (1, .closeScoring(.second, words: [:])), (1, .callSlot(.first)),
                (1, .startPitch), (1, .submitSheet(.first, marks: [71, 60], comment: nil)),
                (1, .finishSlot), (1, .closeScoring(.first, words: [:])),
            ]
        ),
        (
            "hands, the floor, a recording, captions and a playback",
            [
                (0, .raiseHand), (1, .giveFloor(Person.moderator.id)), (1, .raiseHand),
                (1, .lowerHand(nil)), (1, .giveFloor(Person.audience.id)),
                (1, .muteMicrophone(Person.audience.id)),
                (1, .arrangeStage(.camera, pinned: Person.audience.id)), (1, .consent(true)),
                (1, .startRecording(.sample(1))),
                (1, .addCaption(CaptionText(language: "zh-CN", text: "大家好"))),
                (1, .offerRecording(.sample(2), recording)),
                (1, .startPlayback(.sample(2), from: 1_000)), (1, .seekPlayback(to: 9_000)),
                (1, .pausePlayback), (1, .seekPlayback(to: 2_000)), (1, .resumePlayback),
                (1, .remove(Person.audience.id, reason: nil)), (1, .raiseHand),
                (1, .giveFloor(Person.otherAudience.id)),
                (1, .unmuteMicrophone(Person.otherAudience.id)),
                (1, .muteMicrophone(Person.otherAudience.id)),
                (1, .unmuteMicrophone(Person.otherAudience.id)),
                (1, .takeFloor(Person.otherAudience.id)), (1, .stopPlayback),
                (1, .stopRecording(.moderator)), (1, .consent(false)), (1, .endRoom),
                (1, .confirmEnd),
            ]
        ),
        (
            "corrections, one of them removed, and the seal",
            [
                (0, .say("三百度")), (1, .ask("几年？", about: nil)),
                (1, .answerQuestion(polled + 1, "五年")),
                (1, .addCaption(CaptionText(language: "zh-CN", text: "大佳好"))),
                (1, .correct(polled, "300 °C")), (1, .correct(polled, "310 °C")),
                (1, .correct(polled + 1, "几个月？")), (1, .correct(polled + 2, "五个月")),
                (1, .correct(polled + 3, "大家好")), (1, .redact(polled + 6, .mistake)),
                (1, .redact(polled + 2, .mistake)), (1, .endRoom), (1, .confirmEnd),
            ] + Rehearsal.toSeal(for: .public).map { (1, $0) }
        ),
        (
            "draws: to the end, called off, cut off; the order by hand",
            [
                (0, .orderSlots([SlotID(place: 3), .first, .second])),
                (1, .startDraw(seed: .sample(1))),
                (1, .commitDraw(drawn, .second, DrawBytes.sample(2).commitment)),
                (1, .commitDraw(drawn, .first, DrawBytes.sample(3).commitment)),
                (1, .closeDraw(drawn)), (1, .revealDraw(drawn, .first, .sample(3))),
                (1, .finishDraw(drawn, in: nil)), (1, .startDraw(seed: .sample(4))),
                (1, .cancelDraw(drawn + 6)), (1, .startDraw(seed: .sample(5))), (1, .endRoom),
                (1, .confirmEnd), (1, .reopenRoom), (1, .resumeRoom), (1, .callSlot(.first)),
            ]
        ),
    ]

    /// In a room that cuts microphones when time is up.
    static let strict: [(name: String, steps: [Step])] = [
        (
            "nobody came, twice; a microphone that is cut and heard again",
            [
                (0, .callSlot(.first)), (180, .noShow), (1, .callSlot(.first)), (180, .noShow),
                (1, .callSlot(.second)), (1, .startPitch), (60, .keepTime),
                (5, .extendClock(milliseconds: 60_000, reason: nil)), (60, .keepTime),
                (1, .startQuestions),
            ]
        )
    ]

    /// The number of the first draw above.
    private static let drawn: UInt64 = 13

    /// The number of the first poll above.
    private static let polled: UInt64 = 12

    private static func poll(_ results: PollResults) -> PollPlan {
        let texts = PollTexts(question: "投给谁？", options: ["甲", "乙"])
        return PollPlan(kind: .single, texts: texts, slot: .first, results: results)
    }

    private static let recording = OfferedRecording(
        id: .sample(2),
        by: Person.moderator.id,
        slot: .first,
        length: 60_000
    )

    /// The number of the first held message above, which stands after five commands more.
    private static let held: UInt64 = 17

    private static let pages = Array(
        repeating: SlideFile(
            file: String(repeating: "ab", count: 32),
            type: "image/png",
            width: 1_600,
            height: 900
        ),
        count: 2
    )

    /// The number of the question above: the room's making, eight admissions, its opening and start,
    /// and a message stand before it.
    private static let asked: UInt64 = 13

    @Test func `the pages are tested with what the server tells now`() throws {
        var lines: [String] = []
        let told =
            Self.stories.map { ($0, StageRules()) }
            + Self.strict.map { ($0, StageRules(atZero: .cut)) }
        for (story, rules) in told {
            var telling = try Telling(seed: 1, rules)
            for step in story.steps {
                telling.hall.clock.turn(byMilliseconds: step.after * 1_000)
                switch step.command {
                case .keepTime, .makeUp: telling.hall.serve(step.command)
                // What waits for approval is never a moderator's.
                case .say where telling.hall.host.decided.conduct.holdsChat:
                    telling.hall.give(step.command, by: .audience)
                case .commitDraw(_, let slot, _), .revealDraw(_, let slot, _):
                    let isFirst = slot == .first
                    telling.hall.give(step.command, by: isFirst ? .presenter : .otherPresenter)
                case .submitSheet: telling.hall.give(step.command, by: .judge)
                default: telling.hall.give(step.command, by: .moderator)
                }
                telling.hall.settleAll()
                telling.look()
            }
            lines += telling.lines(name: story.name)
        }
        // A fixed row, whatever SEED says: the golden file is of these.
        for seed: UInt64 in 1...6 {
            let atZero = StageRules.AtZero.allCases[Int(seed % 3)]
            var telling = try Telling(seed: seed, StageRules(atZero: atZero))
            var commands = CommandGenerator(seed: seed)
            for count in 1...120 {
                telling.give(commands.next(for: telling.hall.host.decided))
                if count.isMultiple(of: 40) { telling.look() }
            }
            lines += telling.lines(name: "seed \(seed)")
        }
        let text = "[\n" + lines.joined(separator: ",\n") + "\n]\n"
        #expect(try GoldenFile.text("following.json", updatingTo: text) == text)
    }
}

/// A room, a visitor and a moderator who follow it, and what each could see when it looked.
private struct Telling {
    let hall: Hall
    private var readers: [Reader]
    /// No random command touches this one's roles.
    private static let watchful = MemberID.sample(9)

    private struct Reader {
        let name: String
        let connection: ConnectionID
        let reader: ReaderClass
        /// What the log has of it from before the first snapshot.
        let before: [JSON]
        let start: [UInt8]
        var looks: [(events: Int, snapshot: [UInt8])] = []
    }

    init(seed: UInt64, _ rules: StageRules) throws {
        let hall = try Hall(seed: seed)
        self.hall = hall
        hall.serve(.create(.sample(rules: rules)))
        hall.serve(.admit(Self.watchful, roles: [.moderator], slots: []))
        hall.settleAll()
        readers = try [("visitor", nil), ("moderator", Self.watchful)].map { name, member in
            let connection = hall.connect(member)
            hall.join(connection)
            let reader = hall.host.durable.readerClass(of: member)
            return Reader(
                name: name,
                connection: connection,
                reader: reader,
                before: try hall.logged(for: reader),
                start: hall.host.snapshot(for: reader)
            )
        }
        for person in Person.allCases {
            guard let membership = person.membership else { continue }
            let admit = Command.admit(person.id, roles: membership.roles, slots: membership.slots)
            hall.serve(admit, card: person.card)
        }
        hall.give(.openRoom, by: .moderator)
        hall.give(.startRoom, by: .moderator)
        hall.settleAll()
        look()
    }

    func give(_ step: CommandGenerator.Step) {
        hall.clock.turn(byMilliseconds: step.elapsed)
        if step.speaker.actor == .server {
            hall.serve(step.command, card: step.speaker.card)
        } else {
            hall.give(step.command, by: step.speaker)
        }
        hall.settleAll()
    }

    /// Notes what each reader has been told by now, and what the server shows.
    mutating func look() {
        for index in readers.indices {
            let events = hall[readers[index].connection].events.count
            let snapshot = hall.host.snapshot(for: readers[index].reader)
            readers[index].looks.append((events, snapshot))
        }
    }

    /// One line of JSON for each reader.
    func lines(name: String) -> [String] {
        readers.map { reader in
            var told = hall[reader.connection].events[...]
            var taken = 0
            var writer = JSONWriter()
            writer.object { object in
                object.member("name", "\(name): \(reader.name)")
                object.member("before", .array(reader.before))
                object.member("start", raw: reader.start)
                object.member(
                    "looks",
                    array: { looks in
                        for look in reader.looks {
                            looks.object { entry in
                                entry.member(
                                    "events",
                                    .array(Array(told.prefix(look.events - taken)))
                                )
                                entry.member("snapshot", raw: look.snapshot)
                            }
                            told = told.dropFirst(look.events - taken)
                            taken = look.events
                        }
                    }
                )
            }
            return String(decoding: writer.bytes, as: UTF8.self)
        }
    }
}

extension Hall {
    /// What stands in the log for these readers, as an event's message has it.
    fileprivate func logged(for reader: ReaderClass) throws -> [JSON] {
        try log.events.compactMap { event in
            let parts = event.visibleParts { reader.sees($0) }
            guard !parts.isEmpty else { return nil }
            let message = ServerMessage.event(
                in: event.header.room,
                sequence: event.sequence,
                previous: event.sequence - 1,
                at: event.header.time,
                hash: event.hash.hex,
                parts: parts
            )
            return try JSONParser.parse(message)
        }
    }
}

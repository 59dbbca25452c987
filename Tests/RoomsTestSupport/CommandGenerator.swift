import Ledger
public import Rooms
import TestSupport

/// Random commands by random actors, most of them likely to be taken, some sure to be refused.
public struct CommandGenerator: Sendable {
    /// One command, its speaker, and how many milliseconds after the one before it comes.
    public struct Step: Sendable {
        public let command: Command
        public let speaker: Speaker
        public let elapsed: UInt64
    }

    var random: SplitMix64
    /// When the last step came, in milliseconds since 1970.
    private var lastTime = Timestamp.start.milliseconds

    public init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    /// The next command for a room in that state.
    public mutating func next(for room: Room) -> Step {
        if let step = aside(room) { return step }
        let kind = pick(following(room) ?? Self.kinds)
        let speaker = speaker(for: kind)
        return Step(command: command(kind, room), speaker: speaker, elapsed: elapsed(room))
    }

    /// Now and then what the room waits for, which by chance alone seldom comes in time.
    private mutating func following(_ room: Room) -> [Command.Kind]? {
        guard UInt8.random(in: 0..<4, using: &random) == 0 else { return nil }
        switch room.lifecycle {
        case .scheduled: return [.openRoom, .openRoom, .startDraw]
        case .open: return [.startRoom]
        case .live, .paused:
            if room.endRequestedUntil != nil { return [.confirmEnd] }
            if room.conduct.isStopped { return [.resumeOutput] }
            if case .stopped = room.recording.playback?.reading { return [.resumePlayback] }
            if let draw = room.roadshow.draw, draw.isRunning {
                return draw.phase == .committing
                    ? [.commitDraw, .commitDraw, .closeDraw]
                    : [.revealDraw, .revealDraw, .finishDraw]
            }
            if !room.conduct.held.isEmpty { return [.approve, .approve, .refuseHeld] }
            return judgingFollowing(room)
        case .followUp:
            return judgingFollowing(room) ?? [.reopenRoom, .reopenRoom, .closeRoom]
        case .closed:
            if room.archival.sealRequestedUntil != nil { return [.confirmSeal] }
            return room.archiveTasks.isEmpty
                ? [.seal] : [.arrangeArchive, .reviewArchive, .reviewArchive, .consentArchive]
        case .archived: return [.supplement, .redact, .holdArchive, .releaseArchive, .expire]
        case .unborn, .cancelled: return nil
        }
    }

    private func judgingFollowing(_ room: Room) -> [Command.Kind]? {
        guard room.judging.scheme != nil else { return nil }
        let states = room.roadshow.slots.map(\.state)
        if states.contains(.scoring) { return [.submitSheet, .submitSheet, .closeScoring] }
        return states.contains(.done)
            ? [.openScoring, .publishScores, .publishScores, .callSlot] : nil
    }

    /// Every kind of command, what keeps a show going more often than what ends it.
    private static let kinds: [Command.Kind] =
        Command.Kind.allCases.flatMap { kind in
            let weight =
                switch kind {
                case .create, .closeRoom, .cancelRoom: 1
                case .forget, .remove, .ban, .setRoles, .stopOutput, .letInAll: 2
                case .answerIntent, .followUp, .offerContact, .withdrawContact: 2
                case .endRoom, .confirmEnd, .pauseRoom, .giveFeedback, .keepNote: 3
                case .openRoom, .startRoom, .resumeRoom, .reopenRoom, .decline: 10
                case .callSlot, .startPitch, .keepTime, .submitSheet, .votePoll, .giveIntent: 20
                case .publishScores: 20
                case .ask, .mergeQuestion, .recuse, .endRecusal, .unban, .holdChat: 12
                default: 6
                }
            return Array(repeating: kind, count: weight)
        }

    /// Mostly little time; sometimes exactly up to the deadline, or a millisecond to either side.
    mutating func elapsed(_ room: Room) -> UInt64 {
        if case .running(let end) = room.roadshow.clock?.reading, Bool.random(using: &random) {
            let start = Timestamp.start.milliseconds
            let untilEnd = end.milliseconds.subtractingReportingOverflow(max(lastTime, start))
            if !untilEnd.overflow {
                return advance(by: pick([untilEnd.partialValue, untilEnd.partialValue + 1]))
            }
        }
        let span: UInt64 = pick([
            0, 0, 1, 1, 999, 5_000, 9_999, 10_000, 10_001, 60_000, 60_001, 600_001,
        ])
        return advance(by: span)
    }

    private mutating func advance(by span: UInt64) -> UInt64 {
        lastTime += span
        return span
    }

    mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
        choices[Int.random(in: choices.indices, using: &random)]
    }
}

// The values of each command.
extension CommandGenerator {
    private mutating func command(_ kind: Command.Kind, _ room: Room) -> Command {
        switch kind {
        case .create: .create(.sample())
        case .admit: .admit(member(), roles: [pick(Role.allCases)], slots: pick([[], [slot()]]))
        case .openRoom: .openRoom
        case .startRoom: .startRoom
        case .pauseRoom: .pauseRoom
        case .resumeRoom: .resumeRoom
        case .endRoom: .endRoom
        case .confirmEnd: .confirmEnd
        case .reopenRoom: .reopenRoom
        case .closeRoom: .closeRoom
        case .cancelRoom: .cancelRoom(reason: pick([nil, "改期"]))
        case .say: .say(text(), mentioning: pick([[], [], [member()]]))
        case .confer:
            .say(
                text(),
                in: pick([.staff, .judges, .slot(slot())]),
                mentioning: pick([[], [], [member()]])
            )
        case .ask:
            .ask(text(), about: pick([nil, slot()]), anonymously: pick([false, false, true]))
        case .vote: .vote(for: sequence(room))
        case .mark: .mark(sequence(room), pick(QuestionState.allCases))
        case .mergeQuestion:
            .mergeQuestion(question(room), into: pick([nil, question(room), question(room)]))
        case .answerQuestion: .answerQuestion(question(room), text())
        case .allowAnonymous: .allowAnonymous(pick([true, true, false]))
        case .redact: .redact(sequence(room), pick(RedactionReason.allCases))
        case .correct: .correct(sequence(room), text())
        case .keepTime: .keepTime
        case .makeUp: .makeUp(milliseconds: pick([0, 1, 5_000, 3_600_000]))
        case .knock: .knock(outsider())
        case .apply: .apply(answers: pick([[], ["为什么"]]))
        case .letIn: .letIn(outsider(), card: Person.stranger.card)
        case .letInAll: .letInAll(cards: [:])
        case .decline: .decline(outsider(), reason: pick([nil, "名额已满"]))
        case .setRoles: .setRoles(anybody(), roles: roles(), slots: pick([[], [slot()]]))
        case .mute: .mute(member())
        case .unmute: .unmute(member())
        case .checkIn: .checkIn(member())
        case .checkOut: .checkOut(member())
        case .remove: .remove(anybody(), reason: pick([nil, "请勿喧哗"]))
        case .ban: .ban(anybody(), reason: nil)
        case .unban: .unban(member())
        case .sign: .sign(terms: pick([Terms.digest, "other"]), name: text())
        case .forget: .forget(member())
        case .countAttendance:
            .countAttendance(
                AttendanceCount(
                    here: Int.random(in: 0..<20, using: &random),
                    most: Int.random(in: 0..<30, using: &random),
                    slot: room.roadshow.stage?.frame.id
                )
            )
        case .tellPages:
            .tellPages(
                slot(),
                (1...3).map { page in
                    PageTally(
                        page: page,
                        returned: Int.random(in: 0..<9, using: &random),
                        left: Int.random(in: 0..<9, using: &random)
                    )
                }
            )
        case .disclose: .disclose(Disclosure(of: pick(Terms.items), to: member()))
        default: conductCommand(kind, room)
        }
    }

    private var words: HeldWords { HeldWords(by: Byline("李四"), text: "你好") }

    private mutating func conductCommand(_ kind: Command.Kind, _ room: Room) -> Command {
        switch kind {
        case .setSlowMode: .setSlowMode(seconds: pick([0, 0, 10, 3_601]))
        case .holdChat: .holdChat(Bool.random(using: &random))
        case .approve:
            .approve(held(room), words: pick([words, words, nil]))
        case .refuseHeld: .refuseHeld(held(room), reason: pick([nil, "重复"]))
        case .stopOutput: .stopOutput
        case .resumeOutput: .resumeOutput
        case .announce: .announce(text())
        case .openPoll: .openPoll(pollPlan())
        case .votePoll: .votePoll(poll(room), pick([[1], [2], [1], [2], [1, 2], [], [6]]))
        case .closePoll: .closePoll(poll(room))
        case .cancelPoll: .cancelPoll(poll(room))
        case .arrangeArchive, .reviewArchive, .consentArchive, .seal, .confirmSeal, .supplement,
            .holdArchive, .releaseArchive, .expire:
            archiveCommand(kind)
        case .orderSlots, .startDraw, .commitDraw, .revealDraw, .closeDraw, .finishDraw,
            .cancelDraw:
            orderCommand(kind, room)
        default: mediaCommand(kind, room)
        }
    }

    private mutating func orderCommand(_ kind: Command.Kind, _ room: Room) -> Command {
        let draw = room.roadshow.draw?.id ?? 0
        let slots = room.roadshow.slots.map(\.frame.id)
        switch kind {
        case .orderSlots: return .orderSlots(pick([slots.reversed(), slots, [slot()]]))
        case .startDraw: return .startDraw(seed: pick([.sample(1), .sample(1), nil]))
        case .commitDraw: return .commitDraw(draw, slot(), DrawBytes.sample(2).commitment)
        case .revealDraw: return .revealDraw(draw, slot(), pick([.sample(2), .sample(3)]))
        case .closeDraw: return .closeDraw(draw)
        case .finishDraw: return .finishDraw(draw, in: pick([.sample, .sample, nil]))
        default: return .cancelDraw(draw)
        }
    }

    private mutating func pollPlan() -> PollPlan {
        let kind = pick(PollKind.allCases)
        let options = kind.fixedOptions == nil ? ["甲", "乙"] : []
        return PollPlan(
            kind: kind,
            texts: PollTexts(question: text(), options: pick([options, options, ["甲"]])),
            slot: pick([nil, slot()]),
            results: pick(PollResults.allCases),
            isForRegistered: pick([false, false, true]),
            isChangeable: pick([true, true, false])
        )
    }

    private mutating func question(_ room: Room) -> UInt64 {
        let known = room.questions.keys.sorted()
        return known.isEmpty ? sequence(room) : pick(known)
    }

    /// Mostly the open poll's number.
    private mutating func poll(_ room: Room) -> UInt64 {
        if let open = room.openPoll, UInt8.random(in: 0..<4, using: &random) > 0 { return open.id }
        let known = room.polls.keys.sorted()
        return known.isEmpty ? sequence(room) : pick(known)
    }

    private mutating func mediaCommand(_ kind: Command.Kind, _ room: Room) -> Command {
        switch kind {
        case .raiseHand: .raiseHand
        case .lowerHand: .lowerHand(pick([nil, nil, member()]))
        case .giveFloor: .giveFloor(member())
        case .takeFloor:
            .takeFloor(pick(room.floor.holders.sorted { "\($0)" < "\($1)" } + [member()]))
        case .muteMicrophone: .muteMicrophone(member())
        case .unmuteMicrophone: .unmuteMicrophone(member())
        case .arrangeStage:
            .arrangeStage(pick(StageLayout.allCases), pinned: pick([nil, member()]))
        case .startRecording: .startRecording(pick([RecordingID.sample(1), .sample(2), nil]))
        case .stopRecording: .stopRecording(pick(RecordingEnd.allCases))
        case .consent: .consent(Bool.random(using: &random))
        case .offerRecording: offer()
        case .addCaption:
            .addCaption(CaptionText(language: pick(["zh-CN", "en", "?"]), text: text()))
        case .startPlayback: .startPlayback(.sample(1), from: pick([nil, 0, 59_999, 60_000]))
        case .pausePlayback: .pausePlayback
        case .resumePlayback: .resumePlayback
        case .seekPlayback: .seekPlayback(to: pick([0, 59_999, 60_000]))
        case .stopPlayback: .stopPlayback
        case .giveIntent: .giveIntent(slot(), intent())
        case .withdrawIntent: .withdrawIntent(slot(), note: pick([nil, "改变计划"]))
        case .answerIntent: .answerIntent(intentKey(room), pick(IntentAnswer.allCases), note: nil)
        case .followUp: .followUp(intentKey(room), followUp(), note: pick([nil, text()]))
        case .offerContact: offer(room)
        case .withdrawContact: withdrawContact(room)
        case .giveFeedback:
            .giveFeedback(slot(), pick([[], [.tooEarly, .other]]), text: pick([nil, text()]))
        case .keepNote: .keepNote(slot(), pick([nil, text(), text()]))
        default: stageCommand(kind, room)
        }
    }

    private mutating func offer() -> Command {
        let offer = OfferedRecording(
            id: .sample(1),
            by: member(),
            slot: slot(),
            length: 60_000
        )
        return .offerRecording(.sample(1), pick([offer, offer, nil]))
    }

    /// The stranger, who alone is not in the room from the start, or somebody of nowhere.
    private mutating func outsider() -> MemberID {
        pick([Person.stranger.id, Person.stranger.id, .sample(1), .sample(2), member()])
    }

    /// Seldom the moderator, without whom little happens.
    private mutating func anybody() -> MemberID {
        let found = member()
        return found == Person.moderator.id ? member() : found
    }

    private mutating func roles() -> Set<Role> {
        pick([[], [.audience], [.presenter], [.judge, .investor], [.auditor], [.moderator]])
    }

    /// Mostly a held message's number.
    private mutating func held(_ room: Room) -> UInt64 {
        let known = room.conduct.held.keys.sorted()
        return known.isEmpty ? sequence(room) : pick(known)
    }

    private mutating func stageCommand(_ kind: Command.Kind, _ room: Room) -> Command {
        switch kind {
        case .markReady: .markReady(slot())
        case .callSlot: .callSlot(slot())
        case .skipSlot: .skipSlot(slot(), reason: pick([nil, "缺席"]))
        case .noShow: .noShow
        case .recallSlot: .recallSlot(slot())
        case .restartSlot: .restartSlot(slot(), reason: "再来一次")
        case .startPitch: .startPitch
        case .startQuestions: .startQuestions
        case .finishSlot: .finishSlot
        case .pauseClock: .pauseClock
        case .resumeClock: .resumeClock
        case .extendClock:
            .extendClock(
                milliseconds: pick([999, 1_000, 30_000, 3_600_000, 3_600_001]),
                reason: pick([nil, "追问"])
            )
        case .placeSlides: .placeSlides(slot(), slides())
        default: judgingCommand(kind, room)
        }
    }

    private mutating func judgingCommand(_ kind: Command.Kind, _ room: Room) -> Command {
        switch kind {
        case .arrangeJudging: .arrangeJudging(pick([.sample, .sample, .unfair]))
        case .seatJudge: .seatJudge(judge(), panel: pick([0, 1, 2, 3]))
        case .recuse: .recuse(slot(), pick([nil, judge()]), reason: pick([nil, "同一单位"]))
        case .endRecusal: .endRecusal(slot(), pick([nil, judge()]))
        case .submitSheet:
            .submitSheet(slot(.scoring, room), marks: marks(), comment: pick([nil, "扎实"]))
        case .closeScoring: .closeScoring(slot(.scoring, room), words: [:])
        case .openScoring: .openScoring(slot(.done, room), reason: "补评")
        case .publishScores: .publishScores(words: [:])
        default: .showSlide(slot(), page: pick([-1, 0, 1, 2, 3, .max]))
        }
    }

    private mutating func judge() -> MemberID {
        pick([Person.judge.id, Person.otherJudge.id, member()])
    }

    private mutating func marks() -> [Int] {
        let mark = Int.random(in: 0...100, using: &random)
        return pick([[mark, 60], [mark, 60], [100, mark], [mark], [101, 0], [-1, 0]])
    }

    mutating func member() -> MemberID {
        pick(Person.allCases.map(\.id) + [.sample(1), .sample(2)])
    }

    /// Mostly one in that state.
    private mutating func slot(_ state: SlotState, _ room: Room) -> SlotID {
        let found = room.roadshow.slots.filter { $0.state == state }.map(\.frame.id)
        return pick(found + found + found + [slot()])
    }

    mutating func slot() -> SlotID {
        pick([.first, .first, .first, .second, .second, SlotID(place: 3), .unknown])
    }

    /// Mostly a question's or another event's number, sometimes none.
    private mutating func sequence(_ room: Room) -> UInt64 {
        let known = room.questions.keys.sorted()
        guard !known.isEmpty, UInt8.random(in: 0..<4, using: &random) > 0 else {
            return UInt64.random(in: 0...(room.sequence + 1), using: &random)
        }
        return pick(known)
    }

    mutating func text() -> String {
        pick(["你好", "a question?", "  \"quoted\" \\ \n ", "", "\u{7}", "🇨🇳 é", "x\u{202e}y"])
    }

    private mutating func slides() -> [SlideFile] {
        let file = String(repeating: "ab", count: 32)
        let page = SlideFile(file: file, type: "image/png", width: 1_600, height: 900)
        return Array(repeating: page, count: pick([0, 1, 3]))
    }
}

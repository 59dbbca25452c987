// Proves who may give which command: a matrix of every command and every kind of actor, deny by default.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct RoleTests {
    enum Who: String, CaseIterable {
        case visitor, stranger, audience, presenter, otherPresenter, judge, moderator, server

        var actor: Actor {
            switch self {
            case .visitor: .visitor
            case .stranger: Person.stranger.actor
            case .audience: Person.audience.actor
            case .presenter: Person.presenter.actor
            case .otherPresenter: Person.otherPresenter.actor
            case .judge: Person.judge.actor
            case .moderator: Person.moderator.actor
            case .server: .server
            }
        }

        var isMember: Bool {
            switch self {
            case .audience, .presenter, .otherPresenter, .judge, .moderator: true
            case .visitor, .stranger, .server: false
            }
        }
    }

    struct Row: Sendable {
        let command: Command
        /// A room in which nothing but the wrong actor stands against the command.
        let rehearsal: Rehearsal
        let allowed: Set<Who>
    }

    static let members: Set<Who> = [.audience, .presenter, .otherPresenter, .judge, .moderator]
    static let judges: Set<Who> = [.judge, .moderator]
    static let ownSlot: Set<Who> = [.presenter, .moderator]
    /// The server places the slides of examples.
    static let placers = ownSlot.union([.server])

    static let rows: [Row] =
        serverRows + moderatorRows + hallRows + mediaRows + judgingRows + [
            Row(command: .say("hi"), rehearsal: .at(.live), allowed: members),
            Row(command: .say("hi", in: .staff), rehearsal: .at(.live), allowed: [.moderator]),
            Row(command: .say("hi", in: .judges), rehearsal: .at(.live), allowed: judges),
            Row(command: .say("hi", in: .slot(.first)), rehearsal: .at(.live), allowed: ownSlot),
            Row(command: .ask("why?", about: nil), rehearsal: .at(.live), allowed: members),
            Row(command: .answerQuestion(secondID, "so"), rehearsal: askedTwice, allowed: ownSlot),
            Row(command: .vote(for: questionID), rehearsal: asked, allowed: members),
            Row(command: .votePoll(pollID, [1]), rehearsal: polled, allowed: members),
            Row(command: .redact(questionID, .spam), rehearsal: asked, allowed: [.moderator]),
            Row(command: .markReady(.first), rehearsal: .live(.waiting), allowed: ownSlot),
            Row(
                command: .consentArchive(.first, agrees: true),
                rehearsal: .at(.closed),
                allowed: ownSlot
            ),
            Row(command: .placeSlides(.first, []), rehearsal: .live(.waiting), allowed: placers),
            Row(command: .showSlide(.first, page: 2), rehearsal: withSlides, allowed: ownSlot),
        ]

    static let serverRows: [Row] = [
        Row(command: .create(.sample()), rehearsal: .at(.unborn), allowed: [.server]),
        Row(
            command: .admit(.sample(1), roles: [.audience], slots: []),
            rehearsal: .at(.live),
            allowed: [.server]
        ),
        Row(command: .knock(.sample(1)), rehearsal: .at(.live), allowed: [.server]),
        Row(command: .keepTime, rehearsal: .live(.pitch), allowed: [.server]),
        Row(
            command: .countAttendance(AttendanceCount(here: 1, most: 2, slot: nil)),
            rehearsal: .at(.live),
            allowed: [.server]
        ),
        Row(
            command: .tellPages(.first, [PageTally(page: 1, left: 5)]),
            rehearsal: .at(.live),
            allowed: [.server]
        ),
        Row(command: .makeUp(milliseconds: 1), rehearsal: .live(.pitch), allowed: [.server]),
        Row(command: .expire, rehearsal: ArchiveTests.due, allowed: [.server]),
        Row(
            command: .forget(Person.audience.id),
            rehearsal: .at(.live),
            allowed: [.server]
        ),
        Row(
            command: .disclose(Disclosure(of: .log, to: Person.audience.id)),
            rehearsal: TermsTests.matter,
            allowed: [.server]
        ),
    ]

    static let moderatorRows: [Row] = [
        (.openRoom, .at(.scheduled)), (.startRoom, .at(.open)), (.pauseRoom, .at(.live)),
        (.resumeRoom, .at(.paused)), (.endRoom, .at(.live)), (.confirmEnd, endRequested),
        (.reopenRoom, .at(.followUp)), (.closeRoom, .at(.followUp)),
        (.cancelRoom(reason: nil), .at(.live)), (.mark(questionID, .answered), asked),
        (.mergeQuestion(secondID, into: secondID - 1), askedTwice),
        (.allowAnonymous(true), .at(.live)), (.correct(questionID, "How?"), asked),
        (.arrangeArchive(ArchiveTests.terms), .at(.closed)),
        (.reviewArchive(.transcript, isDone: true), .at(.closed)), (.seal, ArchiveTests.ready),
        (.confirmSeal, after(.seal, in: ArchiveTests.ready)), (.supplement("x"), .at(.archived)),
        (.holdArchive(reason: "x"), .at(.archived)),
        (.releaseArchive(reason: "x"), after(.holdArchive(reason: "x"), in: .at(.archived))),
        (.callSlot(.first), .live(.ready)), (.noShow, StageRulesTests.missed),
        (.skipSlot(.first, reason: nil), .live(.ready)),
        (.recallSlot(.first), .live(.done)), (.restartSlot(.first, reason: "x"), .live(.pitch)),
        (.startPitch, called), (.startQuestions, .live(.pitch)), (.finishSlot, .live(.questions)),
        (.pauseClock, .live(.pitch)), (.resumeClock, clockPaused),
        (.extendClock(milliseconds: 1_000, reason: nil), .live(.pitch)),
        (.letIn(.sample(1), card: nil), waiting), (.letInAll(cards: [:]), waiting),
        (.decline(.sample(1), reason: nil), waiting), (.ban(.sample(1), reason: "x"), waiting),
        (.setRoles(Person.otherAudience.id, roles: [.judge], slots: []), .at(.live)),
        (.mute(Person.otherAudience.id), .at(.live)), (.unmute(Person.otherAudience.id), muted),
        (
            .checkOut(Person.otherAudience.id),
            after(.checkIn(Person.otherAudience.id), in: .at(.live))
        ),
        (.remove(Person.otherAudience.id, reason: nil), .at(.live)), (.unban(.sample(1)), banned),
        (.setSlowMode(seconds: 1), .at(.live)), (.holdChat(true), .at(.live)),
        (.approve(heldID, words: HeldWords(by: Byline("x"), text: "hi")), held),
        (.refuseHeld(heldID, reason: nil), held), (.stopOutput, .at(.live)),
        (.resumeOutput, after(.stopOutput, in: .at(.live))), (.announce("hi"), .at(.live)),
        (.openPoll(PollTests.plan(.yesNo)), .at(.live)), (.closePoll(pollID), polled),
        (.cancelPoll(pollID), polled),
        (.orderSlots([.second, .first, DrawTests.third]), .at(.live)),
        (.startDraw(seed: .sample(1)), .at(.live)),
        (.closeDraw(DrawTests.id), DrawTests.started),
        (.finishDraw(DrawTests.id, in: .sample), DrawTests.closed),
        (.cancelDraw(DrawTests.id), DrawTests.started),
    ].map { Row(command: $0, rehearsal: $1, allowed: [.moderator]) }

    static let hallRows = [
        Row(
            command: .checkIn(Person.otherAudience.id),
            rehearsal: .at(.live),
            allowed: [.moderator, .server]
        )
    ]

    static let mediaRows: [Row] =
        [
            Row(command: .raiseHand, rehearsal: .at(.live), allowed: members),
            Row(command: .lowerHand(nil), rehearsal: handsUp, allowed: members),
            Row(command: .consent(true), rehearsal: .at(.live), allowed: members),
            Row(
                command: .offerRecording(.sample(1), RecordingTests.offer),
                rehearsal: .at(.live),
                allowed: ownSlot
            ),
            Row(
                command: .stopRecording(.moderator),
                rehearsal: after(.startRecording(.sample(1)), in: .at(.live)),
                allowed: [.moderator, .server]
            ),
        ]
        + [
            (.giveFloor(Person.audience.id), .at(.live)),
            (.takeFloor(Person.audience.id), after(.giveFloor(Person.audience.id), in: .at(.live))),
            (.muteMicrophone(Person.audience.id), .at(.live)),
            (
                .unmuteMicrophone(Person.audience.id),
                after(.muteMicrophone(Person.audience.id), in: .at(.live))
            ),
            (.arrangeStage(.gallery, pinned: nil), .at(.live)),
            (.startRecording(.sample(1)), .at(.live)),
            (.addCaption(CaptionText(language: "en", text: "x")), .at(.live)),
            (.startPlayback(.sample(1), from: 0), RecordingTests.playing(from: 0)),
            (.pausePlayback, RecordingTests.playing(from: 0)),
            (.resumePlayback, after(.pausePlayback, in: RecordingTests.playing(from: 0))),
            (.seekPlayback(to: 1), RecordingTests.playing(from: 0)),
            (.stopPlayback, RecordingTests.playing(from: 0)),
        ].map { Row(command: $0, rehearsal: $1, allowed: [.moderator]) }

    static let judgingRows: [Row] =
        [
            Row(
                command: .recuse(.first, Person.judge.id, reason: nil),
                rehearsal: judged,
                allowed: judges
            ),
            Row(
                command: .endRecusal(.first, Person.judge.id),
                rehearsal: after(.recuse(.first, Person.judge.id, reason: nil), in: judged),
                allowed: judges
            ),
        ]
        + [
            (.arrangeJudging(.sample), .at(.live)),
            (.seatJudge(Person.judge.id, panel: 2), judged),
            (.closeScoring(.first, words: [:]), judged),
            (
                .openScoring(.first, reason: "x"),
                after(.closeScoring(.first, words: [:]), in: judged)
            ),
            (.publishScores(words: [:]), scored),
        ].map { Row(command: $0, rehearsal: $1, allowed: [.moderator]) }

    static let judged = Rehearsal.live(.scoring)

    /// All slots are through, and no score is told.
    static let scored: Rehearsal = {
        var rehearsal = judged
        rehearsal.give(.closeScoring(.first, words: [:]))
        for place in 2...3 { rehearsal.give(.skipSlot(SlotID(place: place), reason: nil)) }
        return rehearsal
    }()

    /// A live room in which every member's hand is up.
    static let handsUp: Rehearsal = {
        var rehearsal = Rehearsal.at(.live)
        for person in Person.allCases where person != .stranger {
            rehearsal.give(.raiseHand, by: person.actor)
        }
        return rehearsal
    }()

    @Test(arguments: rows, Who.allCases)
    func `who is not named is refused`(row: Row, who: Who) throws {
        let decision = row.rehearsal.answer(to: row.command, by: who.actor)
        if row.allowed.contains(who) {
            #expect(try decision.get().isEmpty == (row.command == .keepTime))
            return
        }
        switch (row.allowed == [.server], who.isMember && row.command.kind != .create) {
        case (true, _): #expect(decision == .failure(.notPermitted(needs: [])))
        case (false, false): #expect(decision == .failure(.notAdmitted))
        case (false, true):
            guard case .failure(.notPermitted(let needs)) = decision else {
                Issue.record("\(who) got \(decision)")
                return
            }
            #expect(needs.contains(.moderator))
        }
    }

    @Test
    func `the matrix holds every command`() {
        // Applications are of those outside, signatures of those who have yet to sign, sheets of
        // judges alone, intents and what goes with them of those who have to do with a slot, or have
        // not, contributions to a draw of presenters: `DoorTests`, `TermsTests`, `JudgingTests`,
        // `IntentTests` and `DrawTests` have them.
        let others = Set(Command.Kind.allCases).subtracting([
            .apply, .sign, .submitSheet, .giveIntent, .withdrawIntent, .answerIntent, .followUp,
            .offerContact, .withdrawContact, .giveFeedback, .keepNote,
            .commitDraw, .revealDraw,
        ])
        #expect(Set(Self.rows.map(\.command.kind)) == others)
    }

    /// The number of the question that `asked` holds.
    static let questionID = asked.room.sequence

    /// A question of somebody who is in no row.
    static let asked: Rehearsal = {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give(.ask("why?", about: nil), by: Person.otherAudience.actor)
        return rehearsal
    }()

    /// Two, the second about the first slot; its number.
    static let askedTwice = {
        var rehearsal = asked
        rehearsal.give(.ask("how?", about: .first), by: Person.otherAudience.actor)
        return rehearsal
    }()
    static let secondID = askedTwice.room.sequence

    /// The number of the poll that `polled` holds.
    static let pollID = polled.room.sequence
    static let polled = after(.openPoll(PollTests.plan(.yesNo)), in: .at(.live))

    static let waiting: Rehearsal = {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give(.knock(.sample(1)), by: .server)
        return rehearsal
    }()

    static let banned = after(.ban(.sample(1), reason: nil), in: waiting)
    static let muted = after(.mute(Person.otherAudience.id), in: .at(.live))

    /// The number of the message that `held` holds.
    static let heldID = held.room.sequence

    static let held: Rehearsal = {
        var rehearsal = after(.holdChat(true), in: .at(.live))
        rehearsal.give(.say("hi"), by: Person.otherAudience.actor)
        return rehearsal
    }()

    static let withSlides: Rehearsal = {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give(.placeSlides(.first, SlideTests.pages(2)))
        return rehearsal
    }()

    static let called = after(.callSlot(.first), in: .at(.live))
    static let clockPaused = after(.pauseClock, in: .live(.pitch))
    static let endRequested = after(.endRoom, in: .at(.live))

    private static func after(_ command: Command, in rehearsal: Rehearsal) -> Rehearsal {
        var rehearsal = rehearsal
        rehearsal.give(command)
        return rehearsal
    }
}

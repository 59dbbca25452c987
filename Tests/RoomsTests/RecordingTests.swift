// Proves recording with consent, captions and their times, and playback on the server's clock.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct RecordingTests {
    static let one = RecordingID.sample(1)

    @Test
    func `one recording runs at a time, under the name that the server gave`() {
        var rehearsal = Rehearsal.at(.live)
        #expect(rehearsal.give(.startRecording(nil)) == .failure(.noRecording))
        #expect(rehearsal.give(.stopRecording(.moderator)) == .failure(.noRecording))
        let started = rehearsal.give(.startRecording(Self.one), after: 500)
        #expect(started == .success([Draft(.recordingStarted(Self.one))]))
        #expect(rehearsal.room.recording.running?.since == .start(500))
        #expect(rehearsal.give(.startRecording(.sample(2))) == .failure(.recordingRunning))
        let stopped = rehearsal.give(.stopRecording(.disk), by: .server)
        #expect(stopped == .success([Draft(.recordingStopped(Self.one, .disk))]))
        #expect(rehearsal.room.recording.running == nil)
    }

    @Test
    func `consent is each one's own, and can be taken back`() {
        var rehearsal = Rehearsal.at(.scheduled)
        let (member, actor) = (Person.presenter.id, Person.presenter.actor)
        #expect(rehearsal.give(.consent(false), by: actor) == .success([]))
        let agreed = Draft(.recordingConsented(member, true))
        #expect(rehearsal.give(.consent(true), by: actor) == .success([agreed]))
        #expect(rehearsal.give(.consent(true), by: actor) == .success([]))
        #expect(rehearsal.room.recording.consents == [member])
        let taken = Draft(.recordingConsented(member, false))
        #expect(rehearsal.give(.consent(false), by: actor) == .success([taken]))
        #expect(rehearsal.room.recording.consents.isEmpty)
    }

    @Test
    func `the room's end ends recording and playback, its pause the playback`() throws {
        var rehearsal = Self.playing(from: 0)
        rehearsal.give(.startRecording(Self.one))
        let paused = try rehearsal.give(.pauseRoom, after: 2_000).get().map(\.event)
        #expect(paused == [.roomPaused, .playbackPaused(at: 2_000)])
        rehearsal.give(.endRoom)
        let ended = try rehearsal.give(.confirmEnd).get().map(\.event)
        #expect(ended.dropLast() == [.recordingStopped(Self.one, .room), .playbackStopped])
        var other = Rehearsal.at(.live)
        other.give(.startRecording(Self.one))
        let cancelled = try other.give(.cancelRoom(reason: nil)).get().map(\.event)
        #expect(cancelled == [.recordingStopped(Self.one, .room), .roomCancelled])
    }

    // MARK: Captions

    /// Times of a caption against the moment it comes, 1,000,000 ms after the start of all.
    static let times: [(from: UInt64?, to: UInt64?, isTaken: Bool)] = [
        (nil, nil, true), (999_999, nil, true), (1_000_000, nil, false), (400_000, nil, true),
        (399_999, nil, false), (1_009_000, 1_010_000, true), (1_009_000, 1_010_001, false),
        (500_000, 500_000, false), (500_000, 499_999, false), (500_000, 500_001, true),
    ]

    @Test(arguments: times)
    func `a caption is of a time near its moment`(from: UInt64?, to: UInt64?, isTaken: Bool) {
        var rehearsal = Rehearsal.at(.live)
        let caption = CaptionText(
            language: "zh-CN",
            text: " 字幕 ",
            from: from.map { .start(Int64($0)) },
            to: to.map { .start(Int64($0)) }
        )
        let decision = rehearsal.give(.addCaption(caption), after: 1_000_000)
        guard isTaken else {
            let (earliest, latest) = (Timestamp.start(400_000), Timestamp.start(1_010_000))
            #expect(decision == .failure(.captionTimes(earliest: earliest, latest: latest)))
            return
        }
        let frame = CaptionFrame(
            language: "zh-CN",
            from: .start(Int64(from ?? 995_000)),
            to: .start(Int64(to ?? 1_000_000))
        )
        let texts = Texts.captioned(by: Byline(""), text: "字幕")
        #expect(decision == .success([Draft(.captionAdded(frame), texts)]))
    }

    @Test
    func `a caption without times begins where the one before it of its language ended`() throws {
        var rehearsal = Rehearsal.at(.live)
        let first = CaptionText(language: "en", text: "one")
        rehearsal.give(.addCaption(first), after: 100_000)
        let other = CaptionText(language: "zh-CN", text: "一")
        for (caption, elapsed, expected) in [
            (first, 2_000, 2_000), (other, 0, 5_000), (first, 0, 1),
        ]
            as [(CaptionText, UInt64, UInt64)]
        {
            let events = try rehearsal.give(.addCaption(caption), after: elapsed).get()
            guard case .captionAdded(let frame) = events.first?.event else {
                Issue.record("no caption")
                return
            }
            #expect(frame.to.milliseconds - frame.from.milliseconds == expected)
        }
    }

    @Test
    func `captions have a language, a text, a limit, and their writers`() {
        var rehearsal = Rehearsal.at(.live)
        func add(_ language: String, _ text: String, by actor: Actor = Person.moderator.actor)
            -> Decision
        {
            rehearsal.answer(
                to: .addCaption(CaptionText(language: language, text: text)),
                by: actor
            )
        }
        #expect(add("?", "x") == .failure(.badLanguage(limit: 35)))
        #expect(add("en", " ") == .failure(.textEmpty))
        let long = String(repeating: "字", count: 501)
        #expect(add("en", long) == .failure(.textTooLong(length: 501, limit: 500)))
        #expect((try? add("en", String(long.dropLast())).get())?.count == 1)
        let needs = Rejection.notPermitted(needs: [.moderator, .captioner])
        #expect(add("en", "x", by: Person.presenter.actor) == .failure(needs))
        rehearsal.give(.setRoles(Person.audience.id, roles: [.captioner], slots: []))
        #expect((try? add("en", "x", by: Person.audience.actor).get())?.count == 1)
    }

    @Test
    func `a caption is removed by whoever wrote it or by staff`() {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give(.setRoles(Person.audience.id, roles: [.captioner], slots: []))
        let caption = Command.addCaption(CaptionText(language: "en", text: "x"))
        rehearsal.give(caption, by: Person.audience.actor)
        let removal = Command.redact(rehearsal.room.sequence, .mistake)
        #expect((try? rehearsal.answer(to: removal, by: Person.audience.actor).get())?.count == 1)
        #expect((try? rehearsal.answer(to: removal).get())?.count == 1)
        let stranger = rehearsal.answer(to: removal, by: Person.otherPresenter.actor)
        #expect(stranger == .failure(.notPermitted(needs: [.moderator])))
    }

    // MARK: Playback

    static let offer = OfferedRecording(
        id: one,
        by: Person.presenter.id,
        slot: .first,
        length: 60_000
    )

    /// A live room that plays its presenter's recording from there.
    static func playing(from: UInt64?) -> Rehearsal {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give(.offerRecording(one, offer), by: Person.presenter.actor)
        rehearsal.give(.startPlayback(one, from: from))
        return rehearsal
    }

    @Test
    func `a recording is offered by its slot's presenter, once`() {
        var rehearsal = Rehearsal.at(.scheduled)
        let offering = Command.offerRecording(Self.one, Self.offer)
        let other = rehearsal.answer(to: offering, by: Person.otherPresenter.actor)
        #expect(other == .failure(.notPermitted(needs: [.moderator])))
        let unknown = rehearsal.answer(
            to: .offerRecording(Self.one, nil),
            by: Person.presenter.actor
        )
        #expect(unknown == .failure(.recordingNotOffered(Self.one)))
        let decision = rehearsal.give(offering, by: Person.presenter.actor)
        #expect(decision == .success([Draft(.recordingOffered(Self.offer))]))
        #expect(rehearsal.give(offering, by: Person.presenter.actor) == .success([]))
        let audiences: [Audience] = [.server, .staff, .member(Person.presenter.id)]
        #expect(Draft(.recordingOffered(Self.offer)).parts.map(\.audience) == audiences)
    }

    @Test
    func `what was not offered is not played`() {
        let rehearsal = Rehearsal.at(.live)
        let answer = rehearsal.answer(to: .startPlayback(Self.one, from: nil))
        #expect(answer == .failure(.recordingNotOffered(Self.one)))
        for command in [
            Command.pausePlayback, .resumePlayback, .seekPlayback(to: 0), .stopPlayback,
        ] {
            #expect(rehearsal.answer(to: command) == .failure(.noPlayback))
        }
    }

    static let starts: [(from: UInt64, isTaken: Bool)] = [
        (0, true), (59_999, true), (60_000, false), (.max, false),
    ]

    @Test(arguments: starts)
    func `a playback starts and is sought within its recording`(from: UInt64, isTaken: Bool) {
        let rehearsal = Self.playing(from: 0)
        let refusal = Decision.failure(.positionOutOfRange(length: 60_000))
        let started = rehearsal.answer(to: .startPlayback(Self.one, from: from))
        let again = [Draft(.playbackStopped), Draft(.playbackStarted(Self.offer, from: from))]
        #expect(started == (isTaken ? .success(again) : refusal))
        let sought = rehearsal.answer(to: .seekPlayback(to: from))
        #expect(sought == (isTaken ? .success([Draft(.playbackResumed(from: from))]) : refusal))
    }

    @Test
    func `when a line dropped the recording goes on from the pitch's same second`() throws {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give(.offerRecording(Self.one, Self.offer), by: Person.presenter.actor)
        rehearsal.give([.callSlot(.first), .startPitch])
        let first = try rehearsal.give(.startPlayback(Self.one, from: nil), after: 17_500).get()
        #expect(first.map(\.event) == [.playbackStarted(Self.offer, from: 17_500)])
        // Of a slot that is not on stage it begins at the beginning.
        var waiting = Rehearsal.at(.live)
        waiting.give(.offerRecording(Self.one, Self.offer), by: Person.presenter.actor)
        let other = try waiting.give(.startPlayback(Self.one, from: nil), after: 17_500).get()
        #expect(other.map(\.event) == [.playbackStarted(Self.offer, from: 0)])
    }

    @Test
    func `it stands still, goes on, is sought and is over at its end`() throws {
        var rehearsal = Self.playing(from: 10_000)
        #expect(rehearsal.room.nextDeadline == .start(50_000))
        let paused = rehearsal.give(.pausePlayback, after: 20_000)
        #expect(paused == .success([Draft(.playbackPaused(at: 30_000))]))
        #expect(rehearsal.give(.pausePlayback) == .success([]))
        #expect(rehearsal.room.nextDeadline == nil)
        let sought = rehearsal.give(.seekPlayback(to: 40_000), after: 5_000)
        #expect(sought == .success([Draft(.playbackPaused(at: 40_000))]))
        let resumed = rehearsal.give(.resumePlayback)
        #expect(resumed == .success([Draft(.playbackResumed(from: 40_000))]))
        #expect(rehearsal.give(.resumePlayback) == .success([]))
        #expect(rehearsal.room.nextDeadline == .start(45_000))
        let early = rehearsal.answer(to: .keepTime, by: .server, after: 19_999)
        #expect(early == .success([]))
        let due = rehearsal.give(.keepTime, by: .server, after: 20_000)
        #expect(due == .success([Draft(.playbackStopped)]))
        #expect(rehearsal.room.recording.playback == nil)
    }

    @Test
    func `while the server was down nothing was played`() {
        var rehearsal = Self.playing(from: 0)
        let held = rehearsal.give(.makeUp(milliseconds: 4_000), by: .server, after: 9_000)
        #expect(held == .success([Draft(.playbackPaused(at: 5_000))]))
    }
}

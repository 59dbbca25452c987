// Proves what comes before the seal, what a sealed record still takes, who is shown it, and corrections.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct ArchiveTests {
    static let terms = ArchiveTerms(audience: .members, retention: .tenYears)

    /// A closed room of which nothing is left to do.
    static let ready: Rehearsal = {
        var rehearsal = Rehearsal.at(.closed)
        rehearsal.give(Array(Rehearsal.toSeal().dropLast(2)))
        return rehearsal
    }()

    /// A sealed room on the day on which its ten years are over.
    static let due: Rehearsal = {
        var rehearsal = Rehearsal.at(.archived)
        rehearsal.give(.keepTime, by: .server, after: 3_653 * 86_400_000)
        return rehearsal
    }()

    // MARK: The seal

    static let missing: [(left: [Command], tasks: [ArchiveTask])] = [
        ([], [.terms, .transcript, .redactions]),
        ([.arrangeArchive(terms)], [.transcript, .redactions]),
        ([.arrangeArchive(terms), .reviewArchive(.transcript, isDone: true)], [.redactions]),
        (
            [
                .arrangeArchive(terms), .reviewArchive(.transcript, isDone: true),
                .reviewArchive(.redactions, isDone: true),
                .reviewArchive(.transcript, isDone: false),
            ], [.transcript]
        ),
    ]

    @Test(arguments: missing)
    func `a seal waits for what is left to do`(row: (left: [Command], tasks: [ArchiveTask])) {
        var rehearsal = Rehearsal.at(.closed)
        rehearsal.give(row.left)
        #expect(rehearsal.answer(to: .seal) == .failure(.archiveNotReady(row.tasks)))
    }

    @Test
    func `a seal is asked for and confirmed within a minute`() {
        var rehearsal = Self.ready
        #expect(rehearsal.answer(to: .confirmSeal) == .failure(.sealNotRequested))
        rehearsal.give(.seal)
        #expect(rehearsal.answer(to: .confirmSeal, after: 60_001) == .failure(.sealNotRequested))
        #expect(
            rehearsal.answer(to: .confirmSeal, after: 60_000) == .success([Draft(.archiveSealed)])
        )
        rehearsal.give(.reviewArchive(.transcript, isDone: false))
        #expect(rehearsal.answer(to: .confirmSeal) == .failure(.archiveNotReady([.transcript])))
    }

    @Test
    func `sealing after the live part closes the room`() {
        var rehearsal = Rehearsal.at(.followUp)
        rehearsal.give(Array(Rehearsal.toSeal().dropLast()))
        #expect(
            rehearsal.answer(to: .confirmSeal)
                == .success([Draft(.roomClosed), Draft(.archiveSealed)])
        )
    }

    @Test
    func `sheets whose scores nobody was told keep a room from being sealed`() {
        var rehearsal = Rehearsal.live(.scoring)
        let sheet = Command.submitSheet(.first, marks: [90, 80], comment: nil)
        rehearsal.give(sheet, by: Person.judge.actor)
        rehearsal.give([.closeScoring(.first, words: [:]), .endRoom, .confirmEnd])
        rehearsal.give(Array(Rehearsal.toSeal().dropLast(2)))
        #expect(rehearsal.answer(to: .seal) == .failure(.archiveNotReady([.scores])))
        rehearsal.give(.publishScores(words: [:]))
        #expect((try? rehearsal.answer(to: .seal).get()) != nil)
    }

    // MARK: Consent

    /// A sealed room in which the first slot was on stage.
    private func sealed(_ audience: ArchiveAudience, consent: Bool? = nil) -> Rehearsal {
        var rehearsal = Rehearsal.live(.done)
        rehearsal.give([.endRoom, .confirmEnd])
        if let consent {
            rehearsal.give(
                .consentArchive(.first, agrees: consent),
                by: Person.presenter.actor
            )
        }
        rehearsal.give(Rehearsal.toSeal(for: audience))
        return rehearsal
    }

    static let consents: [(audience: ArchiveAudience, consent: Bool?, isSealed: Bool)] = [
        (.nobody, nil, true), (.members, nil, true), (.members, false, true),
        (.registered, nil, false), (.public, nil, false), (.public, false, false),
        (.registered, true, true), (.public, true, true),
    ]

    @Test(arguments: consents)
    func `others than those who were there see what its presenter agreed to`(
        row: (audience: ArchiveAudience, consent: Bool?, isSealed: Bool)
    ) {
        let rehearsal = sealed(row.audience, consent: row.consent)
        #expect((rehearsal.room.lifecycle == .archived) == row.isSealed)
        #expect(rehearsal.room.archiveTasks == (row.isSealed ? [] : [.consents]))
    }

    @Test
    func `a consent taken back after the seal takes the record from others`() {
        var rehearsal = sealed(.public, consent: true)
        #expect(rehearsal.room.shows(to: nil, .guest))
        rehearsal.give(.consentArchive(.first, agrees: false), by: Person.presenter.actor)
        #expect(rehearsal.room.archival.terms?.audience == .members)
        #expect(!rehearsal.room.shows(to: nil, .operator))
        let wider = ArchiveTerms(audience: .registered, retention: .tenYears)
        #expect(
            rehearsal.answer(to: .arrangeArchive(wider)) == .failure(.archiveNotReady([.consents]))
        )
    }

    // MARK: Who is shown it

    static let readers: [(audience: ArchiveAudience, shown: [Bool])] = [
        // a visitor, somebody with an account, a member, a moderator
        (.nobody, [false, false, false, true]), (.members, [false, false, true, true]),
        (.registered, [false, true, true, true]), (.public, [true, true, true, true]),
    ]

    @Test(arguments: readers)
    func `a sealed record is shown to its audience`(
        row: (audience: ArchiveAudience, shown: [Bool])
    ) {
        let room = sealed(row.audience, consent: true).room
        let stranger = Person.stranger.id
        let shown = [
            room.shows(to: nil, .guest), room.shows(to: stranger, .verified),
            room.shows(to: Person.audience.id, .guest), room.shows(to: Person.moderator.id, .guest),
        ]
        #expect(shown == row.shown)
    }

    @Test
    func `a record is never shown to more than were let into the live room`() {
        var rehearsal = TermsTests.matter
        rehearsal.give([.endRoom, .confirmEnd] + Rehearsal.toSeal(for: .public))
        #expect(rehearsal.room.lifecycle == .archived)
        #expect(!rehearsal.room.shows(to: nil, .operator))
        #expect(!rehearsal.room.shows(to: Person.stranger.id, .verified))
    }

    @Test(arguments: [
        (ArchiveAudience.nobody, Audience.staff), (.members, .members), (.registered, .members),
        (.public, .everyone),
    ])
    func `what comes after the seal is told to the record's audience`(
        audience: ArchiveAudience,
        told: Audience
    ) throws {
        let drafts = try sealed(audience, consent: true).answer(to: .supplement("x")).get()
        let parts = drafts.flatMap(\.parts).map(\.audience)
        #expect(parts == [.server, told, told])
    }

    // MARK: After the seal

    @Test
    func `a supplement is a text that can be removed`() {
        var rehearsal = Rehearsal.at(.archived)
        rehearsal.give(.supplement("合同号 17"))
        let sequence = rehearsal.room.sequence
        rehearsal.give(.redact(sequence, .mistake))
        #expect(rehearsal.room.redactedParts[sequence] == [2])
    }

    @Test
    func `a record is kept until its time is over, and longer while it is held`() {
        var early = Rehearsal.at(.archived)
        early.give(.keepTime, by: .server, after: 3_653 * 86_400_000 - 1)
        #expect(early.answer(to: .expire, by: .server) == .success([]))
        var rehearsal = Self.due
        #expect(
            rehearsal.answer(to: .expire, by: .server) == .success([Draft(.archiveExpired)])
        )
        rehearsal.give(.holdArchive(reason: "诉讼"))
        #expect(rehearsal.answer(to: .expire, by: .server) == .success([]))
        rehearsal.give(.releaseArchive(reason: "结案"))
        rehearsal.give(.expire, by: .server)
        #expect(rehearsal.room.archival.isExpired)
        #expect(!rehearsal.room.shows(to: Person.audience.id, .operator))
        #expect(rehearsal.answer(to: .expire, by: .server) == .success([]))
    }

    @Test
    func `a record without an end never expires`() {
        var rehearsal = Rehearsal.at(.archived)
        rehearsal.give(
            .arrangeArchive(ArchiveTerms(audience: .nobody, retention: .permanent))
        )
        rehearsal.give(.keepTime, by: .server, after: 100_000 * 86_400_000)
        #expect(rehearsal.answer(to: .expire, by: .server) == .success([]))
    }

    // MARK: Corrections

    @Test
    func `a correction stands beside the text, which is kept`() {
        var rehearsal = RedactionTests.said
        let (line, question) = (RedactionTests.sequences[0], RedactionTests.sequences[1])
        for sequence in [line, question] {
            let words = Texts.said(by: Speaker(Person.moderator.actor).card.byline, text: "Hi.")
            let draft = Draft(.contentCorrected(sequence), words)
            #expect(rehearsal.answer(to: .correct(sequence, " Hi. ")) == .success([draft]))
        }
        rehearsal.give(.correct(line, "Hi."))
        let correction = rehearsal.room.sequence
        #expect(rehearsal.room.redactedParts.isEmpty)
        #expect(
            rehearsal.answer(to: .correct(correction, "no")) == .failure(.noSuchText(correction))
        )
        rehearsal.give(.redact(line, .private))
        #expect(rehearsal.room.redactedParts == [line: [2], correction: [2]])
        #expect(rehearsal.answer(to: .correct(line, "x")) == .failure(.alreadyRedacted(line)))
    }

    @Test
    func `a person's texts go with their corrections`() {
        var rehearsal = RedactionTests.said
        rehearsal.give(.correct(RedactionTests.sequences[0], "Hi."))
        let correction = rehearsal.room.sequence
        rehearsal.give(.forget(Person.audience.id), by: .server)
        #expect(rehearsal.room.redactedParts.keys.contains(correction))
    }

    @Test
    func `what is said in private is not corrected by staff`() {
        var rehearsal = Rehearsal.at(.live)
        rehearsal.give(.say("psst", in: .judges), by: Person.judge.actor)
        let sequence = rehearsal.room.sequence
        #expect(rehearsal.answer(to: .correct(sequence, "x")) == .failure(.noSuchText(sequence)))
    }

    @Test
    func `a text is corrected twenty times at most`() {
        var rehearsal = RedactionTests.said
        let sequence = RedactionTests.sequences[0]
        for count in 1...20 { rehearsal.give(.correct(sequence, "\(count)")) }
        #expect(rehearsal.answer(to: .correct(sequence, "x")) == .failure(.roomFull(limit: 20)))
    }
}

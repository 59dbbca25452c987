// Proves what a closed matter asks of whoever comes in, what the unsigned are shown and may do, and
// that what is sent of it is noted.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct TermsTests {
    static let viewer = Person.audience

    /// A closed matter, live, in which nobody signed but the moderator.
    static let unsigned: Rehearsal = {
        var rehearsal = DoorTests.room(Door(terms: Terms.digest), terms: Terms.text)
        rehearsal.give(.startRoom)
        return rehearsal
    }()

    /// The same, signed by everybody.
    static let matter: Rehearsal = {
        var rehearsal = unsigned
        for person in Person.allCases where person.membership != nil {
            rehearsal.give(sign, by: person.actor)
        }
        return rehearsal
    }()

    static let sign = Command.sign(terms: Terms.digest, name: " 李四 ")

    @Test
    func `who has yet to sign reads as those outside, whatever its role, and then as what it is`() {
        var rehearsal = Self.unsigned
        for person in Person.allCases where person.membership != nil && person != .moderator {
            #expect(rehearsal.room.readerClass(of: person.id) == .visitor)
            rehearsal.give(Self.sign, by: person.actor)
            let reader = ReaderClass(roles: person.membership?.roles ?? [])
            #expect(rehearsal.room.readerClass(of: person.id) == reader)
        }
    }

    @Test(arguments: Command.Kind.allCases)
    func `who has yet to sign gives no command but its signature`(kind: Command.Kind) {
        let refusal = Rights.refusal(of: kind, to: .unsigned, in: .live)
        let expected: Rejection? =
            switch kind {
            case .sign: nil
            case .apply: .alreadyIn
            case .create, .admit, .knock, .keepTime, .makeUp, .disclose, .forget, .expire,
                .countAttendance, .tellPages:
                .notPermitted(needs: [])
            default: .termsNotSigned
            }
        #expect(refusal == expected)
    }

    @Test
    func `a signature tells staff and its writer under which terms and by what name`() throws {
        var rehearsal = Self.unsigned
        let drafts = try rehearsal.give(Self.sign, by: Self.viewer.actor).get()
        let draft = try #require(drafts.first)
        #expect(draft.event == .termsSigned(Self.viewer.id, terms: Terms.digest))
        #expect(draft.texts == .signature(name: "李四"))
        #expect(draft.event.audiences == [.staff, .member(Self.viewer.id)])
        #expect(rehearsal.room.signatures[Self.viewer.id] == rehearsal.now)
        #expect(rehearsal.give(Self.sign, by: Self.viewer.actor) == .success([]))
    }

    static let refused: [(command: Command, refusal: Rejection)] = [
        (.sign(terms: "other", name: "x"), .wrongTerms(expected: Terms.digest)),
        (.sign(terms: Terms.digest, name: " "), .textEmpty),
        (
            .sign(terms: Terms.digest, name: String(repeating: "长", count: 81)),
            .textTooLong(length: 81, limit: 80)
        ),
        (.sign(terms: Terms.digest, name: "a\u{7}"), .textHasControlCharacters),
        (.sign(terms: Terms.digest, name: "a\nb"), .textHasControlCharacters),
        (.sign(terms: Terms.digest, name: "a\tb"), .textHasControlCharacters),
        // Shows nothing: zero width, a filler of Hangul, an empty Braille cell.
        (.sign(terms: Terms.digest, name: "\u{200B}\u{FEFF}"), .textEmpty),
        (.sign(terms: Terms.digest, name: "\u{3164}"), .textEmpty),
        (.sign(terms: Terms.digest, name: "\u{2800}"), .textEmpty),
    ]

    @Test(arguments: refused)
    func `a signature is of these terms and by a name`(command: Command, refusal: Rejection) {
        #expect(Self.unsigned.answer(to: command, by: Self.viewer.actor) == .failure(refusal))
    }

    @Test
    func `who is not in does not sign, and nobody signs where there are no terms`() {
        let stranger = Person.stranger.actor
        #expect(Self.unsigned.answer(to: Self.sign, by: stranger) == .failure(.notAdmitted))
        #expect(Self.unsigned.answer(to: Self.sign, by: .visitor) == .failure(.notAdmitted))
        let plain = Rehearsal.at(.live)
        #expect(plain.answer(to: Self.sign, by: Self.viewer.actor) == .failure(.noTerms))
    }

    @Test
    func `a signature outlasts a removal`() {
        var rehearsal = Self.matter
        rehearsal.give(.remove(Self.viewer.id, reason: nil))
        #expect(rehearsal.room.readerClass(of: Self.viewer.id) == .visitor)
        rehearsal.give(.letIn(Self.viewer.id, card: Self.viewer.card))
        #expect(rehearsal.room.readerClass(of: Self.viewer.id) != .visitor)
    }

    @Test(arguments: Terms.items)
    func `what is sent is noted, and again after ten minutes`(item: Disclosure.Item) throws {
        var rehearsal = Self.matter
        let command = Command.disclose(Disclosure(of: item, to: Self.viewer.id))
        let drafts = try rehearsal.give(command, by: .server).get()
        #expect(drafts.map(\.event) == [.disclosed(Disclosure(of: item, to: Self.viewer.id))])
        #expect(drafts.first?.event.audiences == [.staff, .member(Self.viewer.id)])
        #expect(rehearsal.give(command, by: .server, after: 599_999) == .success([]))
        let other = Command.disclose(Disclosure(of: item, to: Person.presenter.id))
        #expect(try rehearsal.give(other, by: .server).get().count == 1)
        #expect(try rehearsal.give(command, by: .server, after: 1).get().count == 1)
    }

    @Test
    func `a page that was moved is the same page`() throws {
        var rehearsal = Self.matter
        func send(_ file: String, _ slot: SlotID?, _ page: Int?) throws -> Int {
            let shown = Disclosure(of: .file(file, slot: slot, page: page), to: Self.viewer.id)
            return try rehearsal.give(.disclose(shown), by: .server).get().count
        }
        #expect(try send("ab", .first, 2) == 1)
        #expect(try send("ab", .first, 3) == 0)
        #expect(try send("ab", nil, nil) == 0)
        #expect(try send("cd", .first, 2) == 1)
    }

    @Test
    func `a room notes so many disclosures and sends no more`() throws {
        var limits = RoomLimits()
        limits.disclosures = 2
        var rehearsal = DoorTests.room(
            Door(terms: Terms.digest),
            terms: Terms.text,
            limits: limits
        )
        for item in Terms.items.prefix(2) {
            let command = Command.disclose(Disclosure(of: item, to: Self.viewer.id))
            #expect(try rehearsal.give(command, by: .server).get().count == 1)
        }
        let known = Command.disclose(Disclosure(of: Terms.items[0], to: Self.viewer.id))
        #expect(rehearsal.give(known, by: .server) == .success([]))
        let next = Command.disclose(Disclosure(of: .log, to: Self.viewer.id))
        #expect(rehearsal.give(next, by: .server) == .failure(.roomFull(limit: 2)))
    }

    @Test
    func `what was sent long ago is forgotten, and what was sent lately is not`() throws {
        var rehearsal = Self.matter
        func send(_ item: Disclosure.Item, after elapsed: UInt64) throws -> Int {
            let command = Command.disclose(Disclosure(of: item, to: Self.viewer.id))
            return try rehearsal.give(command, by: .server, after: elapsed).get().count
        }
        #expect(try send(Terms.items[0], after: 0) == 1)
        #expect(try send(Terms.items[1], after: 400_000) == 1)
        // A new span begins; the one before still counts.
        #expect(try send(Terms.items[2], after: 250_000) == 1)
        #expect(try send(Terms.items[1], after: 0) == 0)
        #expect(try send(Terms.items[0], after: 0) == 1)
        #expect(try send(Terms.items[2], after: 599_999) == 0)
        #expect(try send(Terms.items[2], after: 1) == 1)
    }

    @Test
    func `nothing is noted of a room without terms`() {
        let command = Command.disclose(Disclosure(of: .log, to: Self.viewer.id))
        #expect(Rehearsal.at(.live).answer(to: command, by: .server) == .success([]))
    }

    static let plans: [(text: String?, digest: String?, isGood: Bool)] = [
        (Terms.text, Terms.digest, true), (nil, nil, true), (Terms.text, nil, false),
        (nil, Terms.digest, false), (" ", Terms.digest, false),
        (String(repeating: "长", count: 10_000), Terms.digest, true),
        (String(repeating: "长", count: 10_001), Terms.digest, false),
        ("a\u{202e}b", Terms.digest, false),
    ]

    @Test(arguments: plans)
    func `terms stand with their digest`(text: String?, digest: String?, isGood: Bool) {
        let plain = RoomPlan.sample()
        let frame = RoomFrame(
            language: "zh-CN",
            startsAt: plain.frame.startsAt,
            slots: plain.frame.slots,
            door: Door(terms: digest)
        )
        let texts = RoomTexts(title: "闭门", slots: plain.texts.slots, terms: text)
        let plan = RoomPlan(frame: frame, texts: texts)
        let decision = Room().decide(.create(plan), by: .server, at: .start)
        let isTaken = (try? decision.get()) != nil
        #expect(isTaken == isGood)
        if !isGood { #expect(decision == .failure(.badPlan(.terms(limit: 10_000)))) }
    }
}

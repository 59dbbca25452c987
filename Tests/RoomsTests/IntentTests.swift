// Proves the ladders of intents: which steps each side has, what stands on them, who may take them.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct IntentTests {
    static let key = IntentKey(.first, Person.audience.id)
    static let million = AmountRange(currency: "CNY", least: 100_000_000, most: 500_000_000)

    /// Offers that nothing stands before, and what becomes of each.
    static let offers: [(offer: IntentOffer, refusal: Rejection?)] = [
        (IntentOffer(.investor, .follow), nil), (IntentOffer(.investor, .materials), nil),
        (IntentOffer(.investor, .meet), nil),
        (IntentOffer(.investor, .amount, amount: million), nil),
        (IntentOffer(.investor, .amount), .badAmount(.missing)),
        (IntentOffer(.investor, .meet, amount: million), .badAmount(.notTaken)),
        (IntentOffer(.investor, .dueDiligence), nil),
        (IntentOffer(.investor, .dueDiligence, amount: million), nil),
        (IntentOffer(.investor, .signed, amount: million), nil),
        (IntentOffer(.investor, .signed, cooperation: .licence), .badCooperation(isNeeded: false)),
        (IntentOffer(.investor, .exchange), .noSuchStep(IntentSide.investor.ladder)),
        (IntentOffer(.investor, .cooperation), .noSuchStep(IntentSide.investor.ladder)),
        (IntentOffer(.enterprise, .follow), nil), (IntentOffer(.enterprise, .materials), nil),
        (IntentOffer(.enterprise, .exchange), nil),
        (IntentOffer(.enterprise, .exchange, amount: million), .badAmount(.notTaken)),
        (
            IntentOffer(.enterprise, .exchange, cooperation: .licence),
            .badCooperation(isNeeded: false)
        ),
        (IntentOffer(.enterprise, .cooperation), .badCooperation(isNeeded: true)),
        (IntentOffer(.enterprise, .cooperation, cooperation: .licence), nil),
        (IntentOffer(.enterprise, .cooperation, amount: million, cooperation: .shares), nil),
        (IntentOffer(.enterprise, .signed, cooperation: .service), nil),
        (IntentOffer(.enterprise, .signed), .badCooperation(isNeeded: true)),
        (IntentOffer(.enterprise, .meet), .noSuchStep(IntentSide.enterprise.ladder)),
        (IntentOffer(.enterprise, .amount), .noSuchStep(IntentSide.enterprise.ladder)),
        (IntentOffer(.enterprise, .dueDiligence), .noSuchStep(IntentSide.enterprise.ladder)),
    ]

    @Test(arguments: offers)
    func `a ladder has its steps, and each what stands on it`(
        offer: IntentOffer,
        refusal: Rejection?
    ) {
        let decision = Self.given(offer)
        guard let refusal else {
            let circle = IntentCircle(presenters: [Person.presenter.id], isShared: false)
            let texts = Texts.intent(Person.audience.card, note: nil)
            let terms = IntentTerms(
                offer.side,
                offer.step,
                amount: offer.amount,
                cooperation: offer.cooperation
            )
            #expect(decision == .success([Draft(.intentGiven(Self.key, terms, circle), texts)]))
            return
        }
        #expect(decision == .failure(refusal))
    }

    static let amounts: [(amount: AmountRange, fault: AmountFault?)] = [
        (AmountRange(currency: "CNY", least: 1, most: 1), nil),
        (AmountRange(currency: "CNY", least: 0, most: 1), nil),
        (AmountRange(currency: "CNY", least: 0, most: 0), .order),
        (AmountRange(currency: "CNY", least: 2, most: 1), .order),
        (AmountRange(currency: "JPY", least: 1, most: 1 << 53 - 1), nil),
        (AmountRange(currency: "USD", least: 1, most: 1 << 53), .order),
        (AmountRange(currency: "USD", least: .max, most: .max), .order),
        (AmountRange(currency: "cny", least: 1, most: 1), .currency),
        (AmountRange(currency: "RMB", least: 1, most: 1), .currency),
        (AmountRange(currency: "", least: 1, most: 1), .currency),
    ]

    @Test(arguments: amounts)
    func `an amount is a range in a currency that there is`(
        amount: AmountRange,
        fault: AmountFault?
    ) {
        let decision = Self.given(IntentOffer(.investor, .amount, amount: amount))
        #expect(Self.refusal(of: decision) == fault.map { .badAmount($0) })
    }

    /// A step after another one that stands.
    static let moves: [(from: IntentOffer, to: IntentOffer, refusal: Rejection?)] = [
        (IntentOffer(.investor, .follow), IntentOffer(.investor, .meet), nil),
        (IntentOffer(.investor, .meet), IntentOffer(.investor, .meet, note: "周三"), nil),
        (
            IntentOffer(.investor, .meet), IntentOffer(.investor, .materials),
            .stepDown(from: .meet)
        ),
        (
            IntentOffer(.investor, .signed), IntentOffer(.investor, .dueDiligence),
            .stepDown(from: .signed)
        ),
        (
            IntentOffer(.investor, .follow), IntentOffer(.enterprise, .follow),
            .otherSide(.investor)
        ),
        (
            IntentOffer(.enterprise, .follow), IntentOffer(.investor, .signed),
            .otherSide(.enterprise)
        ),
        (
            IntentOffer(.enterprise, .cooperation, cooperation: .licence),
            IntentOffer(.enterprise, .cooperation, cooperation: .shares), nil
        ),
    ]

    @Test(arguments: moves)
    func `steps are taken upwards on one side`(
        from: IntentOffer,
        to: IntentOffer,
        refusal: Rejection?
    ) {
        var rehearsal = Rehearsal.at(.live)
        Self.give(from, in: &rehearsal)
        #expect(Self.refusal(of: Self.give(to, in: &rehearsal)) == refusal)
        let stands = rehearsal.room.intents.standing(Self.key)?.terms.step
        #expect(stands == (refusal == nil ? to : from).step)
        // Withdrawn, either side begins anew.
        rehearsal.give(.withdrawIntent(.first, note: nil), by: Person.audience.actor)
        #expect(Self.refusal(of: Self.give(to, in: &rehearsal)) == nil)
    }

    @Test
    func `an intent is withdrawn once, at any step, with a note or without`() {
        for note in [nil, " ", "已投同类项目"] {
            var rehearsal = Rehearsal.at(.live)
            Self.give(IntentOffer(.investor, .signed), in: &rehearsal)
            let withdraw = Command.withdrawIntent(.first, note: note)
            let person = Person.audience
            let decision = rehearsal.give(withdraw, by: person.actor, card: person.card)
            let circle = IntentCircle(presenters: [Person.presenter.id], isShared: false)
            let text = note == " " ? nil : note
            let texts = Texts.remark(by: person.card.byline, text: text)
            #expect(decision == .success([Draft(.intentWithdrawn(Self.key, circle), texts)]))
            #expect(rehearsal.give(withdraw, by: person.actor) == .failure(.noSuchIntent))
            #expect(rehearsal.room.intents.counts.isEmpty)
        }
    }

    @Test(arguments: [(500, true), (501, false)])
    func `a note has a limit`(length: Int, isTaken: Bool) {
        let note = String(repeating: "n", count: length)
        let refusal = Self.refusal(of: Self.given(IntentOffer(.investor, .follow, note: note)))
        let expected = isTaken ? nil : Rejection.textTooLong(length: length, limit: 500)
        #expect(refusal == expected)
        var rehearsal = Rehearsal.at(.live)
        Self.give(IntentOffer(.investor, .follow), in: &rehearsal)
        let withdraw = Command.withdrawIntent(.first, note: note)
        #expect(Self.refusal(of: rehearsal.give(withdraw, by: Person.audience.actor)) == expected)
    }

    /// Who may not, and as what.
    static let conflicts: [(person: Person, roles: Set<Role>, slot: SlotID, refusal: Rejection?)] =
        [
            (.presenter, [.presenter], .first, .intentConflict(.presenter)),
            (.presenter, [.presenter], .second, nil),
            (.otherPresenter, [.presenter], .first, nil),
            (.moderator, [.moderator], .first, .intentConflict(.moderator)),
            (.audience, [.judge], .first, .intentConflict(.judge)),
            (.audience, [.judge, .investor], .second, .intentConflict(.judge)),
            (.audience, [.investor], .first, nil), (.audience, [.expert], .first, nil),
            (.audience, [.auditor], .first, .notPermitted(needs: Rights.speakers)),
            (.audience, [.investor], .unknown, .noSuchSlot(.unknown)),
            (.moderator, [.moderator], .unknown, .noSuchSlot(.unknown)),
        ]

    @Test(arguments: conflicts)
    func `who has to do with a slot gives no intent for it`(
        person: Person,
        roles: Set<Role>,
        slot: SlotID,
        refusal: Rejection?
    ) {
        var rehearsal = Rehearsal.at(.live)
        if person == .audience { rehearsal.give(.setRoles(person.id, roles: roles, slots: [])) }
        let command = Command.giveIntent(slot, IntentOffer(.investor, .follow))
        let decision = rehearsal.give(command, by: person.actor, card: person.card)
        #expect(Self.refusal(of: decision) == refusal)
    }

    static let cards: [(card: NameCard, missing: [CardField])] = [
        (Person.audience.card, []), (.blank, [.name, .organisation, .kind]),
        (NameCard(name: "李四"), [.organisation, .kind]),
        (NameCard(name: "李四", organisation: "基金"), [.kind]),
        (NameCard(name: "李四", organisation: "…", kind: "investor"), [.organisation]),
        (NameCard(name: "", organisation: "基金", kind: "investor"), [.name]),
    ]

    @Test(arguments: cards)
    func `a card says who asks`(card: NameCard, missing: [CardField]) {
        var rehearsal = Rehearsal.at(.live)
        let command = Command.giveIntent(.first, IntentOffer(.investor, .follow))
        let decision = rehearsal.give(command, by: Person.audience.actor, card: card)
        #expect(Self.refusal(of: decision) == (missing.isEmpty ? nil : .cardIncomplete(missing)))
    }

    @Test(arguments: Lifecycle.Name.allCases)
    func `from the open doors to the follow-up`(state: Lifecycle.Name) {
        guard state != .unborn else { return }
        var rehearsal = Rehearsal.at(state)
        let allowed: [Lifecycle.Name] = [.open, .live, .paused, .followUp]
        let decision = Self.give(IntentOffer(.investor, .follow), in: &rehearsal)
        let refusal = allowed.contains(state) ? nil : Rejection.wrongState(state, allowed: allowed)
        #expect(Self.refusal(of: decision) == refusal)
    }

    @Test
    func `staff are told where the author lets them, and that they are told no more`() {
        var rehearsal = Rehearsal.at(.live)
        Self.give(IntentOffer(.investor, .meet, isShared: true), in: &rehearsal)
        let people: [Audience] = [.member(Person.audience.id), .member(Person.presenter.id)]
        #expect(rehearsal.drafts.last?.event.audiences == people + [.staff])
        let decision = Self.give(IntentOffer(.investor, .meet), in: &rehearsal)
        let events = (try? decision.get())?.map(\.event) ?? []
        #expect(events.map(\.audiences) == [people + [.staff], people])
        let shared = IntentCircle(presenters: [Person.presenter.id], isShared: true)
        #expect(events.first == .intentUnshared(Self.key, shared))
        #expect(rehearsal.room.intents.all[Self.key]?.isShared == false)
    }

    @Test
    func `of a slot's presenters so many are told`() {
        var limits = RoomLimits()
        limits.presentersTold = 1
        var rehearsal = Rehearsal.at(.live, limits: limits)
        let other = Person.otherPresenter.id
        rehearsal.give(.setRoles(other, roles: [.presenter], slots: [.first, .second]))
        Self.give(IntentOffer(.investor, .follow), in: &rehearsal)
        let told = rehearsal.drafts.last?.event.audiences
        #expect(told == [.member(Person.audience.id), .member(Person.presenter.id)])
    }

    @Test
    func `so many intents as the room holds, and no more; one's own is said anew`() {
        var limits = RoomLimits()
        limits.intents = 1
        var rehearsal = Rehearsal.at(.live, limits: limits)
        Self.give(IntentOffer(.investor, .follow), in: &rehearsal)
        let other = Person.otherAudience
        let command = Command.giveIntent(.first, IntentOffer(.investor, .follow))
        let full = rehearsal.give(command, by: other.actor, card: other.card)
        #expect(full == .failure(.roomFull(limit: 1)))
        let again = Self.give(IntentOffer(.investor, .meet), in: &rehearsal)
        #expect(Self.refusal(of: again) == nil)
        #expect(rehearsal.room.intents.counts == [.first: 1])
    }

    @Test
    func `its text is removed by its author, and told to those who know of it`() throws {
        var rehearsal = Rehearsal.at(.live)
        Self.give(IntentOffer(.investor, .follow, note: "电话 1390000"), in: &rehearsal)
        let sequence = rehearsal.room.sequence
        // Staff, and others of the room, do not learn that there is such a text.
        for person in [Person.moderator, .otherAudience, .otherPresenter] {
            let refused = rehearsal.answer(to: .redact(sequence, .spam), by: person.actor)
            #expect(refused == .failure(.noSuchText(sequence)))
        }
        let known = rehearsal.answer(to: .redact(sequence, .spam), by: Person.presenter.actor)
        #expect(known == .failure(.notPermitted(needs: [.moderator])))
        let decision = rehearsal.give(.redact(sequence, .mistake), by: Person.audience.actor)
        let people: [Audience] = [.member(Person.audience.id), .member(Person.presenter.id)]
        let draft = try #require(try decision.get().first)
        #expect(draft.event == .contentRedacted(sequence, parts: [2, 4], .mistake))
        #expect(draft.parts.map(\.audience) == [.server] + people)
    }

    @Test
    func `who is forgotten is forgotten among those who know of it`() throws {
        var rehearsal = Rehearsal.at(.live)
        Self.give(IntentOffer(.investor, .follow, isShared: true), in: &rehearsal)
        let sequence = rehearsal.room.sequence
        let drafts = try rehearsal.give(.forget(Person.audience.id), by: .server).get()
        let draft = try #require(
            drafts.first { $0.event == .contentRedacted(sequence, parts: [2, 4, 6], .private) }
        )
        #expect(!draft.parts.map(\.audience).contains(.everyone))
    }

    // How the tables are driven

    static func given(_ offer: IntentOffer) -> Decision {
        var rehearsal = Rehearsal.at(.live)
        return give(offer, in: &rehearsal)
    }

    @discardableResult
    static func give(_ offer: IntentOffer, in rehearsal: inout Rehearsal) -> Decision {
        let person = Person.audience
        return rehearsal.give(.giveIntent(.first, offer), by: person.actor, card: person.card)
    }

    static func refusal(of decision: Decision) -> Rejection? {
        guard case .failure(let refusal) = decision else { return nil }
        return refusal
    }
}

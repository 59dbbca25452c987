import Ledger
import Rooms
import TestSupport

// Commands about intents, and about other things that only those whom they concern can take up.
extension CommandGenerator {
    static let ofIntents: Set<Command.Kind> = [
        .giveIntent, .withdrawIntent, .answerIntent, .followUp, .offerContact, .withdrawContact,
        .giveFeedback, .keepNote,
    ]

    /// About what stands in the room, by whom it concerns; by chance alone those seldom meet.
    mutating func aside(_ room: Room) -> Step? {
        let isOver = room.lifecycle.name == .followUp
        switch UInt8.random(in: 0..<32, using: &random) {
        case 0:
            let recusals = room.judging.recusals.filter { !$0.value.isEmpty }
            guard let slot = recusals.keys.min(),
                let judge = recusals[slot]?.min(by: { "\($0)" < "\($1)" })
            else {
                return nil
            }
            let moderator = Speaker(Person.moderator.actor, card: Person.moderator.card)
            return step(.endRecusal(slot, judge), by: moderator, room)
        case 1, 2: return ofIntent(isOver ? .followUp : pick(Self.ofStanding), room)
        case 3..<12 where isOver: return ofIntent(.followUp, room)
        default: return nil
        }
    }

    private static let ofStanding: [Command.Kind] = [
        .withdrawIntent, .answerIntent, .offerContact, .offerContact, .withdrawContact,
    ]

    private mutating func ofIntent(_ kind: Command.Kind, _ room: Room) -> Step? {
        let standing = room.intents.all.keys.filter { room.intents.standing($0) != nil }
        let people = Person.allCases.flatMap { person in
            standing.filter { $0.member == person.id }.map { (person, $0.slot) }
        }
        let known = people.sorted { ($0.0.rawValue, $0.1) < ($1.0.rawValue, $1.1) }
        guard !known.isEmpty else { return nil }
        let (person, slot) = pick(known)
        let key = IntentKey(slot, person.id)
        let author = Speaker(person.actor, card: person.card)
        let presenter = slot == .first ? Person.presenter : .otherPresenter
        switch kind {
        case .withdrawIntent:
            return step(.withdrawIntent(slot, note: pick([nil, "改变计划"])), by: author, room)
        case .followUp:
            let outcome = pick(FollowUp.Outcome.allCases)
            return step(.followUp(key, FollowUp(.author, outcome), note: nil), by: author, room)
        case .offerContact:
            let words = pick([nil, HeldWords(by: Byline("x"), text: "电话")])
            let offer = Command.offerContact(slot, with: presenter.id, text: "电话", theirs: words)
            return step(offer, by: author, room)
        case .withdrawContact:
            return step(.withdrawContact(slot, with: presenter.id), by: author, room)
        case .answerIntent:
            let speaker = Speaker(presenter.actor, card: presenter.card)
            return step(.answerIntent(key, .seen, note: nil), by: speaker, room)
        default: return nil
        }
    }

    private mutating func step(_ command: Command, by speaker: Speaker, _ room: Room) -> Step {
        Step(command: command, speaker: speaker, elapsed: elapsed(room))
    }

    /// One that was given, or of somebody by chance.
    mutating func intentKey(_ room: Room) -> IntentKey {
        let known = room.intents.all.keys.sorted { "\($0)" < "\($1)" }
        return known.isEmpty ? IntentKey(slot(), member()) : pick(known)
    }

    mutating func followUp() -> FollowUp {
        FollowUp(pick(IntentParty.allCases), pick(FollowUp.Outcome.allCases))
    }

    /// As the server words it: with what the other wrote, or before that is known.
    mutating func offer(_ room: Room) -> Command {
        let key = intentKey(room)
        let theirs = HeldWords(by: Byline("x"), text: "电话")
        let other = pick([key.member, Person.presenter.id, Person.otherPresenter.id])
        return .offerContact(key.slot, with: other, text: text(), theirs: pick([nil, theirs]))
    }

    mutating func withdrawContact(_ room: Room) -> Command {
        let key = intentKey(room)
        return .withdrawContact(key.slot, with: pick([key.member, Person.presenter.id]))
    }

    mutating func intent() -> IntentOffer {
        let side = pick(IntentSide.allCases)
        let amount = AmountRange(
            currency: pick(["CNY", "CNY", "X"]),
            least: 1,
            most: pick([1, 0])
        )
        return IntentOffer(
            side,
            pick([pick(side.ladder), pick(side.ladder), pick(IntentStep.allCases)]),
            amount: pick([nil, nil, amount]),
            cooperation: pick([nil, nil, .licence]),
            note: pick([nil, text()]),
            isShared: Bool.random(using: &random)
        )
    }
}

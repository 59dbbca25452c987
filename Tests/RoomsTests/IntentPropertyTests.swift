// Proves on seeded random shows that nobody but those concerned is told of an intent, and that the
// counts are those of the intents that stand.
import Ledger
import Rooms
import RoomsTestSupport
import TestSupport
import Testing

struct IntentPropertyTests {
    @Test(arguments: Seeds.first(60))
    func `a private intent is for its author, the slot's presenters and the server`(
        seed: UInt64
    ) throws {
        var generator = CommandGenerator(seed: seed)
        var rehearsal = Rehearsal()
        for _ in 0..<PropertyTests.commandsPerSeed {
            let before = rehearsal.room
            let known = rehearsal.drafts.count
            rehearsal.give(generator.next(for: before))
            for draft in rehearsal.drafts[known...] {
                guard let told = draft.event.told else { continue }
                let presenters = before.members.filter { $0.value.slots.contains(told.key.slot) }
                let allowed =
                    [Audience.server, .member(told.key.member)]
                    + presenters.keys.map { .member($0) } + (told.isShared ? [.staff] : [])
                let found = Set(draft.parts.map(\.audience))
                try #require(found.isSubset(of: allowed), "SEED=\(seed) \(draft.event)")
                try #require(found.contains(.member(told.key.member)), "SEED=\(seed)")
            }
            let fault = rehearsal.room.intentFault
            try #require(fault == nil, "SEED=\(seed)")
        }
    }

    @Test(arguments: Seeds.first(60))
    func `the end of such a text is told to nobody else`(seed: UInt64) throws {
        var generator = CommandGenerator(seed: seed)
        var rehearsal = Rehearsal()
        var circles: [UInt64: Set<Audience>] = [:]
        for _ in 0..<PropertyTests.commandsPerSeed {
            let known = rehearsal.drafts.count
            rehearsal.give(generator.next(for: rehearsal.room))
            for (recorded, draft) in zip(rehearsal.log[known...], rehearsal.drafts[known...]) {
                let audiences = Set(draft.parts.map(\.audience))
                if draft.event.told != nil { circles[recorded.sequence] = audiences }
                guard case .contentRedacted(let sequence, _, _) = draft.event,
                    let circle = circles[sequence]
                else { continue }
                try #require(audiences == circle, "SEED=\(seed) \(sequence)")
            }
        }
    }
}

extension Event {
    /// Whose intent it is about, and whether staff know of it; `nil` for every other event.
    var told: (key: IntentKey, isShared: Bool)? {
        switch self {
        case .intentGiven(let key, _, let circle), .intentUnshared(let key, let circle),
            .intentWithdrawn(let key, let circle), .intentAnswered(let key, _, let circle),
            .intentFollowedUp(let key, _, let circle), .feedbackGiven(let key, _, let circle):
            (key, circle.isShared)
        default: nil
        }
    }
}

extension Room {
    /// What is wrong with the intents; `nil` where nothing is.
    var intentFault: String? {
        var counts: [SlotID: Int] = [:]
        for (key, intent) in intents.all {
            if intent.sequence == 0 || intent.sequence > sequence { return "an intent of no event" }
            if intent.terms.side.ladder.contains(intent.terms.step) == false { return "no step" }
            if !intent.isWithdrawn { counts[key.slot, default: 0] += 1 }
        }
        return counts == intents.counts ? nil : "\(counts), not \(intents.counts)"
    }
}

// Proves on seeded random shows that a room stays legal, replays to itself, and agrees with a naive one.
import Ledger
import Rooms
import RoomsTestSupport
import TestSupport
import Testing

struct PropertyTests {
    static let commandsPerSeed = 300

    @Test(arguments: Seeds.first(100))
    func `a room stays legal after every event`(seed: UInt64) throws {
        var generator = CommandGenerator(seed: seed)
        var rehearsal = Rehearsal()
        for _ in 0..<Self.commandsPerSeed {
            let known = rehearsal.log.count
            let before = rehearsal.room
            let step = generator.next(for: before)
            rehearsal.give(step)
            // Each event alone leads from one legal room to the next, not the whole command only.
            var room = before
            for recorded in rehearsal.log[known...] {
                #expect(recorded.sequence == room.sequence + 1, "SEED=\(seed)")
                room.apply(recorded)
                let fault = room.fault
                #expect(fault == nil, "SEED=\(seed) after \(recorded)")
            }
            try #require(room == rehearsal.room, "SEED=\(seed)")
            let fault = room.faultAtRest
            try #require(fault == nil, "SEED=\(seed) after \(step.command)")
        }
    }

    @Test(arguments: Seeds.first(100))
    func `a command decides the same again, changes nothing, and a refusal records nothing`(
        seed: UInt64
    ) throws {
        var generator = CommandGenerator(seed: seed)
        var rehearsal = Rehearsal()
        for _ in 0..<Self.commandsPerSeed {
            let before = rehearsal.room
            let step = generator.next(for: before)
            let first = rehearsal.give(step)
            let again = before.decide(step.command, by: step.speaker, at: rehearsal.now)
            try #require(first == again, "SEED=\(seed)")
            if (try? first.get())?.isEmpty ?? true {
                try #require(rehearsal.room == before, "SEED=\(seed)")
            }
        }
    }

    @Test(arguments: Seeds.first(100))
    func `replay of the recorded events gives the same room`(seed: UInt64) {
        var generator = CommandGenerator(seed: seed)
        var rehearsal = Rehearsal()
        for _ in 0..<Self.commandsPerSeed {
            let step = generator.next(for: rehearsal.room)
            rehearsal.give(step)
        }
        var replayed = Room()
        for recorded in rehearsal.log { replayed.apply(recorded) }
        #expect(replayed == rehearsal.room, "SEED=\(seed)")
    }

    @Test(arguments: Seeds.first(300))
    func `a naive roadshow comes to the same stage`(seed: UInt64) throws {
        var generator = CommandGenerator(seed: seed)
        let rules = StageRules(
            atZero: StageRules.AtZero.allCases[Int(seed % 3)],
            noShow: seed.isMultiple(of: 2) ? .last : .forfeit,
            awaitedMilliseconds: 20_000
        )
        var rehearsal = Rehearsal(.sample(rules: rules))
        var naive = NaiveRoadshow(slots: 3, pitch: 60_000, grace: 10_000, questions: 30_000)
        naive.moves = rules.atZero == .moveOn
        naive.forgives = rules.noShow == .last
        for _ in 0..<Self.commandsPerSeed {
            let step = generator.next(for: rehearsal.room)
            naive.letPass(step.elapsed)
            let isPermitted = step.isPermitted(in: rehearsal.room)
            naive.isJudged = rehearsal.room.judging.scheme != nil
            naive.isDrawing = rehearsal.room.roadshow.draw?.isRunning == true
            naive.told = Set(rehearsal.room.judging.published.keys.map { "\($0)" })
            let decision = rehearsal.give(step)
            if rehearsal.room.lifecycle == .archived { naive.state = "archived" }
            guard step.command.isOfStage, isPermitted else { continue }
            let isTaken = (try? decision.get()) != nil
            let isAllowed = naive.take(step.command)
            try #require(isTaken == isAllowed, "SEED=\(seed) \(step.command): \(decision)")
            try #require(naive.difference(from: rehearsal) == nil, "SEED=\(seed) \(step.command)")
        }
    }

    @Test
    func `the random shows reach every command's success and most refusals`() {
        var taken: Set<Command.Kind> = []
        var refused: Set<String> = []
        for seed in 1...100 as ClosedRange<UInt64> {
            var generator = CommandGenerator(seed: seed)
            var rehearsal = Rehearsal()
            for _ in 0..<Self.commandsPerSeed {
                let step = generator.next(for: rehearsal.room)
                switch rehearsal.give(step) {
                case .success(let drafts) where !drafts.isEmpty: taken.insert(step.command.kind)
                case .success: continue
                case .failure(let rejection):
                    refused.insert(String("\(rejection)".prefix { $0 != "(" }))
                }
            }
        }
        // A room is made once, before these commands, and lives for less than ten years; the rest is of
        // doors that these have not.
        let others: Set<Command.Kind> = [.create, .apply, .sign, .disclose, .expire]
        #expect(Set(Command.Kind.allCases).subtracting(taken) == others)
        #expect(refused.count >= 20, "\(refused)")
    }
}

extension Rehearsal {
    @discardableResult
    mutating func give(_ step: CommandGenerator.Step) -> Decision {
        let speaker = step.speaker
        return give(step.command, by: speaker.actor, card: speaker.card, after: step.elapsed)
    }
}

extension CommandGenerator.Step {
    /// Whether its speaker has the right to it, as far as commands of the stage go.
    fileprivate func isPermitted(in room: Room) -> Bool {
        switch (command, speaker.actor) {
        case (.keepTime, let actor), (.makeUp, let actor): return actor == .server
        case (_, .server), (_, .visitor): return false
        case (.markReady(let slot), .member(let id)):
            guard let member = room.members[id] else { return false }
            return member.roles.contains(.moderator)
                || (member.roles.contains(.presenter) && member.slots.contains(slot))
        case (_, .member(let id)): return room.members[id]?.roles.contains(.moderator) == true
        }
    }
}

extension Command {
    /// Whether the naive roadshow knows it.
    fileprivate var isOfStage: Bool {
        switch self {
        case .openRoom, .startRoom, .pauseRoom, .resumeRoom, .endRoom, .confirmEnd, .reopenRoom,
            .closeRoom, .cancelRoom, .keepTime, .makeUp, .markReady, .callSlot, .skipSlot, .noShow,
            .recallSlot, .restartSlot, .startPitch, .startQuestions, .finishSlot, .pauseClock,
            .resumeClock, .extendClock, .closeScoring, .openScoring:
            true
        default: false
        }
    }
}

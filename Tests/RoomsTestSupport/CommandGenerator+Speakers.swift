import Rooms

// Who gives a command: mostly those who may.
extension CommandGenerator {
    mutating func speaker(for kind: Command.Kind) -> Speaker {
        let isServers =
            switch kind {
            case .create, .admit, .knock, .keepTime, .makeUp, .disclose, .forget,
                .countAttendance, .tellPages, .expire:
                true
            default: false
            }
        switch UInt8.random(in: 0..<100, using: &random) {
        case 0..<75 where isServers: return Speaker(.server, card: Person.audience.card)
        case 0..<40 where kind == .say:
            return Speaker(Person.audience.actor, card: Person.audience.card)
        case 0..<50 where kind == .confer:
            let person = pick([Person.judge, .presenter])
            return Speaker(person.actor, card: person.card)
        case 0..<60 where kind == .commitDraw || kind == .revealDraw:
            let presenter = pick([Person.presenter, .otherPresenter])
            return Speaker(presenter.actor, card: presenter.card)
        case 0..<60 where kind == .submitSheet:
            let judge = pick([Person.judge, .otherJudge])
            return Speaker(judge.actor, card: judge.card)
        case 0..<70 where Self.ofIntents.contains(kind):
            let people = [Person.audience, .otherAudience, .otherPresenter, .presenter]
            let person = pick(people)
            return Speaker(person.actor, card: person.card)
        case 0..<75: return Speaker(Person.moderator.actor, card: Person.moderator.card)
        case 75..<78: return Speaker(.visitor)
        case 78..<80: return .server
        default:
            let person = pick(Person.allCases)
            return Speaker(person.actor, card: person.card)
        }
    }
}

/// How people get in.
public struct PeopleSettings: Equatable, Sendable {
    /// Of whom two-step sign-in is demanded.
    public var twoStep = TwoStep.off
    /// Tries to sign in, to register and to enter a code that one address has in a minute.
    public var triesPerAddress = 60
    /// Tries to sign in that one account takes in a minute.
    public var triesPerAccount = 10
    /// Codes that are sent to one contact in an hour.
    public var codesPerHour = 6

    /// Of whom two-step sign-in is demanded.
    public enum TwoStep: String, CaseIterable, Sendable {
        case off, staff, everyone
    }

    /// Settings with their defaults.
    public init() {}
}

extension Settings {
    static let peopleKeys: [Key] = [
        Key(name: "people.two_step", expected: "off, staff or everyone") {
            guard let known = PeopleSettings.TwoStep(rawValue: $1) else { return false }
            $0.people.twoStep = known
            return true
        },
        number("limits.tries_per_address", 1...1_000_000) { $0.people.triesPerAddress = $1 },
        number("limits.tries_per_account", 1...1_000_000) { $0.people.triesPerAccount = $1 },
        number("limits.codes_per_hour", 1...1_000_000) { $0.people.codesPerHour = $1 },
    ]
}

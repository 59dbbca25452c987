import Foundation

/// The seeds of a random test: a fixed row of them, or the one that `SEED=` names, to run a failing
/// one again.
public enum Seeds {
    public static func first(_ count: UInt64) -> [UInt64] {
        if let text = ProcessInfo.processInfo.environment["SEED"], let seed = UInt64(text) {
            return [seed]
        }
        return Array(1...max(count, 1))
    }
}

public import Ledger
public import OpenSSL

/// What a check of a log found.
public enum Verdict: Hashable, Sendable {
    /// All of it fits, and the key that was asked for has signed it.
    case verified(LogReport)
    /// All of it fits, but whose it is was not checked: no key was asked for, or the events above
    /// `report.covered` are signed by nobody.
    case consistent(LogReport)
    /// Something does not fit.
    case broken(LogFault)
    /// It cannot be told.
    case unusable(UnusableLog)
}

extension Verdict {
    /// What is to be said of a data folder in which a kept checkpoint's room is missing: it was taken
    /// away, or it never was there.
    /// - Parameters:
    ///   - kept: the checkpoint.
    ///   - server: the folder's server name.
    ///   - genesis: the first document of any room that is there.
    /// - Returns: broken, or unusable.
    public static func missingRoom(
        of kept: SignedCheckpoint,
        server: String,
        genesis: [UInt8]?
    ) -> Verdict {
        guard kept.checkpoint.server == server else { return .unusable(.keptOrigin) }
        if let genesis {
            do throws(UnusableLog) {
                // Two servers may share a name, but no key.
                let key = try Genesis(genesis).key
                guard kept.isSigned(by: key) else { return .unusable(.keptOrigin) }
            } catch {
                return .unusable(error)
            }
        }
        return .broken(.roomGone(kept.checkpoint.room))
    }
}

/// What stands in a log that fits.
public struct LogReport: Hashable, Sendable {
    /// The room whose log it is.
    public let room: RoomID
    /// The server's name, as the room's first document has it.
    public let server: String
    /// The fingerprint of the key in the room's first document.
    public let fingerprint: Digest
    /// How many events there are.
    public let events: UInt64
    /// How many checkpoints there are; each was checked.
    public let checkpoints: Int
    /// How many events, from the first, the newest checkpoint covers.
    public let covered: UInt64
    /// How many parts are there as digests alone: erased, or not for this reader.
    public let withheld: Int
    /// How many draws of an order were recomputed.
    public let draws: Int
    /// Of how many slots the scores were recomputed.
    public let scores: Int
    /// The root of the tree over all events.
    public let root: Digest
}

/// The first thing in a log that does not fit.
public enum LogFault: Error, Hashable, Sendable {
    /// An event stands where another should; sequence numbers count from 1 without gaps.
    case sequence(UInt64, expected: UInt64)
    /// An event is older than the one before it.
    case time(of: UInt64)
    /// An event's parts are not those its header speaks of.
    case content(of: UInt64)
    /// An event's hash does not follow from its header and the event before it.
    case chain(at: UInt64)
    /// A draw of an order is not what its values give.
    case draw(at: UInt64, DrawFault)
    /// A slot's score, or its place, does not follow from the sheets that were opened.
    case scores(at: UInt64, slot: String)
    /// A checkpoint is of another server or room.
    case checkpointOrigin(size: UInt64)
    /// A checkpoint does not stand behind the event that it covers last.
    case checkpointPlace(size: UInt64, events: UInt64)
    /// A checkpoint's root is not that of the events it covers.
    case checkpointRoot(size: UInt64)
    /// A checkpoint is not signed by the key in the room's first document.
    case checkpointSignature(size: UInt64)
    /// The file ends with events that no checkpoint covers.
    case uncovered(events: UInt64, covered: UInt64)
    /// The log is signed by another key than was asked for.
    case otherKey(Digest)
    /// The checkpoint that was kept covers more events than there are: the log was cut off.
    case truncated(events: UInt64, kept: UInt64)
    /// The events are not those of the checkpoint that was kept: the log was rewritten.
    case keptRoot(size: UInt64)
    /// The checkpoint that was kept is not signed by the log's key.
    case keptSignature
    /// The data folder that signed the checkpoint has its room no longer.
    case roomGone(RoomID)

    /// The first event that does not fit, where it is an event.
    public var event: UInt64? {
        switch self {
        case .sequence(_, let expected): expected
        case .time(let sequence), .content(let sequence), .chain(let sequence),
            .draw(let sequence, _), .scores(let sequence, _):
            sequence
        default: nil
        }
    }
}

/// What is wrong with a draw of an order.
public enum DrawFault: Error, Hashable, Sendable {
    /// The log has no beginning of it.
    case unknown
    /// A contribution is not the one that was committed.
    case contribution
    /// The server's seed is not the one that it committed to.
    case seed
    /// Another order follows from the seed and the contributions.
    case order
}

/// Why it cannot be told whether a log fits.
public enum UnusableLog: Error, Hashable, Sendable {
    /// There is nothing.
    case empty
    /// A line is none of a log file; it counts from 1.
    case malformed(line: Int)
    /// A line is longer than any that is written; it counts from 1.
    case tooLong(line: Int)
    /// The file is of a version that is not known here.
    case version(Int64)
    /// The room's first document is none, or lacks server, key or algorithms.
    case genesis
    /// The room's first document names an algorithm that is not known here.
    case algorithm(String)
    /// The checkpoint that was kept is of another room or server.
    case keptOrigin
}

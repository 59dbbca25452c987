public import Ledger

/// A recording's name within its room: 16 lower-case hex digits, random.
public struct RecordingID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let description: String

    /// - Returns: `nil` for anything but 16 lower-case hex digits.
    public init?(_ text: String) {
        let isHex = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
            default: false
            }
        }
        guard text.utf8.count == 16, isHex else { return nil }
        description = text
    }

    public static func < (one: RecordingID, other: RecordingID) -> Bool {
        one.description < other.description
    }
}

/// Why a recording ended.
public enum RecordingEnd: String, CaseIterable, Sendable {
    case moderator
    /// The room ended, or was cancelled.
    case room
    /// The disk, or the room's share of it, is full.
    case disk
}

/// What is recorded, and of whom.
public struct Recording: Equatable, Sendable {
    /// The recording that runs.
    public internal(set) var running: Running?
    /// Who agreed to be recorded.
    public internal(set) var consents: Set<MemberID> = []
    /// Recordings that may be played to the room.
    public internal(set) var offered: [RecordingID: OfferedRecording] = [:]
    public internal(set) var playback: Playback?
    /// Where the last caption of a language ended.
    var captionEnds: [String: Timestamp] = [:]

    public struct Running: Equatable, Sendable {
        public let id: RecordingID
        public let since: Timestamp
    }
}

/// A recording that its presenter gave to be played: a rehearsal, or an uploaded one.
public struct OfferedRecording: Equatable, Sendable {
    public let id: RecordingID
    public let by: MemberID
    public let slot: SlotID
    /// Milliseconds.
    public let length: UInt64

    public init(id: RecordingID, by member: MemberID, slot: SlotID, length: UInt64) {
        self.id = id
        by = member
        self.slot = slot
        self.length = length
    }
}

/// A recording that plays in step for everybody, on the server's clock.
public struct Playback: Equatable, Sendable {
    public let recording: OfferedRecording
    public internal(set) var reading: Reading

    public enum Reading: Equatable, Sendable {
        /// Milliseconds of the recording at a moment; it runs on from there.
        case running(from: UInt64, since: Timestamp)
        case stopped(at: UInt64)
    }

    /// Where it stands at `now`, in milliseconds of the recording.
    public func position(at now: Timestamp) -> UInt64 {
        switch reading {
        case .stopped(let position): return position
        case .running(let from, let since):
            let elapsed = now > since ? now.milliseconds - since.milliseconds : 0
            return min(recording.length, from.saturatingAdd(elapsed))
        }
    }

    /// When it is over; `nil` while it stands still.
    public var endsAt: Timestamp? {
        guard case .running(let from, let since) = reading else { return nil }
        return since.advanced(by: recording.length > from ? recording.length - from : 0)
    }
}

/// When a caption was spoken, and in which language (BCP 47).
public struct CaptionFrame: Equatable, Sendable {
    public let language: String
    public let from: Timestamp
    public let to: Timestamp

    public init(language: String, from: Timestamp, to: Timestamp) {
        self.language = language
        self.from = from
        self.to = to
    }
}

/// A caption as it is sent: without times it is of this moment.
public struct CaptionText: Equatable, Sendable {
    public let language: String
    public let text: String
    public let from: Timestamp?
    public let to: Timestamp?

    public init(
        language: String,
        text: String,
        from: Timestamp? = nil,
        to: Timestamp? = nil
    ) {
        self.language = language
        self.text = text
        self.from = from
        self.to = to
    }
}

internal import Ledger
internal import Media
internal import Rooms
internal import Transport
internal import WebSocket

/// What one shard relays of a room: its tracks, and who watches here.
struct MediaRoom {
    var tracks: [UInt16: RelayedTrack] = [:]
    var viewers: [ConnectionID: MediaViewer] = [:]
    var rules = MediaRules()

    var isEmpty: Bool { tracks.isEmpty && viewers.isEmpty && rules.isEmpty }

    /// A track as it is relayed here.
    struct RelayedTrack {
        var track: LiveTrack
        var cache = KeyFrameCache<SharedFrame>()
        var figures = TrackFigures()
        /// When its publisher was last asked for a key frame; milliseconds.
        var askedForKey = Int.min
    }
}

/// Somebody who watches: what passes to it, and what is left out.
struct MediaViewer {
    var wantsVideo: Bool
    var gates: [UInt16: ViewerGate] = [:]
    var yield = VideoYield()
    var queue = QueuePressure()
}

/// What the room says of its media, as every shard goes by it.
struct MediaRules: Sendable {
    var muted: Set<MemberID> = []
    var consents: Set<MemberID> = []
    var recorder: Recorder?

    var isEmpty: Bool { muted.isEmpty && consents.isEmpty && recorder == nil }
}

/// One frame on its way to viewers, framed at most twice: as it is, and behind a gap.
struct RelayedFrame: Sendable {
    let header: MediaFrameHeader
    let frame: SharedFrame
    private let message: [UInt8]

    /// A frame whose message is header and payload, as they are sent.
    init(_ header: MediaFrameHeader, _ message: [UInt8]) {
        self.header = header
        self.message = message
        frame = SharedFrame(.binary, message)
    }

    var afterGap: SharedFrame {
        var message = message
        message[1] |= MediaFrameHeader.Flags.gap.rawValue
        return SharedFrame(.binary, message)
    }
}

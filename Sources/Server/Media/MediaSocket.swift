internal import Ledger
internal import Media
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Transport

/// A media socket that is open: who is behind it, what it watches and what it sends.
struct MediaSocket {
    /// Tracks of one member at once, on all its lines.
    static let memberLimit = 8
    /// Bytes that the kernel may hold unsent: what waits longer waits where it can be left out.
    static let unsentLimit: Int32 = 16 << 10
    /// Malformed frames after which a socket is closed, and frames that are too many for its pace.
    static let faultLimit = 20
    static let excessLimit = 500

    let person: Person?
    let session: Digest?
    var bucket: TokenBucket
    /// The room that it is about.
    var room: RoomID?
    var member: MemberID?
    var publications: [UInt16: Publication] = [:]
    /// Kinds of tracks that were asked for and are not there yet.
    var requested: Set<TrackKind> = []
    /// Grows when the socket leaves: what was asked for before counts for nothing.
    var visit = 0
    /// One clock of all its tracks.
    var clock = PublisherClock()
    var allowance: Allowance
    var faults = 0
    var excess = 0

    /// A track that it sends.
    struct Publication {
        let kind: TrackKind
        var frames: Allowance
        var time = TrackTime()
        /// A picture was left out: those that follow need it, up to the next key frame.
        var lacksKey = false
        /// Where a rehearsal is recorded; it is relayed to nobody.
        var rehearsal: Recorder?
    }
}

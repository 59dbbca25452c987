internal import Ledger
internal import Media
internal import OpenSSL
internal import Rooms
internal import Transport
internal import Wire

/// A track that is live in a room, as every shard knows it.
struct LiveTrack: Sendable {
    let number: UInt16
    let description: TrackDescription
    /// Whose it is; of a recording that plays, who is heard in it.
    let member: MemberID?
    let byline: Byline
    /// The slots that its publisher presents.
    var slots: [SlotID] = []
    /// The publisher's connection; `nil` while a recording plays.
    let publisher: ConnectionID?
    /// The picture's size, which a publisher may change.
    var size: TrackDescription.Size?
    /// The publisher muted itself.
    var isMuted = false
    /// Staff muted it.
    var isMutedByStaff = false

    /// Nothing of it is relayed.
    var isSilent: Bool { isMuted || isMutedByStaff }

    func write(to object: inout JSONWriter, isNamed: Bool = true) {
        let configuration = description.configuration
        object.member("track", UInt64(number))
        object.member("kind", description.kind.rawValue)
        object.member("codec", description.codec.rawValue)
        object.member(
            "description",
            orNull: configuration.isEmpty ? nil : Base64.encode(configuration)
        )
        object.member("width", orNull: size.map { UInt64($0.width) })
        object.member("height", orNull: size.map { UInt64($0.height) })
        object.member("language", orNull: description.language)
        object.member("member", orNull: member.map { "\($0)" })
        if isNamed { byline.write(to: &object) }
        object.member(
            "slots",
            array: { array in for slot in slots { array.string(slot.description) } }
        )
        object.member("muted", isMuted)
        object.member("byStaff", isMutedByStaff)
        object.member("live", publisher != nil)
    }
}

/// What the relay of one track did on one shard; the first two are its publisher's shard's.
struct TrackFigures: Sendable {
    var frames = 0
    var bytes = 0
    /// Left out for the publisher's pace.
    var refused = 0
    var sent = 0
    /// Left out for slow viewers.
    var leftOut = 0
}

internal import Ledger
public import Rooms

/// What a client asks for on its media socket (`/ws/media`).
public enum MediaRequest: Equatable, Sendable {
    /// Follow the room's tracks; with `video` false, its sound alone. Again: changes that.
    case join(video: Bool)
    case leave
    case publish(PublishRequest)
    /// Changes a track of one's own: what is left out stays.
    case set(UInt16, muted: Bool?, width: Int?, height: Int?)
    case unpublish(UInt16)
}

/// A track as its publisher describes it: names and numbers as they came, checked in `Media`.
public struct PublishRequest: Equatable, Sendable {
    public var kind: String
    public var codec: String
    /// The decoder's configuration, base64 (RFC 4648 §4).
    public var description: String?
    public var width: Int?
    public var height: Int?
    public var language: String?
    /// The slot that is rehearsed: it is recorded in private, and relayed to nobody.
    public var rehearses: SlotID?

    public init(kind: String, codec: String, rehearses: SlotID? = nil) {
        self.kind = kind
        self.codec = codec
        self.rehearses = rehearses
    }
}

extension MediaRequest {
    /// The request of that type; `nil` where there is no such type.
    init?(_ type: String, _ data: Fields) throws(FieldFault) {
        switch type {
        case "media.join": self = .join(video: try data.optionalFlag("video") ?? true)
        case "media.leave": self = .leave
        case "media.publish": self = .publish(try PublishRequest(data))
        case "media.set":
            self = .set(
                try data.track("track"),
                muted: try data.optionalFlag("muted"),
                width: try data.optionalNatural("width").map(Int.init(clamping:)),
                height: try data.optionalNatural("height").map(Int.init(clamping:))
            )
        case "media.unpublish": self = .unpublish(try data.track("track"))
        default: return nil
        }
    }
}

extension PublishRequest {
    fileprivate init(_ data: Fields) throws(FieldFault) {
        kind = try data.text("kind")
        codec = try data.text("codec")
        description = try data.optionalText("description")
        width = try data.optionalNatural("width").map(Int.init(clamping:))
        height = try data.optionalNatural("height").map(Int.init(clamping:))
        language = try data.optionalText("language")
        rehearses = try data.optionalSlot("rehearses")
    }
}

extension Fields {
    fileprivate func track(_ name: String) throws(FieldFault) -> UInt16 {
        guard let track = UInt16(exactly: try natural(name)) else {
            throw FieldFault(name, "a track's number, from 0 to 65535")
        }
        return track
    }
}

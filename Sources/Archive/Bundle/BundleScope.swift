/// What of a room a bundle is about; of the rest of its log it holds the digests.
public enum BundleScope: Hashable, Sendable, CustomStringConvertible {
    case room
    case slot(String)
    /// By the number of its event.
    case question(UInt64)

    public var description: String {
        switch self {
        case .room: "room"
        case .slot(let id): "slot:\(id)"
        case .question(let id): "question:\(id)"
        }
    }

    /// - Returns: `nil` for anything but `room`, `slot:` with 1 to 16 letters, digits or hyphens, and
    ///   `question:` with a number.
    public init?(_ text: String) {
        if text == "room" {
            self = .room
        } else if text.hasPrefix("slot:"), text.utf8.count <= 21,
            text.utf8.dropFirst(5).allSatisfy(\.isPlain), text.utf8.count > 5
        {
            self = .slot(String(text.dropFirst(5)))
        } else if text.hasPrefix("question:"), let id = UInt64(text.dropFirst(9)),
            "question:\(id)" == text
        {
            self = .question(id)
        } else {
            return nil
        }
    }
}

/// Whose view of the room a bundle is.
public enum BundleView: String, CaseIterable, Sendable {
    /// Everything that is kept, for the operator: another server can go on from it.
    case complete
    /// What staff reads.
    case staff
    /// What every member reads.
    case members
    /// What everybody reads.
    case everyone
}

extension UInt8 {
    /// A letter, a digit or a hyphen.
    var isPlain: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

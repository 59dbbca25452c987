/// What a person shows of itself in a room.
public struct NameCard: Equatable, Sendable {
    /// What stands at its words.
    public let byline: Byline
    /// One of the kinds that the site knows: scientist, entrepreneur, investor …
    public let kind: String?

    public init(_ byline: Byline, kind: String? = nil) {
        self.byline = byline
        self.kind = kind
    }

    /// A card as somebody typed it: without a badge.
    public init(name: String, organisation: String? = nil, kind: String? = nil) {
        self.init(Byline(name, organisation.map { Affiliation($0) }), kind: kind)
    }

    public static let blank = NameCard(name: "")

    public var name: String { byline.name }
    /// The organisation's name, with a badge or without.
    public var organisation: String? { byline.affiliation?.name }
}

/// Whose words these are: a name, and the organisation beside it. Neither can pretend to a badge:
/// signs that are read as one stand as a dot.
public struct Byline: Equatable, Sendable {
    public let name: String
    public let affiliation: Affiliation?

    public init(_ name: String, _ affiliation: Affiliation? = nil) {
        self.name = Badge.disarmed(name)
        self.affiliation = affiliation
    }
}

/// An organisation beside a name.
public struct Affiliation: Equatable, Sendable {
    public let name: String
    /// `nil` for words that somebody typed, and for an organisation that nobody has verified.
    public let badge: Badge?

    public init(_ name: String, badge: Badge? = nil) {
        self.name = Badge.disarmed(name)
        self.badge = badge
    }
}

/// What the server vouched for when the words were said; it stands for that moment alone.
public enum Badge: Equatable, Sendable {
    /// The organisation of that number was verified, and the person was its member. It says nothing
    /// of who the person is.
    case organisation(UInt64)

    /// A text without check marks, and without the letter V in a ring or box that sites set behind
    /// names.
    public static func disarmed(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: lookalikes.contains) else { return text }
        var disarmed = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            disarmed.append(lookalikes.contains(scalar) ? "·" : scalar)
        }
        return String(disarmed)
    }

    private static let lookalikes: Set<Unicode.Scalar> = [
        "\u{221A}", "\u{237B}", "\u{24CB}", "\u{24E5}", "\u{2611}", "\u{2705}", "\u{2713}",
        "\u{2714}", "\u{10102}", "\u{1F145}", "\u{1F165}", "\u{1F185}", "\u{1F5F8}", "\u{1F5F9}",
        "\u{1FBB1}",
        // Rings and boxes that close round the letter before them.
        "\u{20DD}", "\u{20DE}",
    ]
}

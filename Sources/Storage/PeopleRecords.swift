public import Ledger
public import OpenSSL

/// A person as the server knows them, outside every log.
public struct Person: Hashable, Sendable {
    /// Its number; it is never used again.
    public let id: Int64
    /// The name on their card.
    public var name: String
    /// The organisation on their card.
    public var organisation: String?
    /// The kind on their card (`investor`, `expert`, …).
    public var kind: String?
    /// Whether they may make rooms.
    public var isOrganiser: Bool
    /// Whether they run the site: they decide who is recognised.
    public var isOperator: Bool
    /// 32 random bytes that make their member ids; erasing them cuts the link to every log.
    let secret: [UInt8]

    init(
        id: Int64,
        name: String,
        organisation: String?,
        kind: String?,
        isOrganiser: Bool,
        isOperator: Bool = false,
        secret: [UInt8]
    ) {
        self.id = id
        self.name = name
        self.organisation = organisation
        self.kind = kind
        self.isOrganiser = isOrganiser
        self.isOperator = isOperator
        self.secret = secret
    }

    /// Who they are in a room's log: the first 8 bytes of SHA-256(secret || room), so that joining
    /// writes nothing outside the log and one room's ids say nothing of another's.
    public func member(in room: RoomID) -> MemberID? {
        MemberID(bytes: Array(SHA256.hash(secret + room.bytes).bytes.prefix(8)))
    }
}

extension Person {
    /// The room that this person makes by a request of that id: sent again, it is the same room.
    public func room(madeBy request: String) -> RoomID? {
        let input = Array("luyan/room/1".utf8) + secret + Array(request.utf8)
        return RoomID(bytes: Array(SHA256.hash(input).bytes.prefix(16)))
    }
}

/// What a person may be in a room, by invitation.
public struct Grant: Hashable, Sendable {
    /// The role's name.
    public let role: String
    /// The slot of a presenter.
    public let slot: String?

    /// A grant of these values.
    public init(role: String, slot: String? = nil) {
        self.role = role
        self.slot = slot
    }
}

/// A person's card: what they say of themselves.
public struct Card: Hashable, Sendable {
    /// Their name.
    public var name: String
    /// Their organisation.
    public var organisation: String?
    /// Their kind (`investor`, `expert`, …).
    public var kind: String?

    /// A card of these values.
    public init(name: String, organisation: String? = nil, kind: String? = nil) {
        self.name = name
        self.organisation = organisation
        self.kind = kind
    }
}

/// A link that lets one person in, once.
public struct Invite: Hashable, Sendable {
    /// SHA-256 of its token: the token itself is not kept.
    public let token: Digest
    /// The room it leads to; without one it makes an organiser, or an operator by that role.
    public var room: RoomID?
    /// What it makes of whoever uses it.
    public var role: String
    /// The slot of a presenter.
    public var slot: String?
    /// The name of whom it is for.
    public var name: String?
    /// When it ends.
    public var expires: Timestamp
    /// How many people it lets in.
    public var uses: Int

    /// An invitation of these values.
    public init(
        token: Digest,
        room: RoomID?,
        role: String,
        slot: String? = nil,
        name: String? = nil,
        expires: Timestamp,
        uses: Int = 1
    ) {
        self.uses = uses
        self.token = token
        self.room = room
        self.role = role
        self.slot = slot
        self.name = name
        self.expires = expires
    }
}

/// What became of a token that somebody brought.
public enum Redemption: Hashable, Sendable {
    /// It was good, and is used up now; whose session it became.
    case redeemed(Invite, by: Person)
    /// No such token was given out.
    case unknown
    /// It was used before.
    case used
    /// It came too late.
    case expired
    /// It makes a new person, and nobody has said that person's name; it is not used up.
    case needsName
}

/// What is known of a file of a room; its bytes are among the blobs.
public struct FileRecord: Hashable, Sendable {
    /// The room it belongs to.
    public let room: RoomID
    /// SHA-256 of its bytes.
    public let digest: Digest
    /// Its media type, as sniffed.
    public let type: String
    /// In pixels.
    public let width: Int
    /// In pixels.
    public let height: Int
    /// In bytes.
    public let size: Int

    /// A record of these values.
    public init(room: RoomID, digest: Digest, type: String, width: Int, height: Int, size: Int) {
        self.room = room
        self.digest = digest
        self.type = type
        self.width = width
        self.height = height
        self.size = size
    }
}

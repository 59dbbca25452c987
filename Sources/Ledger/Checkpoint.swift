public import OpenSSL

/// What a server says of a room's log at one moment: how long it is and what stands in it.
public struct Checkpoint: Hashable, Sendable {
    /// The longest name of a server, in bytes.
    public static let longestServerName = 64

    /// The server's name, as it was at its first start.
    public let server: String
    /// The room whose log it is.
    public let room: RoomID
    /// How many events the log had.
    public let size: UInt64
    /// The root of the tree over their hashes (RFC 6962 §2.1).
    public let root: Digest
    /// When it was made.
    public let time: Timestamp

    /// A checkpoint of these values.
    /// - Throws: `LedgerError.serverName` unless the name can stand in a note.
    public init(
        server: String,
        room: RoomID,
        size: UInt64,
        root: Digest,
        time: Timestamp
    ) throws(LedgerError) {
        guard Self.isServerName(server) else { throw .serverName(server) }
        self.server = server
        self.room = room
        self.size = size
        self.root = root
        self.time = time
    }

    /// Whether a server can have that name: 1 to 64 of `a-z A-Z 0-9 . _ -`.
    public static func isServerName(_ name: String) -> Bool {
        (1...longestServerName).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// The body of the note (C2SP tlog-checkpoint): origin, size, root, and when it was made.
    public var text: String {
        """
        luyan/\(server)/\(room)
        \(size)
        \(Base64.encode(root.bytes))
        time \(time.milliseconds)

        """
    }

    /// The name that signs: it stands before each signature.
    public var keyName: String { "luyan/" + server }

    /// The checkpoint with its signature, as it is sent and kept.
    public func signed(by key: Ed25519PrivateKey) throws(OpenSSLError) -> SignedCheckpoint {
        let signature = try key.sign(Array(text.utf8))
        let id = NoteSignature.keyID(name: keyName, key: key.publicKey)
        return SignedCheckpoint(
            checkpoint: self,
            signatures: [NoteSignature(name: keyName, keyID: id, bytes: signature)]
        )
    }
}

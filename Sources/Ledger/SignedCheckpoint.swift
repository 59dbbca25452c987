public import OpenSSL

/// A checkpoint in a signed note (C2SP signed-note): a text, an empty line, and a line for each
/// signature.
public struct SignedCheckpoint: Hashable, Sendable {
    /// The longest note that is read, in bytes.
    public static let longestNote = 16_384
    /// The most signatures that are read of one note.
    public static let mostSignatures = 16

    /// What is signed.
    public let checkpoint: Checkpoint
    /// Every signature of the note: the server's, and those of whoever cosigned it.
    public let signatures: [NoteSignature]

    init(checkpoint: Checkpoint, signatures: [NoteSignature]) {
        self.checkpoint = checkpoint
        self.signatures = signatures
    }

    /// The whole note, as it is sent and kept.
    public var note: String {
        checkpoint.text + "\n" + signatures.map { $0.line + "\n" }.joined()
    }

    /// Whether the server's signature is there and is this key's. A note with several signatures
    /// of the server's name and this key is signed when all of them hold.
    public func isSigned(by key: Ed25519PublicKey) -> Bool {
        let id = NoteSignature.keyID(name: checkpoint.keyName, key: key)
        let text = Array(checkpoint.text.utf8)
        let own = signatures.filter { $0.name == checkpoint.keyName && $0.keyID == id }
        return !own.isEmpty && own.allSatisfy { key.isValid($0.bytes, for: text) }
    }

    /// Reads a note. Nothing is verified: see `isSigned(by:)`. What is read is exactly what `note`
    /// gives again, so that one checkpoint has one text.
    /// - Throws: `LedgerError.malformedCheckpoint` with the first line that does not fit.
    public init(parsing note: String) throws(LedgerError) {
        guard note.utf8.count <= Self.longestNote else { throw .malformedCheckpoint(line: 1) }
        var lines = note.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.popLast() == "", lines.count >= 6 else {
            throw .malformedCheckpoint(line: lines.count + 1)
        }
        checkpoint = try Checkpoint(lines: lines[..<4])
        guard lines[4].isEmpty else { throw .malformedCheckpoint(line: 5) }
        guard lines.count - 5 <= Self.mostSignatures else {
            throw .malformedCheckpoint(line: 6 + Self.mostSignatures)
        }
        var signatures: [NoteSignature] = []
        for (index, line) in lines.enumerated().dropFirst(5) {
            guard let signature = NoteSignature(line: line) else {
                throw .malformedCheckpoint(line: index + 1)
            }
            signatures.append(signature)
        }
        self.signatures = signatures
    }
}

/// One signature line of a note: `— NAME BASE64(key id || signature)`.
public struct NoteSignature: Hashable, Sendable {
    /// Whose it says it is.
    public let name: String
    /// Four bytes that tell which key of that name.
    public let keyID: [UInt8]
    /// The signature itself.
    public let bytes: [UInt8]

    /// SHA-256(name || 0x0A || 0x01 || raw key), its first four bytes; 0x01 stands for Ed25519.
    public static func keyID(name: String, key: Ed25519PublicKey) -> [UInt8] {
        var state = SHA256()
        state.update(utf8: name)
        state.update([0x0a, 0x01])
        state.update(key.raw)
        return Array(state.finalize().bytes.prefix(4))
    }

    /// The line as it stands in a note, without its end.
    public var line: String { "\u{2014} \(name) \(Base64.encode(keyID + bytes))" }

    public init(name: String, keyID: [UInt8], bytes: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.bytes = bytes
    }

    public init?(line: some StringProtocol) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[0] == "\u{2014}", !words[1].isEmpty,
            !words[1].unicodeScalars.contains(where: { $0 == "+" || $0.properties.isWhitespace }),
            let bytes = Base64.decode(words[2]), bytes.count > 4
        else { return nil }
        name = String(words[1])
        keyID = Array(bytes.prefix(4))
        self.bytes = Array(bytes.dropFirst(4))
    }
}

extension Checkpoint {
    /// Reads the four lines of the body.
    fileprivate init(lines: ArraySlice<Substring>) throws(LedgerError) {
        let origin = lines[0].split(separator: "/", omittingEmptySubsequences: false)
        guard origin.count == 3, origin[0] == "luyan", let room = RoomID(origin[2]) else {
            throw .malformedCheckpoint(line: 1)
        }
        guard let size = Self.number(lines[1]) else { throw .malformedCheckpoint(line: 2) }
        guard let bytes = Base64.decode(lines[2]), let root = Digest(bytes: bytes) else {
            throw .malformedCheckpoint(line: 3)
        }
        guard lines[3].hasPrefix("time "), let time = Self.number(lines[3].dropFirst(5)) else {
            throw .malformedCheckpoint(line: 4)
        }
        do {
            try self.init(
                server: String(origin[1]),
                room: room,
                size: size,
                root: root,
                time: Timestamp(milliseconds: time)
            )
        } catch {
            throw .malformedCheckpoint(line: 1)
        }
    }

    /// A decimal number in its one spelling: no sign, no leading zero.
    private static func number(_ text: Substring) -> UInt64? {
        guard let number = UInt64(text), String(number) == text else { return nil }
        return number
    }
}

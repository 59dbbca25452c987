/// One element of `Sec-WebSocket-Extensions`: a name with its parameters (RFC 6455 §9.1).
public struct ExtensionOffer: Hashable, Sendable {
    /// A parameter, with or without a value; a quoted value stands here without its quotes.
    public struct Parameter: Hashable, Sendable {
        public let name: String
        public let value: String?
    }

    public let name: String
    /// In the order they came; names may be repeated here.
    public let parameters: [Parameter]

    /// The elements of all field lines of that name.
    /// - Throws: `badList` for what the grammar of RFC 6455 §9.1 does not have.
    static func list(_ values: [String]) throws(HandshakeError) -> [ExtensionOffer] {
        var offers: [ExtensionOffer] = []
        for line in values {
            var text = Reader(rest: line.utf8[...])
            repeat {
                text.skipBlanks()
                // RFC 9110 §5.6.1.2: empty elements of a list are passed over.
                guard text.first != nil, text.first != Reader.comma else { continue }
                offers.append(try text.offer())
            } while try text.skipComma()
        }
        return offers
    }
}

/// Reads the grammar of one field line.
private struct Reader {
    static let comma = UInt8(ascii: ",")
    var rest: Substring.UTF8View.SubSequence

    var first: UInt8? { rest.first }

    mutating func skipBlanks() {
        rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
    }

    /// - Returns: whether another element follows.
    mutating func skipComma() throws(HandshakeError) -> Bool {
        skipBlanks()
        guard let byte = rest.popFirst() else { return false }
        guard byte == Self.comma else { throw .badList }
        return true
    }

    mutating func offer() throws(HandshakeError) -> ExtensionOffer {
        let name = try token()
        var parameters: [ExtensionOffer.Parameter] = []
        while try skip(UInt8(ascii: ";")) {
            skipBlanks()
            let name = try token()
            let value = try skip(UInt8(ascii: "=")) ? value() : nil
            parameters.append(ExtensionOffer.Parameter(name: name, value: value))
        }
        return ExtensionOffer(name: name, parameters: parameters)
    }

    private mutating func skip(_ byte: UInt8) throws(HandshakeError) -> Bool {
        skipBlanks()
        guard rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func token() throws(HandshakeError) -> String {
        let bytes = rest.prefix { TokenList.isToken($0) }
        guard !bytes.isEmpty else { throw .badList }
        rest = rest[bytes.endIndex...]
        return String(Substring(bytes))
    }

    /// A token, or one in quotes, where a backslash makes the next byte plain.
    private mutating func value() throws(HandshakeError) -> String {
        skipBlanks()
        guard rest.first == UInt8(ascii: "\"") else { return try token() }
        rest.removeFirst()
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") {
                // §9.1: what the quotes hold must be a token too.
                guard !bytes.isEmpty, bytes.allSatisfy(TokenList.isToken) else { break }
                return String(decoding: bytes, as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\") {
                guard let plain = rest.popFirst() else { break }
                bytes.append(plain)
            } else {
                bytes.append(byte)
            }
        }
        throw .badList
    }
}

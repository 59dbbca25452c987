/// What both ends of a connection agreed on for permessage-deflate (RFC 7692 §7.1).
public struct DeflateParameters: Hashable, Sendable {
    /// The server's messages refer to nothing before them (§7.1.1.1).
    public var serverNoContextTakeover = false
    /// The client's messages refer to nothing before them (§7.1.1.2).
    public var clientNoContextTakeover = false
    /// How far references in the server's messages reach, as a power of two: 8...15 (§7.1.2.1).
    public var serverMaxWindowBits = 15
    /// The same of the client's messages (§7.1.2.2).
    public var clientMaxWindowBits = 15

    static let name = "permessage-deflate"

    public init() {}

    /// Whether messages of this end refer to those before.
    public func keepsContext(of role: Role) -> Bool {
        role == .server ? !serverNoContextTakeover : !clientNoContextTakeover
    }

    /// How far references in the messages of this end reach: 8...15.
    public func windowBits(of role: Role) -> Int {
        role == .server ? serverMaxWindowBits : clientMaxWindowBits
    }

    /// As an element of `Sec-WebSocket-Extensions`; a window of 15 bits is not spelt out.
    public var text: String {
        var text = Self.name
        if serverNoContextTakeover { text += "; server_no_context_takeover" }
        if clientNoContextTakeover { text += "; client_no_context_takeover" }
        if serverMaxWindowBits < 15 { text += "; server_max_window_bits=\(serverMaxWindowBits)" }
        if clientMaxWindowBits < 15 { text += "; client_max_window_bits=\(clientMaxWindowBits)" }
        return text
    }
}

/// What our end wishes of permessage-deflate, and what it bears.
public struct DeflatePolicy: Hashable, Sendable {
    /// Whether our messages may refer to those before: smaller, but each connection then holds a
    /// window of its own, and no compressed frame can be shared.
    public var keepsOwnContext = false
    /// Whether the peer's messages may; each connection then holds the peer's window.
    public var keepsPeerContext = false
    /// Our window: 9...15 bits.
    public var ownWindowBits = 15
    /// The peer's window, where it can be asked for: 9...15 bits.
    public var peerWindowBits = 15
    /// 1 (fastest) to 9 (smallest).
    public var level = 1
    /// Messages of fewer bytes are left alone, and longer ones that would grow. 0 compresses every
    /// message of one connection, come what may, for tests.
    public var threshold = 512
    /// How many times its compressed size a message may have...
    public var ratio = 200
    /// ...when it has more bytes than this.
    public var ratioFrom = 64 * 1024

    public init() {}

    // MARK: A server answers

    /// The first offer that can be taken, as the server answers it (§5.1, §7.1).
    /// - Returns: `nil` when none can; then messages are not compressed.
    public func answer(_ offers: [ExtensionOffer]) -> DeflateParameters? {
        for offer in offers where offer.name == DeflateParameters.name {
            if let answer = answer(offer) { return answer }
        }
        return nil
    }

    private func answer(_ offer: ExtensionOffer) -> DeflateParameters? {
        guard let asked = Asked(offer.parameters, valueNeeded: false) else { return nil }
        var answer = DeflateParameters()
        answer.serverNoContextTakeover = asked.serverNoContextTakeover || !keepsOwnContext
        answer.clientNoContextTakeover = asked.clientNoContextTakeover || !keepsPeerContext
        answer.serverMaxWindowBits = min(asked.serverMaxWindowBits ?? 15, ownWindowBits)
        // §7.1.2.2: a client that did not speak of its window cannot be asked for a smaller one.
        if let bits = asked.clientMaxWindowBits {
            answer.clientMaxWindowBits = min(bits, peerWindowBits)
        }
        return answer
    }

    // MARK: A client offers

    /// The client's offer (§7.1).
    public var offer: String {
        var offer = DeflateParameters()
        offer.clientNoContextTakeover = !keepsOwnContext
        offer.serverNoContextTakeover = !keepsPeerContext
        offer.serverMaxWindowBits = peerWindowBits
        offer.clientMaxWindowBits = ownWindowBits
        // Without a value: whatever the server likes.
        return offer.text + (ownWindowBits < 15 ? "" : "; client_max_window_bits")
    }

    /// What the server made of the offer.
    /// - Returns: `nil` when it wants what was not offered or means nothing (§5.1, §7.1).
    func accept(_ answer: ExtensionOffer) -> DeflateParameters? {
        guard answer.name == DeflateParameters.name,
            let said = Asked(answer.parameters, valueNeeded: true)
        else { return nil }
        var agreed = DeflateParameters()
        agreed.serverNoContextTakeover = said.serverNoContextTakeover
        agreed.clientNoContextTakeover = said.clientNoContextTakeover || !keepsOwnContext
        agreed.serverMaxWindowBits = said.serverMaxWindowBits ?? 15
        agreed.clientMaxWindowBits = min(said.clientMaxWindowBits ?? 15, ownWindowBits)
        // §7.1.1.1, §7.1.2.1: what was asked for has to be granted.
        guard keepsPeerContext || agreed.serverNoContextTakeover,
            agreed.serverMaxWindowBits <= peerWindowBits
        else { return nil }
        return agreed
    }
}

/// The parameters of one element, each at most once and with a value that means something (§7.1).
private struct Asked {
    var serverNoContextTakeover = false
    var clientNoContextTakeover = false
    var serverMaxWindowBits: Int?
    var clientMaxWindowBits: Int?

    /// `valueNeeded`: in an answer a client's window has its number (§7.1.2.2).
    /// `nil` for anything unknown, repeated or out of range.
    init?(_ parameters: [ExtensionOffer.Parameter], valueNeeded: Bool) {
        guard Set(parameters.map(\.name)).count == parameters.count else { return nil }
        for parameter in parameters {
            switch (parameter.name, parameter.value) {
            case ("server_no_context_takeover", nil): serverNoContextTakeover = true
            case ("client_no_context_takeover", nil): clientNoContextTakeover = true
            case ("server_max_window_bits", let value?):
                guard let bits = Self.bits(value) else { return nil }
                serverMaxWindowBits = bits
            case ("client_max_window_bits", let value?):
                guard let bits = Self.bits(value) else { return nil }
                clientMaxWindowBits = bits
            case ("client_max_window_bits", nil) where !valueNeeded: clientMaxWindowBits = 15
            default: return nil
            }
        }
    }

    /// 8...15 without leading zeros (§7.1.2).
    private static func bits(_ value: String) -> Int? {
        guard let bits = Int(value), (8...15).contains(bits), String(bits) == value else {
            return nil
        }
        return bits
    }
}

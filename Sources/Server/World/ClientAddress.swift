internal import HTTP
internal import HTTPTypes
internal import Transport

/// The proxies whose word on a client's address is taken. What any other peer says of it is not read:
/// whoever connects from elsewhere could say anything.
struct TrustedProxies: Equatable, Sendable {
    let ranges: [AddressRange]

    /// The address that a request came from: its connection's, or, where that is a proxy's of ours, the
    /// last one of `X-Forwarded-For` that is no proxy's.
    func client(of head: RequestHead, peer: String?) -> String? {
        guard let peer, isProxy(peer) else { return peer }
        var nearest = peer
        for address in Self.forwarded(head).reversed() {
            // Behind what is no address stands what somebody made up.
            guard AddressRange.isAddress(address) else { return nearest }
            nearest = address
            guard isProxy(address) else { return nearest }
        }
        return nearest
    }

    func isProxy(_ address: String) -> Bool {
        ranges.contains { $0.contains(address) }
    }

    /// The list of all field lines, in order; the port that some proxies add is left out.
    private static func forwarded(_ head: RequestHead) -> [String] {
        head.fields.filter { $0.name == .forwardedFor }
            .flatMap { $0.value.split(separator: ",") }
            .map { bare(String($0.filter { !$0.isWhitespace })) }
    }

    private static func bare(_ text: String) -> String {
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            return String(text[text.index(after: text.startIndex)..<end])
        }
        let isWithPort = text.filter { $0 == ":" }.count == 1
        return isWithPort ? String(text.prefix { $0 != ":" }) : text
    }
}

extension TrustedProxies {
    /// Reads a list of ranges, separated by commas; `nil` where one is none.
    init?(_ text: String) {
        var ranges: [AddressRange] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false)
        where !text.isEmpty {
            guard let range = AddressRange(part.filter { !$0.isWhitespace }) else { return nil }
            ranges.append(range)
        }
        self.init(ranges: ranges)
    }

    static let none = TrustedProxies(ranges: [])
}

extension HTTPField.Name {
    /// `X-Forwarded-For`: the client, then each proxy but the last; no standard, but what all say.
    fileprivate static let forwardedFor = HTTPField.Name("X-Forwarded-For")
}

internal import HTTP

/// The administrative divisions of China (GB/T 2260), as dated data that the pages read too.
struct Regions: Sendable {
    static let path = "data/regions.txt"

    private let names: [String: String]
    /// Provinces have one.
    private let english: [String: String]

    /// None is known.
    init() {
        (names, english) = ([:], [:])
    }

    /// Reads lines of code and name, apart by a tab; lines that begin with # are comments.
    /// - Returns: `nil` where a line is neither.
    init?(_ bytes: [UInt8]) {
        var names: [String: String] = [:]
        var english: [String: String] = [:]
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        where !line.hasPrefix("#") {
            let parts = line.split(separator: "\t")
            guard parts.count >= 2, Self.isCode(parts[0]) else { return nil }
            names[String(parts[0])] = String(parts[1])
            if parts.count > 2 { english[String(parts[0])] = String(parts[2]) }
        }
        (self.names, self.english) = (names, english)
    }

    /// The name of a division, and its English one where it has one.
    func name(of code: String) -> (chinese: String, english: String?)? {
        names[code].map { ($0, english[code]) }
    }

    /// The code of the province that a division is in.
    static func province(of code: String) -> String { code.prefix(2) + "0000" }

    /// Whether there is such a division.
    func contains(_ code: String) -> Bool { names[code] != nil }

    /// Six digits.
    static func isCode(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 6
            && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// What the codes of all that is in a division begin with: `110000` is `11`, `320500` is `3205`.
    static func prefix(of code: String) -> String {
        code.hasSuffix("0000")
            ? String(code.prefix(2)) : code.hasSuffix("00") ? String(code.prefix(4)) : code
    }
}

internal import Wire

/// What somebody with an account says of themselves beyond their card, kept as JSON.
struct Profile: Equatable, Sendable {
    var titles: [String] = []
    var kinds: [String] = []
    var fields: [String] = []
    var region: String?
    var languages: [String] = []
    var introduction = ""

    static let kinds = ["scientist", "entrepreneur", "investor", "expert", "agency"]

    /// A profile as it was sent; what is absent is empty.
    /// - Throws: `account.malformed` with the field and what is allowed.
    init(reading json: JSON, regions: Regions) throws(WireError) {
        titles = try Self.texts(json, "titles", most: 5, length: 60)
        kinds = try Self.texts(json, "kinds", most: 5, length: 20)
        guard kinds.allSatisfy(Self.kinds.contains) else {
            throw .badAccount("kinds", "of \(Self.kinds.joined(separator: ", "))")
        }
        fields = try Self.texts(json, "fields", most: 10, length: 40)
        languages = try Self.texts(json, "languages", most: 10, length: 35)
        guard languages.allSatisfy(Self.isLanguage) else {
            throw .badAccount("languages", "tags such as zh-CN (BCP 47)")
        }
        if let given = json["region"], !given.isNull, given.text != "" {
            guard let code = given.text, regions.contains(code) else {
                throw .badAccount("region", "a code of GB/T 2260, such as 110000")
            }
            region = code
        }
        if let given = json["introduction"], !given.isNull {
            guard let text = given.text, text.unicodeScalars.count <= 2_000,
                text.unicodeScalars.allSatisfy({ $0 == "\n" || PlainText.isPrintable($0) })
            else { throw .badAccount("introduction", "at most 2000 printable characters") }
            introduction = text
        }
    }

    /// As it is kept and sent.
    var json: [UInt8] {
        func list(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
        return JSON.object([
            JSON.Member("titles", list(titles)), JSON.Member("kinds", list(kinds)),
            JSON.Member("fields", list(fields)),
            JSON.Member("region", region.map { .string($0) } ?? .null),
            JSON.Member("languages", list(languages)),
            JSON.Member("introduction", .string(introduction)),
        ]).bytes
    }

    private static func texts(
        _ json: JSON,
        _ field: String,
        most: Int,
        length: Int
    ) throws(WireError) -> [String] {
        guard let given = json[field], !given.isNull else { return [] }
        let texts = given.items?.compactMap(\.text) ?? []
        guard let items = given.items, items.count <= most, texts.count == items.count,
            texts.allSatisfy({ PlainText.isLine($0, upTo: length) })
        else {
            throw .badAccount(field, "at most \(most) texts of 1 to \(length) printable characters")
        }
        return texts
    }

    private static func isLanguage(_ tag: String) -> Bool {
        let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
        return (2...3).contains(parts.first?.count ?? 0)
            && parts.allSatisfy { part in
                (1...8).contains(part.count)
                    && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            }
    }
}

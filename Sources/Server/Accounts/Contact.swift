internal import Wire

/// Where somebody is reached, in the one form that is kept and compared.
struct Contact: Hashable, Sendable {
    /// `name@host.example` in lower case, or `+` and 7 to 15 digits (ITU-T E.164).
    let text: String

    /// Takes an e-mail address, or a telephone number with spaces, hyphens or brackets in it; one
    /// without a country is Chinese. `nil` for anything else.
    init?(_ given: String) {
        let plain = given.filter { !$0.isWhitespace }
        guard (5...254).contains(plain.utf8.count), plain.utf8.allSatisfy({ $0 > 32 && $0 < 127 })
        else { return nil }
        if plain.contains("@") {
            guard Self.isMail(plain) else { return nil }
            text = plain.lowercased()
            return
        }
        let digits = plain.filter { !"-()".contains($0) }
        let isAbroad = digits.hasPrefix("+")
        let number = isAbroad ? String(digits.dropFirst()) : digits
        guard number.allSatisfy({ ("0"..."9").contains($0) }), number.first != "0" else {
            return nil
        }
        if isAbroad {
            guard (7...15).contains(number.count) else { return nil }
            text = "+" + number
        } else {
            // A mobile number of the mainland: 11 digits that begin with 1.
            guard number.count == 11, number.hasPrefix("1") else { return nil }
            text = "+86" + number
        }
    }

    /// Whether messages to it are e-mails.
    var isMail: Bool { text.contains("@") }

    /// RFC 5321 §4.1.2 without quoted names and literals: what providers give out.
    private static func isMail(_ text: String) -> Bool {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, (1...64).contains(halves[0].utf8.count) else { return false }
        let labels = halves[1].split(separator: ".", omittingEmptySubsequences: false)
        return halves[0].split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
            atom in
            !atom.isEmpty && atom.utf8.allSatisfy { isLetterOrDigit($0) || marks.contains($0) }
        }
            && labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
            }
    }

    private static let marks = Set("!#$%&'*+-/=?^_`{|}~".utf8)

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: false
        }
    }

    /// The contact of a request.
    /// - Throws: `account.malformed` with the field and what is allowed.
    static func reading(_ json: JSON) throws(WireError) -> Contact {
        guard let contact = json["contact"]?.text.flatMap({ Contact($0) }) else {
            throw .badAccount("contact", "an e-mail address, or a telephone number such as +86…")
        }
        return contact
    }
}

extension WireError {
    /// What is wrong with what was said of an account.
    static func badAccount(_ field: String, _ expected: String) -> WireError {
        WireError(
            .accountMalformed,
            "\(field) must be \(expected)",
            [JSON.Member("field", .string(field)), JSON.Member("expected", .string(expected))]
        )
    }
}

import HTTPTypes

/// One header field line (RFC 9112 §5), the same for requests and responses.
enum FieldLine {
    /// Splits and checks a line without its CRLF.
    /// - Throws: what is wrong with the line.
    static func parse(_ line: [UInt8]) throws(RequestError.FieldFault) -> HTTPField {
        guard let first = line.first, !first.isBlank else { throw .folded }
        guard let colon = line.firstIndex(of: .colon) else { throw .missingColon }
        let nameBytes = line[..<colon]
        guard nameBytes.last?.isBlank != true else { throw .blankBeforeColon }
        guard let name = KnownNames.find(nameBytes) ?? name(nameBytes) else {
            throw .malformedName
        }
        let value = line[colon...].dropFirst().trimmingBlanks
        guard value.allSatisfy(\.isFieldContent) else { throw .malformedValue }
        return HTTPField(name: name, value: value)
    }

    private static func name(_ bytes: ArraySlice<UInt8>) -> HTTPField.Name? {
        guard bytes.allSatisfy(\.isToken) else { return nil }
        return HTTPField.Name(String(decoding: bytes, as: UTF8.self))
    }
}

/// The names that most requests have, as browsers write them: to check a name and to make its
/// lower-case form costs more than all else about a field.
private enum KnownNames {
    static func find(_ bytes: ArraySlice<UInt8>) -> HTTPField.Name? {
        guard bytes.count < byCount.count else { return nil }
        return byCount[bytes.count].first { $0.bytes.elementsEqual(bytes) }?.name
    }

    private static let byCount: [[(bytes: [UInt8], name: HTTPField.Name)]] = {
        let names = [
            "Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Cache-Control",
            "Connection", "Content-Length", "Content-Type", "Cookie", "Date", "Host",
            "If-None-Match", "Origin", "Pragma", "Referer", "Sec-Fetch-Dest", "Sec-Fetch-Mode",
            "Sec-Fetch-Site", "Sec-WebSocket-Accept", "Sec-WebSocket-Extensions",
            "Sec-WebSocket-Key", "Sec-WebSocket-Protocol", "Sec-WebSocket-Version", "Upgrade",
            "User-Agent",
        ]
        var table: [[(bytes: [UInt8], name: HTTPField.Name)]] = Array(repeating: [], count: 32)
        for text in names {
            guard let name = HTTPField.Name(text) else { continue }
            table[text.utf8.count].append((Array(text.utf8), name))
        }
        return table
    }()
}

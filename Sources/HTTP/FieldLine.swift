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
        guard nameBytes.allSatisfy(\.isToken),
            let name = HTTPField.Name(String(decoding: nameBytes, as: UTF8.self))
        else { throw .malformedName }
        let value = line[colon...].dropFirst().trimmingBlanks
        guard value.allSatisfy(\.isFieldContent) else { throw .malformedValue }
        return HTTPField(name: name, value: value)
    }
}

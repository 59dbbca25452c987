import HTTPTypes

/// The rules that hold across the lines of a head: host, body framing, connection, expectation.
extension RequestHead {
    /// `hosts` are the values of Host, which does not stand among the fields.
    init(
        _ line: RequestLine,
        _ fields: HTTPFields,
        hosts: [String]
    ) throws(RequestError) {
        let host = try Self.host(line, hosts)
        // One pass: to ask the fields by name would make them build an index first.
        var framing = FramingFields()
        for field in fields { framing.note(field) }
        let options = ConnectionOptions(framing.connection)
        self.init(
            request: HTTPRequest(
                method: line.method,
                scheme: "http",
                authority: line.target.authority ?? host,
                path: line.target.raw,
                headerFields: fields
            ),
            target: line.target,
            minorVersion: line.minorVersion,
            framing: try BodyFraming(
                lengths: framing.lengths,
                codings: framing.codings,
                minorVersion: line.minorVersion
            ),
            keepsAlive: !options.contains("close")
                && (line.minorVersion >= 1 || options.contains("keep-alive")),
            expectsContinue: try Self.expectsContinue(line, framing.expectations)
        )
    }

    /// §3.2: exactly one Host in HTTP/1.1, at most one before.
    private static func host(
        _ line: RequestLine,
        _ hosts: [String]
    ) throws(RequestError) -> String? {
        guard hosts.count <= 1 else { throw .repeatedHost }
        guard let host = hosts.first else {
            guard line.minorVersion == 0 else { throw .missingHost }
            return nil
        }
        guard RequestTarget.isAuthority(Array(host.utf8)[...]) else { throw .malformedHost }
        return host
    }

    private static func expectsContinue(
        _ line: RequestLine,
        _ expectations: [String]
    ) throws(RequestError) -> Bool {
        // RFC 9110 §10.1.1: an HTTP/1.0 client cannot wait for 100.
        guard !expectations.isEmpty, line.minorVersion >= 1 else { return false }
        let expectation = expectations.joined(separator: ", ")
        guard expectation.lowercased() == "100-continue" else {
            throw .unknownExpectation(expectation)
        }
        return true
    }
}

/// The values of those fields that say how a request is framed.
private struct FramingFields {
    var lengths: [String] = []
    var codings: [String] = []
    var connection: [String] = []
    var expectations: [String] = []

    mutating func note(_ field: HTTPField) {
        switch field.name {
        case .contentLength: lengths.append(field.value)
        case .transferEncoding: codings.append(field.value)
        case .connection: connection.append(field.value)
        case .expect: expectations.append(field.value)
        default: break
        }
    }
}

extension HTTPField.Name {
    /// Host stands as the authority of an `HTTPRequest`, not among its fields.
    var isHost: Bool { canonicalName == "host" }
}

/// The options of the Connection field (RFC 9110 §7.6.1), compared without case.
struct ConnectionOptions {
    private let lines: [String]

    init(_ values: [String]) {
        lines = values
    }

    /// Whether it is among them; `option` is lower-case.
    func contains(_ option: String) -> Bool {
        lines.contains { line in
            line.utf8.split(whereSeparator: { $0 == UInt8(ascii: ",") || $0.isBlank }).contains {
                $0.elementsEqual(option.utf8) { byte, lower in
                    byte == lower || (0x41...0x5A).contains(byte) && byte | 0x20 == lower
                }
            }
        }
    }
}

import HTTPTypes

/// The rules that hold across the lines of a head: host, body framing, connection, expectation.
extension RequestHead {
    init(_ line: RequestLine, _ fields: HTTPFields) throws(RequestError) {
        let host = try Self.host(line, fields)
        let framing = try BodyFraming(fields, minorVersion: line.minorVersion)
        let expectsContinue = try Self.expectsContinue(line, fields)
        let options = ConnectionOptions(fields)
        self.init(
            request: HTTPRequest(
                method: line.method,
                scheme: "http",
                authority: line.target.authority ?? host,
                path: line.target.raw,
                headerFields: HTTPFields(fields.filter { !$0.name.isHost })
            ),
            target: line.target,
            minorVersion: line.minorVersion,
            framing: framing,
            keepsAlive: !options.contains("close")
                && (line.minorVersion >= 1 || options.contains("keep-alive")),
            expectsContinue: expectsContinue
        )
    }

    /// §3.2: exactly one Host in HTTP/1.1, at most one before.
    private static func host(
        _ line: RequestLine,
        _ fields: HTTPFields
    ) throws(RequestError) -> String? {
        let hosts = fields.filter(\.name.isHost).map(\.value)
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
        _ fields: HTTPFields
    ) throws(RequestError) -> Bool {
        // RFC 9110 §10.1.1: an HTTP/1.0 client cannot wait for 100.
        guard let expectation = fields[.expect], line.minorVersion >= 1 else { return false }
        guard expectation.lowercased() == "100-continue" else {
            throw .unknownExpectation(expectation)
        }
        return true
    }
}

extension HTTPField.Name {
    /// Host stands as the authority of an `HTTPRequest`, not among its fields.
    var isHost: Bool { canonicalName == "host" }
}

/// The options of the Connection field (RFC 9110 §7.6.1), compared without case.
struct ConnectionOptions {
    private let options: [Substring]

    init(_ fields: HTTPFields) {
        options = (fields[.connection] ?? "").lowercased().split { ", \t".contains($0) }
    }

    func contains(_ option: String) -> Bool {
        options.contains { $0 == option }
    }
}

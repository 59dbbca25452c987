import HTTPTypes

/// The rules that hold across the lines of a head: host, body framing, connection, expectation.
extension RequestHead {
    init(_ line: RequestLine, _ fields: HTTPFields) throws(RequestError) {
        let host = try Self.host(line, fields)
        let length = try Self.contentLength(fields)
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
            contentLength: length,
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

    /// §6: one plain Content-Length, or no body; no transfer coding.
    private static func contentLength(_ fields: HTTPFields) throws(RequestError) -> Int {
        let lengths = fields[values: .contentLength]
        let codings = fields[values: .transferEncoding]
        if let coding = codings.first {
            guard lengths.isEmpty else { throw .transferEncodingWithContentLength }
            throw .unsupportedTransferEncoding(coding)
        }
        guard lengths.count <= 1 else { throw .repeatedContentLength }
        guard let text = lengths.first else { return 0 }
        guard !text.contains(",") else { throw .repeatedContentLength }
        guard let length = ContentLength.parse(text) else { throw .malformedContentLength }
        return length
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

/// The decimal number of Content-Length (RFC 9110 §8.6).
enum ContentLength {
    /// - Returns: `nil` unless the text is one to eighteen digits, which always fit an `Int`.
    static func parse(_ text: String) -> Int? {
        guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy(\.isDigit) else {
            return nil
        }
        return Int(text)
    }
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

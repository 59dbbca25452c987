public import HTTPTypes

/// What happens to the connection after a response.
public enum ConnectionOutcome: Sendable, Equatable {
    /// Another request may follow. HTTP/1.0 peers have to be told so.
    case keepAlive
    /// The connection is closed once the response is sent.
    case close
}

/// Writes responses (RFC 9112 §4, §6) with the framing fields that belong to the connection.
public enum ResponseSerializer {
    /// `HTTP/1.1 100 Continue`, for a peer that waits with its body.
    public static let continueBytes = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    /// The status line and all fields, up to and with the empty line.
    ///
    /// Framing fields in `response.fields` are replaced: Connection, Content-Length, Date,
    /// Transfer-Encoding, Upgrade. The minor version is the request's, which decides how keep-alive
    /// is said; `date` is an IMF-fixdate as ``HTTPDate`` writes it. A stream is chunked; in answer to
    /// HTTP/1.0 it has no framing field, and `outcome` must be `close`.
    public static func head(
        of response: Response,
        minorVersion: Int = 1,
        outcome: ConnectionOutcome,
        date: String
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        func say(_ text: String) { bytes.append(contentsOf: text.utf8) }
        say("HTTP/1.1 \(response.status.code) ")
        say(response.status.reasonPhrase)
        say("\r\nDate: ")
        say(date)
        switch outcome {
        case .keepAlive: say(minorVersion == 0 ? "\r\nConnection: keep-alive\r\n" : "\r\n")
        case .close: say("\r\nConnection: close\r\n")
        }
        if !hasNoLength(response.status) {
            if let count = response.content.count {
                say("Content-Length: \(count)\r\n")
            } else if minorVersion >= 1 {
                say("Transfer-Encoding: chunked\r\n")
            }
        }
        for field in response.fields where !framing.contains(field.name) {
            say(field.name.rawName)
            say(": ")
            say(field.value)
            say("\r\n")
        }
        say("\r\n")
        return bytes
    }

    /// The head of a 101 (RFC 9110 §15.2.2): `agreed` are the fields that the new protocol asks for,
    /// with Connection and Upgrade.
    public static func switchingProtocols(
        _ agreed: [(name: String, value: String)],
        _ fields: HTTPFields,
        date: String
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        func say(_ text: String) { bytes.append(contentsOf: text.utf8) }
        func say(_ name: String, _ value: String) {
            say(name)
            say(": ")
            say(value)
            say("\r\n")
        }
        say("HTTP/1.1 101 Switching Protocols\r\n")
        say("Date", date)
        for (name, value) in agreed { say(name, value) }
        for field in fields where !framing.contains(field.name) {
            say(field.name.rawName, field.value)
        }
        say("\r\n")
        return bytes
    }

    /// Head and body in one buffer, in answer to a request of the given method; the body stays away
    /// for HEAD, 1xx, 204 and 304. Only for content in memory.
    public static func bytes(
        of response: Response,
        to method: HTTPRequest.Method,
        minorVersion: Int = 1,
        outcome: ConnectionOutcome,
        date: String
    ) -> [UInt8] {
        var bytes = head(of: response, minorVersion: minorVersion, outcome: outcome, date: date)
        if hasBody(response, to: method) { bytes += response.body }
        return bytes
    }

    /// Whether the body is sent after the head (RFC 9112 §6.3).
    public static func hasBody(_ response: Response, to method: HTTPRequest.Method) -> Bool {
        method != .head && response.status.code != 304 && !hasNoLength(response.status)
    }

    /// RFC 9110 §8.6: no Content-Length with 1xx, 204; §15.4.5: none of an empty body with 304.
    private static func hasNoLength(_ status: HTTPResponse.Status) -> Bool {
        status.code < 200 || status.code == 204 || status.code == 304
    }

    private static let framing: [HTTPField.Name] = [
        .connection, .contentLength, .date, .transferEncoding, .upgrade,
    ]
}

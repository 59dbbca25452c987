import Glibc
import HTTP
import HTTPTypes
import WebSocket

/// The answer to a request that is no valid opening handshake.
enum HandshakeRefusal {
    /// 426 names what to upgrade to (RFC 9110 §15.5.22) in fields that the serializer keeps for
    /// itself, so that its head is written here.
    static func bytes(for error: HandshakeError, date: String) -> [UInt8] {
        let status: HTTPResponse.Status = error.status == 426 ? .upgradeRequired : .badRequest
        let problem = ProblemDetails(
            status: status,
            code: "request.malformed",
            action: .mend,
            detail: "This address takes WebSocket handshakes (RFC 6455 §4.1): \(error)."
        )
        let response = problem.response
        var text = "HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\nDate: \(date)\r\n"
        text += "Content-Length: \(response.body.count)\r\n"
        for field in response.fields { text += "\(field.name.rawName): \(field.value)\r\n" }
        let upgrade = error.fields.map { field in
            field.name == "Connection" ? (field.name, "close, Upgrade") : field
        }
        if upgrade.isEmpty { text += "Connection: close\r\n" }
        for (name, value) in upgrade { text += "\(name): \(value)\r\n" }
        return Array((text + "\r\n").utf8) + response.body
    }

    /// The answer to HTTP where TLS is spoken.
    static func plainOnTLS(date: String) -> [UInt8] {
        let problem = ProblemDetails(
            status: .badRequest,
            code: "request.malformed",
            action: .mend,
            detail: "This port speaks TLS: the address begins with https."
        )
        return ResponseSerializer.bytes(
            of: problem.response,
            to: .get,
            outcome: .close,
            date: date
        )
    }
}

extension HTTPFields {
    /// The values of all field lines of a name.
    func values(_ name: String) -> [String] {
        guard let known = HTTPField.Name(name) else { return [] }
        // A look at each of a few fields costs less than the index that a subscript builds.
        var values: [String] = []
        for field in self where field.name == known { values.append(field.value) }
        return values
    }

    mutating func append(_ field: (name: String, value: String)) {
        guard let name = HTTPField.Name(field.name) else { return }
        append(HTTPField(name: name, value: field.value))
    }
}

/// The fields of a request that its handshake is read from, found in one pass: each upgrade asks
/// for them by name.
struct HandshakeFields {
    private let fields: [(name: String, value: String)]

    init(_ fields: HTTPFields) {
        self.fields = fields.map { ($0.name.canonicalName, $0.value) }
    }

    /// The values of all field lines of a name.
    func values(_ name: String) -> [String] {
        var values: [String] = []
        for field in fields
        where field.name.utf8.count == name.utf8.count
            && field.name.utf8.elementsEqual(name.utf8, by: { $0 == $1 | 0x20 })
        {
            values.append(field.value)
        }
        return values
    }
}

/// The Date of responses, made once a second.
struct DateText {
    private var text = ""
    private var second: Int64 = -1
    private var checkedAt = -1

    /// The Date at a time of the shard's clock, in milliseconds.
    mutating func text(at time: Int) -> String {
        guard time != checkedAt else { return text }
        checkedAt = time
        let now = Int64(Glibc.time(nil))
        if now != second {
            second = now
            text = HTTPDate(secondsSinceEpoch: now).description
        }
        return text
    }
}

public import HTTPTypes

/// An answer: status, fields and content. Framing fields are added by the serializer.
public struct Response: Sendable, Equatable {
    /// The status line's code and phrase.
    public var status: HTTPResponse.Status
    /// The fields, without Date, Connection and Content-Length.
    public var fields: HTTPFields
    /// What follows the head.
    public var content: Content

    /// The body where it is held in memory, else empty; shared, not copied, as long as nobody
    /// changes it.
    public var body: [UInt8] {
        get {
            if case .bytes(let bytes) = content { return bytes }
            return []
        }
        set { content = .bytes(newValue) }
    }

    /// Puts an answer together.
    public init(
        status: HTTPResponse.Status = .ok,
        fields: HTTPFields = HTTPFields(),
        body: [UInt8] = []
    ) {
        self.status = status
        self.fields = fields
        content = .bytes(body)
    }

    /// An answer with a body of the given media type, never to be sniffed.
    public init(status: HTTPResponse.Status = .ok, type: MediaType, body: [UInt8]) {
        self.init(status: status, body: body)
        fields[.contentType] = type.text
        fields[.xContentTypeOptions] = "nosniff"
    }

    /// An answer of JSON bytes that no cache keeps.
    public static func json(_ body: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
        var response = Response(status: status, type: .json, body: body)
        response.fields[.cacheControl] = "no-store"
        return response
    }

    /// Adds a cookie; one field line each (RFC 6265 §3).
    public mutating func set(_ cookie: SetCookie) {
        fields.append(HTTPField(name: .setCookie, value: cookie.text))
    }
}

public import HTTPTypes

/// A request without its body, as far as it can be trusted: parsed, bounded, decoded.
public struct RequestHead: Sendable, Equatable {
    /// Method, scheme, authority (from the target or Host), raw target and fields as they came.
    public let request: HTTPRequest
    /// The decoded path and query.
    public let target: RequestTarget
    /// The minor version: 0 or 1.
    public let minorVersion: Int
    /// How the body that follows is framed.
    public let framing: BodyFraming
    /// Whether the peer wants another request to be possible after this one (RFC 9112 §9.3).
    public let keepsAlive: Bool
    /// Whether the peer waits for `100 Continue` before it sends the body (RFC 9110 §10.1.1).
    public let expectsContinue: Bool

    /// Puts a head together, for tests and for callers that have no bytes to parse.
    public init(
        request: HTTPRequest,
        target: RequestTarget,
        minorVersion: Int = 1,
        framing: BodyFraming = .none,
        keepsAlive: Bool = true,
        expectsContinue: Bool = false,
    ) {
        self.request = request
        self.target = target
        self.minorVersion = minorVersion
        self.framing = framing
        self.keepsAlive = keepsAlive
        self.expectsContinue = expectsContinue
    }

    /// The request's method.
    public var method: HTTPRequest.Method { request.method }
    /// The header fields; Host stands in ``authority``.
    public var fields: HTTPFields { request.headerFields }
    /// The path's segments, decoded; empty for `/`.
    public var path: [String] { target.path }
    /// The query's items.
    public var query: Query { target.query }
    /// Host and port the peer meant, as it wrote them; `nil` only in HTTP/1.0.
    public var authority: String? { request.authority }
    /// The cookies that came with the request.
    public var cookies: Cookies { Cookies(fields) }
}

/// A whole request.
public struct Request: Sendable, Equatable {
    /// What came before the body.
    public let head: RequestHead
    /// The body; empty when there is none.
    public let body: [UInt8]

    /// Joins a head and its body.
    public init(head: RequestHead, body: [UInt8] = []) {
        self.head = head
        self.body = body
    }

    /// The request's method.
    public var method: HTTPRequest.Method { head.method }
    /// The header fields.
    public var fields: HTTPFields { head.fields }
    /// The path's segments, decoded.
    public var path: [String] { head.path }
    /// The query's items.
    public var query: Query { head.query }
}

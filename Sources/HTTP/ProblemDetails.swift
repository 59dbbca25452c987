public import HTTPTypes

/// What a client should do about a refusal.
public enum ProblemAction: String, Sendable, CaseIterable {
    /// Change the input and send it again.
    case mend
    /// Send the same again after a while.
    case wait
    /// Sign in, then send it again.
    case signIn = "sign_in"
    /// Load the page or state anew.
    case reload
    /// Nothing will help.
    case giveUp = "give_up"
}

/// An error as `application/problem+json` (RFC 9457), with the members `code`, `action` and `data`.
public struct ProblemDetails: Sendable, Equatable {
    /// The status, repeated in the body.
    public let status: HTTPResponse.Status
    /// A stable name for programs, such as `room.not_found`.
    public let code: String
    /// What the client should do.
    public let action: ProblemAction
    /// A sentence in English for developers.
    public let detail: String
    /// How long to wait before the next try, in milliseconds; with `.wait`.
    public let retryMilliseconds: Int?
    /// What was seen and what is allowed: a JSON object. `nil` where the code says it all.
    public let data: String?

    /// Describes a refusal.
    public init(
        status: HTTPResponse.Status,
        code: String,
        action: ProblemAction,
        detail: String,
        retryMilliseconds: Int? = nil,
        data: String? = nil
    ) {
        // A status made of its code alone has no name.
        self.status = Self.named[status.code] ?? status
        self.code = code
        self.action = action
        self.detail = detail
        self.retryMilliseconds = retryMilliseconds
        self.data = data
    }

    /// The statuses of errors, with their names (RFC 9110 §15.5, RFC 6585).
    private static let named: [Int: HTTPResponse.Status] = Dictionary(
        uniqueKeysWithValues: [
            .badRequest, .unauthorized, .forbidden, .notFound, .methodNotAllowed, .notAcceptable,
            .requestTimeout, .conflict, .gone, .lengthRequired, .preconditionFailed,
            .contentTooLarge, .uriTooLong, .unsupportedMediaType, .rangeNotSatisfiable,
            .expectationFailed, .unprocessableContent, .upgradeRequired, .tooManyRequests,
            .requestHeaderFieldsTooLarge, .internalServerError, .notImplemented,
            .serviceUnavailable, .httpVersionNotSupported,
        ].map { (status: HTTPResponse.Status) in (status.code, status) }
    )

    /// The response that carries it: never cached, with Retry-After where there is a time.
    public var response: Response {
        var response = Response(status: status, type: .problem, body: Array(json.utf8))
        response.fields[.cacheControl] = "no-store"
        if let retryMilliseconds {
            // Rounded up, so that whoever waits is not too early.
            response.fields[.retryAfter] = "\((max(1, retryMilliseconds) - 1) / 1_000 + 1)"
        }
        return response
    }

    /// The members in a fixed order; `type` is absent, which means `about:blank` (§4.2.1).
    public var json: String {
        var members = [
            #""title":\#(Self.quoted(status.reasonPhrase))"#,
            #""status":\#(status.code)"#,
            #""code":\#(Self.quoted(code))"#,
            #""action":"\#(action.rawValue)""#,
            #""detail":\#(Self.quoted(detail))"#,
        ]
        if let retryMilliseconds { members.append(#""retryMs":\#(retryMilliseconds)"#) }
        if let data { members.append(#""data":\#(data)"#) }
        return "{" + members.joined(separator: ",") + "}"
    }

    /// A JSON string (RFC 8259 §7).
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{0}"..<"\u{20}":
                let hex = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

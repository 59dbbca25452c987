public import Wire

/// The server's refusal: of a command, or of an HTTP request (RFC 9457).
public struct Refusal: Error, Equatable, Sendable {
    /// As it was sent; see `known`.
    public let code: String
    /// In English, for developers.
    public let message: String
    /// What to do; `nil` for an action that this version does not know.
    public let action: ErrorCode.Action?
    /// Milliseconds after which the same may be sent again.
    public let retryMilliseconds: Int?
    /// The values that belong to the code.
    public let values: JSON
    /// Of an HTTP answer.
    public let status: Int?

    /// The code, where this version knows it.
    public var known: ErrorCode? { ErrorCode(rawValue: code) }

    /// `{"code", "message", "action", "data"}`, the error of an answer.
    init?(answer json: JSON) {
        guard let code = json["code"]?.text else { return nil }
        self.code = code
        message = json["message"]?.text ?? ""
        action = json["action"]?.text.flatMap(ErrorCode.Action.init)
        values = json["data"] ?? .object([])
        retryMilliseconds = values["retryMs"]?.integer.map { Int(clamping: $0) }
        status = nil
    }

    /// A problem document; one without a code is named after its status.
    init(status: Int, problem json: JSON) {
        code = json["code"]?.text ?? "http.\(status)"
        message = json["detail"]?.text ?? json["title"]?.text ?? ""
        action = json["action"]?.text.flatMap(ErrorCode.Action.init)
        values = json
        retryMilliseconds = json["retryMs"]?.integer.map { Int(clamping: $0) }
        self.status = status
    }
}

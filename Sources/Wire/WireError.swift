/// An error as it is sent: its code, a sentence for developers, and the values that belong to it.
public struct WireError: Error, Equatable, Sendable {
    public let code: ErrorCode
    /// In English, for whoever writes a client; pages show their own text for the code.
    public let message: String
    public let values: [JSON.Member]

    public init(_ code: ErrorCode, _ message: String, _ values: [JSON.Member] = []) {
        self.code = code
        self.message = message
        self.values = values
    }

    /// Too much for now: the same can be sent again after `retryMilliseconds`.
    public static func rateLimited(retryMilliseconds: Int64) -> WireError {
        WireError(
            .rateLimited,
            "too many commands; wait before the next",
            [JSON.Member("retryMs", .integer(retryMilliseconds))]
        )
    }

    /// The room cannot keep anything for now.
    public static func unavailable(_ reason: String) -> WireError {
        WireError(
            .unavailable,
            "the room cannot keep anything for now: \(reason)",
            [JSON.Member("reason", .string(reason)), JSON.Member("retryMs", .integer(1_000))]
        )
    }

    /// `{"code", "message", "action", "data"}`.
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("code", code.rawValue)
            writer.member("message", message)
            writer.member("action", code.action.rawValue)
            if !values.isEmpty { writer.member("data", .object(values)) }
        }
    }
}

/// A message to a person, by e-mail or to a telephone.
public struct Mail: Equatable, Sendable, Codable {
    public enum Kind: String, Sendable, Codable {
        case email, text
    }

    public let kind: Kind
    /// A mailbox, or a number with its country's code.
    public let to: String
    /// Not for a text message.
    public let subject: String
    public let body: String
    /// Milliseconds since the epoch, after which it is of no use and is not sent any more.
    public let until: Int64

    public init(_ kind: Kind, to: String, subject: String = "", body: String, until: Int64) {
        self.kind = kind
        self.to = to
        self.subject = subject
        self.body = body
        self.until = until
    }
}

/// Why a message did not go out.
public enum MailError: Error, Equatable, Sendable {
    /// The server was not reached, went away, took too long, or cannot be trusted: try again.
    case unreachable(String)
    /// It says to try again later (RFC 5321 §4.2.1, 4yz).
    case postponed(String)
    /// It will not take this message, ever (5yz).
    case refused(String)
    /// The address is none that can be sent to.
    case malformed
    /// No way is set for this kind of message.
    case noWay(Mail.Kind)
    /// The folder cannot be written.
    case folder(String)

    /// Whether another try may help.
    public var mayPass: Bool {
        switch self {
        case .unreachable, .postponed, .folder: true
        case .refused, .malformed, .noWay: false
        }
    }
}

/// A way out for messages.
public protocol Mailer: Sendable {
    /// Gives a message away; on return its taker answers for it.
    func send(_ mail: Mail) async throws(MailError)
}

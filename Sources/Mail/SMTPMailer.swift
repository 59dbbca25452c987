import Foundation
import OpenSSL
import TLS

/// Where mail goes out.
public struct SMTPServer: Equatable, Sendable {
    /// How the connection is kept from others' eyes.
    public enum Security: String, CaseIterable, Sendable {
        /// TLS from the first byte (RFC 8314), mostly on port 465.
        case tls
        /// TLS after STARTTLS (RFC 3207), mostly on port 587; without it nothing is sent.
        case starttls
        /// None: for a server on this machine.
        case none
    }

    public var host: String
    public var port: Int
    public var security: Security
    /// Empty where the server wants no password.
    public var user = ""
    public var password = ""
    /// A PEM file of those who may name the server; `nil` for the system's.
    public var authorities: String?

    public init(host: String, port: Int, security: Security) {
        self.host = host
        self.port = port
        self.security = security
    }

    /// Whether the server is on this machine, so that no password is seen on the way.
    var isHere: Bool { ["127.0.0.1", "::1", "localhost"].contains(host) }
}

/// Sends mail by SMTP (RFC 5321), a connection for each message, on a thread beside all others.
public final class SMTPMailer: Mailer {
    private let server: SMTPServer
    private let sender: String
    private let limit: Int
    private let queue = DispatchQueue(label: "luyan.smtp")

    /// `sender`: the mailbox that messages come from.
    /// `limit`: milliseconds that the server may be silent.
    public init(_ server: SMTPServer, sender: String, limit: Int = 30_000) {
        self.server = server
        self.sender = sender
        self.limit = limit
    }

    public func send(_ mail: Mail) async throws(MailError) {
        guard mail.kind == .email else { throw .noWay(mail.kind) }
        guard MailText.isMailbox(mail.to), MailText.isMailbox(sender) else { throw .malformed }
        let result: Result<Void, MailError> = await withCheckedContinuation { continuation in
            queue.async {
                do throws(MailError) {
                    try self.deliver(mail)
                    continuation.resume(returning: .success(()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        try result.get()
    }

    private func deliver(_ mail: Mail) throws(MailError) {
        let line = try SMTPLine(host: server.host, port: server.port, limit: limit)
        if server.security == .tls { try line.secure(try context(), host: server.host) }
        try expect(try line.hear(), 220)
        var offers = try greet(line)
        if server.security == .starttls {
            guard offers.contains("STARTTLS") else {
                throw .unreachable("\(server.host) offers no STARTTLS")
            }
            try expect(try ask(line, "STARTTLS"), 220)
            try line.secure(try context(), host: server.host)
            offers = try greet(line)
        }
        try signIn(line, offers)
        try expect(try ask(line, "MAIL FROM:<\(sender)>"), 250)
        try expect(try ask(line, "RCPT TO:<\(mail.to)>"), 250, 251)
        try expect(try ask(line, "DATA"), 354)
        let id: String
        do throws(OpenSSLError) {
            id = Hex.encode(try SecureRandom.bytes(12))
        } catch {
            throw .unreachable("no random bytes")
        }
        try line.send(MailText.stuffed(MailText.message(mail, from: sender, id: id, at: Date())))
        try expect(try line.hear(), 250)
        // The message is theirs now, whatever becomes of the goodbye.
        do throws(MailError) { _ = try ask(line, "QUIT") } catch {}
    }

    private func context() throws(MailError) -> TLSContext {
        do throws(TLSConfigurationError) {
            return try TLSContext(clientTrusting: server.authorities)
        } catch {
            throw .unreachable("\(error)")
        }
    }

    /// - Returns: what the server can do, in capitals: `AUTH PLAIN LOGIN`, `STARTTLS`.
    private func greet(_ line: SMTPLine) throws(MailError) -> [String] {
        let host = sender.split(separator: "@").last.map(String.init) ?? "localhost"
        let reply = try ask(line, "EHLO \(host)")
        try expect(reply, 250)
        return reply.lines.dropFirst().map { $0.uppercased() }
    }

    /// RFC 4954: PLAIN where it is offered, else LOGIN, which older servers know alone.
    private func signIn(_ line: SMTPLine, _ offers: [String]) throws(MailError) {
        guard !server.user.isEmpty else { return }
        guard line.isSecure || server.isHere else {
            throw .refused("no password is sent without TLS")
        }
        let ways = offers.first { $0.hasPrefix("AUTH ") }?.split(separator: " ") ?? []
        if ways.contains("PLAIN") {
            let words = Base64.encode(Array("\0\(server.user)\0\(server.password)".utf8))
            try expect(try ask(line, "AUTH PLAIN \(words)"), 235)
        } else if ways.contains("LOGIN") {
            try expect(try ask(line, "AUTH LOGIN"), 334)
            try expect(try ask(line, Base64.encode(Array(server.user.utf8))), 334)
            try expect(try ask(line, Base64.encode(Array(server.password.utf8))), 235)
        } else {
            throw .unreachable("\(server.host) offers neither AUTH PLAIN nor LOGIN")
        }
    }

    private func ask(_ line: SMTPLine, _ words: String) throws(MailError) -> SMTPReply {
        try line.say(words)
        return try line.hear()
    }

    private func expect(_ reply: SMTPReply, _ codes: Int...) throws(MailError) {
        guard !codes.contains(reply.code) else { return }
        throw (500..<600).contains(reply.code) ? .refused(reply.text) : .postponed(reply.text)
    }
}

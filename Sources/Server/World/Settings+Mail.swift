internal import Logging
public import Mail

/// How messages to people go out.
public struct MailSettings: Equatable, Sendable {
    /// The mailbox that they come from.
    public var sender = "luyan@localhost"
    /// The mail server; none where its host is empty: messages then go into `outbox` in the data folder.
    public var server = SMTPServer(host: "", port: 587, security: .starttls)

    public init() {}

    /// Where messages go at once, without a queue: by the mail server or into a folder of `data`.
    public func way(data: String) -> any Mailer {
        let folder = FolderMailer(folder: data + "/outbox", sender: sender)
        guard !server.host.isEmpty else { return folder }
        return Ways(email: SMTPMailer(server, sender: sender), text: folder)
    }
}

/// E-mail one way, text messages another.
private struct Ways: Mailer {
    let email: any Mailer
    let text: any Mailer

    func send(_ mail: Mail) async throws(MailError) {
        switch mail.kind {
        case .email: try await email.send(mail)
        case .text: try await text.send(mail)
        }
    }
}

extension MailSettings {
    /// The same with a queue in front of the mail server.
    func queued(data: String, log: Logger) throws(MailError) -> (way: any Mailer, queue: MailQueue?)
    {
        guard !server.host.isEmpty else { return (way(data: data), nil) }
        let smtp = SMTPMailer(server, sender: sender)
        let queue = try MailQueue(folder: data + "/mail", through: smtp) { note in
            switch note {
            case .sent(let attempts):
                log.info("a message went out", metadata: ["attempts": "\(attempts)"])
            case .willTryAgain(let error):
                log.warning("a message waits for another try", metadata: ["cause": "\(error)"])
            case .givenUp(let error):
                log.error("a message was given up", metadata: ["cause": "\(error)"])
            case .unreadable(let file):
                log.error("a file of the mail queue is no message", metadata: ["file": "\(file)"])
            }
        }
        let folder = FolderMailer(folder: data + "/outbox", sender: sender)
        return (Ways(email: queue, text: folder), queue)
    }
}

extension Settings {
    static let mailKeys: [Key] = [
        Key(name: "mail.from", expected: "a mailbox such as luyan@example.org") {
            guard MailText.isMailbox($1) else { return false }
            $0.mail.sender = $1
            return true
        },
        text("mail.smtp_host", "a host, or nothing for a folder", 0...255) {
            $0.mail.server.host = $1
        },
        number("mail.smtp_port", 1...65_535) { $0.mail.server.port = $1 },
        Key(name: "mail.smtp_security", expected: "tls, starttls or none") {
            guard let known = SMTPServer.Security(rawValue: $1) else { return false }
            $0.mail.server.security = known
            return true
        },
        text("mail.smtp_user", "a user's name, or nothing", 0...255) { $0.mail.server.user = $1 },
        text("mail.smtp_password", "a password, or nothing", 0...1_024) {
            $0.mail.server.password = $1
        },
        text("mail.smtp_authorities", "a PEM file, or nothing for the system's", 0...4_096) {
            $0.mail.server.authorities = $1.isEmpty ? nil : $1
        },
    ]
}

import Foundation
import Glibc
import OpenSSL

/// Puts messages into a folder, for a site without a mail server, and for trying things out: an operator
/// reads them there, or a program of the operator's takes them on. Names sort by time; what has a name
/// without a dot before it is whole.
public final class FolderMailer: Mailer {
    private let folder: String
    private let sender: String
    private let queue = DispatchQueue(label: "luyan.outbox")

    /// `folder`: made when it is first needed, readable by its owner alone: codes that let people in
    /// stand there.
    public init(folder: String, sender: String) {
        self.folder = folder
        self.sender = sender
    }

    public func send(_ mail: Mail) async throws(MailError) {
        guard mail.kind == .text || MailText.isMailbox(mail.to) else { throw .malformed }
        let result: Result<Void, MailError> = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.write(mail)) }
        }
        try result.get()
    }

    private func write(_ mail: Mail) -> Result<Void, MailError> {
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            let now = Date()
            let id = Hex.encode(try SecureRandom.bytes(8))
            let text =
                switch mail.kind {
                case .email: MailText.message(mail, from: sender, id: id, at: now)
                case .text: "To: \(mail.to)\r\n\r\n\(mail.body)\r\n"
                }
            let suffix = mail.kind == .email ? "eml" : "txt"
            let name = "\(Int(now.timeIntervalSince1970 * 1_000))-\(id).\(suffix)"
            let hidden = "\(folder)/.\(name)"
            let isWritten = FileManager.default.createFile(
                atPath: hidden,
                contents: Data(text.utf8),
                attributes: [.posixPermissions: 0o600]
            )
            guard isWritten, rename(hidden, "\(folder)/\(name)") == 0 else {
                return .failure(.folder("errno \(errno)"))
            }
            return .success(())
        } catch {
            return .failure(.folder("\(error)"))
        }
    }
}

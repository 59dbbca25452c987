import Foundation
import OpenSSL

/// Keeps messages in a folder until they went out or are of no use any more, and tries again: a mail
/// server that is away for an hour loses nobody's message, nor does a restart.
public actor MailQueue: Mailer {
    /// What became of a message, for whoever keeps the log; neither addresses nor texts are in it.
    public enum Note: Equatable, Sendable {
        case sent(attempts: Int)
        case willTryAgain(MailError)
        case givenUp(MailError)
        /// A file of the folder is no message of ours; it is left as it is.
        case unreadable(file: String)
    }

    private struct Waiting: Codable {
        let mail: Mail
        var attempts = 0
        /// When it is to be tried, milliseconds since the epoch.
        var due: Int64
    }

    /// Messages that may wait; one more is not taken.
    public static let limit = 10_000

    private let folder: String
    private let way: any Mailer
    private let delays: [Int64]
    private let now: @Sendable () -> Int64
    private let note: @Sendable (Note) -> Void
    /// By the name of their file, which sorts by time.
    private var waiting: [String: Waiting] = [:]
    private var worker: Task<Void, Never>?
    private var count = 0

    /// Takes up what the folder holds from before.
    ///
    /// `delays`: milliseconds to each further try; the last one again and again.
    /// `now`: milliseconds since the epoch; the machine's clock where none is given.
    /// - Throws: `folder` when it cannot be made or read.
    public init(
        folder: String,
        through way: any Mailer,
        delays: [Int64] = [5_000, 30_000, 120_000, 600_000],
        now: (@Sendable () -> Int64)? = nil,
        note: @escaping @Sendable (Note) -> Void
    ) throws(MailError) {
        self.folder = folder
        self.way = way
        self.delays = delays
        self.now = now ?? { Int64(Date().timeIntervalSince1970 * 1_000) }
        self.note = note
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            for name in try FileManager.default.contentsOfDirectory(atPath: folder)
            where name.hasSuffix(".json") {
                let data = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
                guard let known = try? JSONDecoder().decode(Waiting.self, from: data) else {
                    note(.unreadable(file: name))
                    continue
                }
                waiting[name] = known
            }
        } catch {
            throw .folder("\(error)")
        }
    }

    /// How many messages have not gone out.
    public var size: Int { waiting.count }

    /// Begins with what is left from before.
    public func start() { wake() }

    /// Ends the tries; what waits stays in the folder.
    public func stop() {
        worker?.cancel()
        worker = nil
    }

    public func send(_ mail: Mail) async throws(MailError) {
        guard mail.kind == .email, MailText.isMailbox(mail.to) else { throw .malformed }
        guard waiting.count < Self.limit else { throw .postponed("too many messages wait") }
        count += 1
        let time = now()
        let name = String(format: "%015lld-%06d.json", time, count % 1_000_000)
        try keep(Waiting(mail: mail, due: time), as: name)
        wake()
    }

    private func keep(_ message: Waiting, as name: String) throws(MailError) {
        do {
            let path = "\(folder)/\(name)"
            try JSONEncoder().encode(message).write(
                to: URL(fileURLWithPath: path),
                options: .atomic
            )
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch {
            throw .folder("\(error)")
        }
        waiting[name] = message
    }

    private func drop(_ name: String) {
        waiting[name] = nil
        // One that stays is sent twice after a restart, at worst.
        try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }

    private func wake() {
        worker?.cancel()
        worker = Task { await self.work() }
    }

    private func work() async {
        while !Task.isCancelled {
            let time = now()
            guard let next = waiting.min(by: { ($0.value.due, $0.key) < ($1.value.due, $1.key) })
            else { return }
            guard next.value.due <= time else {
                do {
                    try await Task.sleep(for: .milliseconds(next.value.due - time))
                } catch { return }
                continue
            }
            await attempt(next.key, next.value)
        }
    }

    private func attempt(_ name: String, _ message: Waiting) async {
        var message = message
        message.attempts += 1
        // Nobody else takes it meanwhile, should the worker be woken.
        message.due = .max
        waiting[name] = message
        do throws(MailError) {
            guard message.mail.until > now() else { throw .refused("it came too late") }
            try await way.send(message.mail)
            drop(name)
            note(.sent(attempts: message.attempts))
        } catch {
            let delay = delays[min(message.attempts, delays.count) - 1]
            message.due = now() + delay
            guard error.mayPass, message.due < message.mail.until else {
                drop(name)
                note(.givenUp(error))
                return
            }
            do throws(MailError) { try keep(message, as: name) } catch { waiting[name] = message }
            note(.willTryAgain(error))
        }
    }
}

// Proves that a message waits until it went out, over failures and restarts, and no longer than it is of use.
import Foundation
import Synchronization
import Testing

@testable import Mail

struct MailQueueTests {
    /// A way that does what it is told, and says what came.
    final class Way: Mailer {
        private let answers: Mutex<[MailError?]>
        let sent: AsyncStream<Mail>
        private let tell: AsyncStream<Mail>.Continuation

        init(_ answers: [MailError?]) {
            self.answers = Mutex(answers)
            (sent, tell) = AsyncStream.makeStream()
        }

        func send(_ mail: Mail) async throws(MailError) {
            let answer = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            if let answer { throw answer }
            tell.yield(mail)
        }
    }

    private static func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("luyan-mail-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    private static func mail(_ number: Int, until: Int64 = .max) -> Mail {
        Mail(.email, to: "p\(number)@luyan.example", subject: "s", body: "b", until: until)
    }

    private static func files(_ folder: String) -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: folder).count) ?? -1
    }

    @Test func `messages go out in order, and nothing of them stays`() async throws {
        try await Self.withFolder { folder in
            let way = Way([])
            let (notes, note) = AsyncStream.makeStream(of: MailQueue.Note.self)
            let queue = try MailQueue(folder: folder, through: way) { note.yield($0) }
            for number in 0..<3 { try await queue.send(Self.mail(number)) }
            var sent = way.sent.makeAsyncIterator()
            var told = notes.makeAsyncIterator()
            for number in 0..<3 {
                #expect(await sent.next()?.to == "p\(number)@luyan.example")
                #expect(await told.next() == .sent(attempts: 1))
            }
            #expect(await queue.size == 0)
            #expect(Self.files(folder) == 0)
        }
    }

    @Test func `what fails for now is tried again, what fails for good is not`() async throws {
        try await Self.withFolder { folder in
            let way = Way([.unreachable("away"), .postponed("450"), nil, .refused("550")])
            let (notes, note) = AsyncStream.makeStream(of: MailQueue.Note.self)
            let queue = try MailQueue(folder: folder, through: way, delays: [1, 2]) {
                note.yield($0)
            }
            var told = notes.makeAsyncIterator()
            try await queue.send(Self.mail(1))
            #expect(await told.next() == .willTryAgain(.unreachable("away")))
            #expect(await told.next() == .willTryAgain(.postponed("450")))
            #expect(await told.next() == .sent(attempts: 3))
            try await queue.send(Self.mail(2))
            #expect(await told.next() == .givenUp(.refused("550")))
            #expect(Self.files(folder) == 0)
        }
    }

    @Test func `a restart takes up what waits`() async throws {
        try await Self.withFolder { folder in
            let (notes, note) = AsyncStream.makeStream(of: MailQueue.Note.self)
            let failing = Way([.unreachable("away")])
            let hour: Int64 = 3_600_000
            let first = try MailQueue(
                folder: folder,
                through: failing,
                delays: [hour],
                now: { 0 }
            ) { note.yield($0) }
            try await first.send(Self.mail(7))
            var told = notes.makeAsyncIterator()
            #expect(await told.next() == .willTryAgain(.unreachable("away")))
            await first.stop()
            try Data("{".utf8).write(to: URL(fileURLWithPath: folder + "/x.json"))
            let way = Way([])
            let second = try MailQueue(folder: folder, through: way, now: { hour }) {
                note.yield($0)
            }
            #expect(await told.next() == .unreadable(file: "x.json"))
            await second.start()
            var sent = way.sent.makeAsyncIterator()
            #expect(await sent.next()?.to == "p7@luyan.example")
            #expect(await told.next() == .sent(attempts: 2))
            #expect(Self.files(folder) == 1)
        }
    }

    @Test func `what came too late is given up`() async throws {
        try await Self.withFolder { folder in
            let way = Way([.unreachable("away")])
            let (notes, note) = AsyncStream.makeStream(of: MailQueue.Note.self)
            let queue = try MailQueue(folder: folder, through: way, delays: [50], now: { 1_000 }) {
                note.yield($0)
            }
            var told = notes.makeAsyncIterator()
            try await queue.send(Self.mail(1, until: 1_049))
            #expect(await told.next() == .givenUp(.unreachable("away")))
            try await queue.send(Self.mail(2, until: 1_000))
            #expect(await told.next() == .givenUp(.refused("it came too late")))
        }
    }

    @Test func `what can never be sent is not taken`() async throws {
        try await Self.withFolder { folder in
            let queue = try MailQueue(folder: folder, through: Way([])) { _ in }
            await #expect(throws: MailError.malformed) {
                try await queue.send(Mail(.email, to: "nobody", body: "b", until: .max))
            }
            await #expect(throws: MailError.malformed) {
                try await queue.send(Mail(.text, to: "13800000000", body: "b", until: .max))
            }
        }
    }
}

internal import Foundation
internal import Glibc
internal import OpenSSL
internal import Synchronization
internal import Wire

/// Hashes passwords on threads of its own, which give way to all else: a flood of sign-ins fills the
/// queue here, and keeps no room waiting.
final class PasswordMill: Sendable {
    /// Passwords that may wait; beyond it callers are told to come again.
    static let waitingLimit = 64

    private let cost: Scrypt.Cost
    private let queue = Queue()
    private let width: Int
    /// What a password of nobody is compared with, so that it takes as long as somebody's.
    private let dummy: PasswordHash?

    /// What the threads share, which outlives the mill.
    private final class Queue: Sendable {
        typealias Job = @Sendable () -> Void

        let waiting = Mutex<[Job]>([])
        let bell = DispatchSemaphore(value: 0)

        /// Waits for jobs, until the mill is gone.
        func work() {
            // Only this thread: Linux keeps niceness by thread.
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
            while true {
                bell.wait()
                let job: Job? = waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
                guard let job else { return }
                job()
            }
        }
    }

    /// `width`: threads, each with the memory of one hash while it works.
    init(
        cost: Scrypt.Cost = .standard,
        width: Int = max(1, ProcessInfo.processInfo.processorCount / 2)
    ) {
        self.cost = cost
        self.width = width
        dummy = try? .ofNobody(cost: cost)
        for _ in 0..<width {
            let thread = Thread { [queue] in queue.work() }
            thread.name = "luyan.password"
            thread.start()
        }
    }

    deinit {
        // Nobody waits any more: who does holds the mill.
        for _ in 0..<width { queue.bell.signal() }
    }

    /// Hashes a new password.
    /// - Throws: `rate_limited` while too many wait, `unavailable` without memory.
    func hash(_ password: String) async throws(WireError) -> PasswordHash {
        let cost = cost
        return try await run { try PasswordHash(of: Self.bytes(password), cost: cost) }
    }

    /// Whether it is the password that is kept; with `nil`, for nobody's, it is not, and takes as long.
    /// - Throws: `rate_limited` while too many wait, `unavailable` without memory.
    func check(_ password: String, against kept: PasswordHash?) async throws(WireError) -> Bool {
        guard let other = kept ?? dummy else { throw .unavailable("passwords") }
        let matches = try await run { try other.matches(Self.bytes(password)) }
        return matches && kept != nil
    }

    private func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws(WireError) -> Value {
        let result: Result<Value, WireError> = await withCheckedContinuation { continuation in
            let isTaken = queue.waiting.withLock { waiting in
                guard waiting.count < Self.waitingLimit else { return false }
                waiting.append {
                    do {
                        continuation.resume(returning: .success(try body()))
                    } catch {
                        continuation.resume(returning: .failure(.unavailable("passwords")))
                    }
                }
                return true
            }
            if isTaken {
                queue.bell.signal()
            } else {
                continuation.resume(returning: .failure(.rateLimited(retryMilliseconds: 2_000)))
            }
        }
        return try result.get()
    }

    /// The same password has the same bytes on every keyboard (RFC 8265 §4.2.2).
    static func bytes(_ password: String) -> [UInt8] {
        Array(password.precomposedStringWithCanonicalMapping.utf8)
    }
}

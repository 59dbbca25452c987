import Dispatch
import Foundation

/// SIGTERM and SIGINT: the first one is awaited, the second ends the process at once. SIGHUP, as
/// often as it comes, asks for the certificate to be read anew.
final class Signals {
    private let stream: AsyncStream<Int32>
    private let sources: [any DispatchSourceSignal]

    init(hangup: @escaping @Sendable () -> Void = {}) {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        self.stream = stream
        let queue = DispatchQueue(label: "luyan.signals")
        sources = [SIGTERM, SIGINT, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if number == SIGHUP { hangup() } else { continuation.yield(number) }
            }
            source.resume()
            return source
        }
    }

    /// Returns at the first signal; from then on another one ends the process.
    func first() async {
        var signals = stream.makeAsyncIterator()
        _ = await signals.next()
        let rest = stream
        Task.detached {
            // Not `exit`: what it runs first, OpenSSL's cleanup among it, frees what the threads that
            // still serve are using.
            for await number in rest { _exit(128 + number) }
        }
    }
}

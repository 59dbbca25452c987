// Proves nothing by itself: content that is fetched, and sinks that the tests hold back.
import HTTP
import HTTPTypes
import Synchronization
import Transport

/// Bytes that are told by their place, and counted when they are read.
final class Pattern: ByteSource {
    let count: Int
    /// Bytes that were read.
    let read = Atomic(0)
    /// Reading beyond this fails.
    let breaksAt: Int

    struct Broken: Error {}

    init(count: Int, breaksAt: Int = .max) {
        self.count = count
        self.breaksAt = breaksAt
    }

    /// A length that no piece's is a multiple of.
    private static let block = (0..<65_521).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }

    static func bytes(_ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        while bytes.count < range.count {
            let start = (range.lowerBound + bytes.count) % block.count
            bytes += block[start..<min(block.count, start + range.count - bytes.count)]
        }
        return bytes
    }

    func bytes(in range: Range<Int>) throws -> [UInt8] {
        guard range.upperBound <= breaksAt else { throw Broken() }
        read.add(range.count, ordering: .relaxed)
        return Self.bytes(range)
    }
}

/// The same bytes as a stream in pieces of 10 000.
final class PatternStream: ByteStream {
    static let piece = 10_000

    private let pattern: Pattern
    private let place = Mutex(0)

    init(_ pattern: Pattern) { self.pattern = pattern }

    func next(then reply: @escaping @Sendable (Result<[UInt8], any Error>) -> Void) {
        let range = place.withLock { place in
            let range = place..<min(place + Self.piece, pattern.count)
            place = range.upperBound
            return range
        }
        reply(Result { try pattern.bytes(in: range) })
    }
}

/// Keeps what it takes. One that holds replies only when it is let go; one with a limit refuses
/// what is beyond it with 507.
final class Basket: BodySink {
    typealias Reply = @Sendable (Response?) -> Void

    private struct State {
        var bytes: [UInt8] = []
        var largest = 0
        var waiting: [Reply] = []
        var isHolding: Bool
    }

    private let state: Mutex<State>
    private let limit: Int
    private let released: @Sendable () -> Void

    init(isHolding: Bool, limit: Int = .max, released: @escaping @Sendable () -> Void) {
        state = Mutex(State(isHolding: isHolding))
        self.limit = limit
        self.released = released
    }

    deinit { released() }

    func take(_ piece: [UInt8], then reply: @escaping @Sendable (Response?) -> Void) {
        let answer: (Response?)? = state.withLock { state in
            state.bytes += piece
            state.largest = max(state.largest, piece.count)
            if state.bytes.count > limit { return Response(status: .init(code: 507)) }
            guard state.isHolding else { return .some(nil) }
            state.waiting.append(reply)
            return nil
        }
        if let answer { reply(answer) }
    }

    /// Replies to what was taken, and at once from here on.
    func letGo() {
        let waiting = state.withLock { state in
            state.isHolding = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for reply in waiting { reply(nil) }
    }

    var bytes: [UInt8] { state.withLock { $0.bytes } }
    var largest: Int { state.withLock { $0.largest } }
}

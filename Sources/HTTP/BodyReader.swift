/// Takes one body out of the input and counts it, in whichever framing it comes (RFC 9112 §6).
struct BodyReader {
    private enum State {
        case length(left: Int)
        case chunked(ChunkReader)
        /// Of a response only: the body ends with the connection.
        case untilClose
        case taken
    }

    enum Fault: Error, Equatable {
        case tooLarge(bytes: Int, limit: Int)
        case chunk(ChunkFault)
    }

    private var state: State
    private var count = 0
    private let limit: Int

    /// - Throws: `tooLarge` when more is announced than `limit` bytes.
    init(length: Int, limit: Int) throws(Fault) {
        guard length <= limit else { throw .tooLarge(bytes: length, limit: limit) }
        state = .length(left: length)
        self.limit = limit
    }

    init(chunkedWithin limits: RequestLimits, limit: Int) {
        state = .chunked(ChunkReader(limits: limits))
        self.limit = limit
    }

    init(untilCloseUpTo limit: Int) {
        state = .untilClose
        self.limit = limit
    }

    /// Whether the end of the connection is the end of the body.
    var endsWithConnection: Bool {
        if case .untilClose = state { return true }
        return false
    }

    /// Appends what the input has of the body. What is allocated follows what came, not what was
    /// announced.
    /// - Returns: whether the body is whole.
    mutating func take(
        _ input: Span<UInt8>,
        from offset: inout Int,
        into body: inout [UInt8]
    ) throws(Fault) -> Bool {
        switch state {
        case .taken: return true
        case .length(let left):
            let end = offset + min(left, input.count - offset)
            body.append(copying: input.extracting(offset..<end))
            state = .length(left: left - (end - offset))
            offset = end
            guard case .length(left: 0) = state else { return false }
            return true
        case .untilClose:
            let size = input.count - offset
            guard size <= limit - count else { throw .tooLarge(bytes: limit + 1, limit: limit) }
            body.append(copying: input.extracting(offset..<input.count))
            count += size
            offset = input.count
            return false
        case .chunked(var chunks):
            state = .taken  // `chunks` now has one owner.
            let isWhole = try take(input, from: &offset, into: &body, &chunks)
            if !isWhole { state = .chunked(chunks) }
            return isWhole
        }
    }

    private mutating func take(
        _ input: Span<UInt8>,
        from offset: inout Int,
        into body: inout [UInt8],
        _ chunks: inout ChunkReader
    ) throws(Fault) -> Bool {
        while true {
            let step: ChunkReader.Step
            do throws(ChunkFault) {
                step = try chunks.next(in: input, from: &offset)
            } catch {
                throw .chunk(error)
            }
            switch step {
            case .needsMore: return false
            case .end: return true
            case .content(let range): body.append(copying: input.extracting(range))
            case .begins(let size):
                guard size <= limit - count else {
                    throw .tooLarge(bytes: count + size, limit: limit)
                }
                count += size
            }
        }
    }
}

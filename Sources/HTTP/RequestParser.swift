import HTTPTypes

/// Reads HTTP/1.1 requests (RFC 9112) from one connection, strictly. Holds no socket or clock.
///
/// The caller lends its receive buffer and an offset, and calls ``next(in:from:)`` until it gives
/// `nil`. A head comes first; the caller then says how much body it will take, whole
/// (``readBody(upTo:)``) or in pieces (``streamBody(upTo:)``), or ends the stream (``end()``) because
/// it upgrades or refuses. Bytes after the offset belong to the next request, or to the next
/// protocol.
public struct RequestParser: Sendable {
    /// What has arrived.
    public enum Event: Sendable, Equatable {
        /// A head; nothing more comes until the caller has decided.
        case head(RequestHead)
        /// The whole request whose head came before.
        case request(Request)
        /// What one input had of a body that is streamed; never empty.
        case piece([UInt8])
        /// The body that was streamed is whole.
        case end(RequestHead)
    }

    private enum State {
        case requestLine(emptyLines: Int)
        case fields(RequestLine, HTTPFields, hosts: [String], bytes: Int)
        case decision(RequestHead)
        case body(RequestHead, BodyReader, [UInt8])
        case stream(RequestHead, BodyReader)
        /// Streamed to its end, which is to be told.
        case streamed(RequestHead)
        case ended
        case failed(RequestError)
    }

    private var state = State.requestLine(emptyLines: 0)
    private var reader = LineReader()
    private let limits: RequestLimits

    /// Starts before the first request of a connection.
    public init(limits: RequestLimits = RequestLimits()) {
        self.limits = limits
    }

    /// Whether no byte of a further request has been taken: the connection may rest or be closed.
    public var isBetweenRequests: Bool {
        if case .requestLine = state { return reader.isEmpty }
        return false
    }

    /// Takes bytes from `offset` on until something is whole.
    /// - Returns: the next event, or `nil` when more input or a decision is needed.
    /// - Throws: the first fault, and the same one ever after.
    public mutating func next(
        in input: Span<UInt8>,
        from offset: inout Int
    ) throws(RequestError) -> Event? {
        do {
            return try step(input, &offset)
        } catch {
            state = .failed(error)
            throw error
        }
    }

    /// Decides, after a head, to read the request's body and to be given it whole.
    /// - Throws: `RequestError.bodyTooLarge` when more is announced than `limit` bytes; a chunked
    ///   body that outgrows it is refused by ``next(in:from:)``.
    public mutating func readBody(upTo limit: Int) throws(RequestError) {
        guard case .decision(let head) = state else { return }
        state = .body(head, try body(of: head, upTo: limit), [])
    }

    /// Decides, after a head, to be given the request's body as it comes.
    /// - Throws: `RequestError.bodyTooLarge`, as ``readBody(upTo:)`` does.
    public mutating func streamBody(upTo limit: Int) throws(RequestError) {
        guard case .decision(let head) = state else { return }
        state = .stream(head, try body(of: head, upTo: limit))
    }

    private mutating func body(
        of head: RequestHead,
        upTo limit: Int
    ) throws(RequestError) -> BodyReader {
        do throws(BodyReader.Fault) {
            switch head.framing {
            case .none: return try BodyReader(length: 0, limit: limit)
            case .length(let length): return try BodyReader(length: length, limit: limit)
            case .chunked: return BodyReader(chunkedWithin: limits, limit: limit)
            }
        } catch {
            let error = RequestError(error)
            state = .failed(error)
            throw error
        }
    }

    /// Ends the requests of this connection: another protocol follows, or it will be closed.
    public mutating func end() {
        state = .ended
    }

    private mutating func step(
        _ input: Span<UInt8>,
        _ offset: inout Int
    ) throws(RequestError) -> Event? {
        while true {
            switch state {
            case .failed(let error): throw error
            case .ended, .decision: return nil
            case .body(let head, let reader, let body):
                return try take(input, &offset, head, reader, body)
            case .stream(let head, let reader):
                if let piece = try takePiece(input, &offset, head, reader) { return piece }
                guard case .streamed = state else { return nil }
            case .streamed(let head):
                state = .requestLine(emptyLines: 0)
                return .end(head)
            case .requestLine(let emptyLines):
                let limit = limits.requestLineBytes
                switch reader.read(input, from: &offset, limit: limit) {
                case .needsMore: return nil
                case .tooLong: throw .requestLineTooLong(limit: limit)
                case .bareLineFeed: throw .bareLineFeed
                case .line: try startRequest(emptyLines: emptyLines)
                }
            case .fields(let line, let fields, let hosts, let bytes):
                let left = limits.fieldBytes - bytes
                switch reader.read(input, from: &offset, limit: left) {
                case .needsMore: return nil
                case .tooLong: throw .fieldsTooLarge(limit: limits.fieldBytes)
                case .bareLineFeed: throw .bareLineFeed
                case .line:
                    state = .ended  // `fields` now has one owner and grows in place.
                    if let head = try takeField(line, fields, hosts, bytes) {
                        state = .decision(head)
                        return .head(head)
                    }
                }
            }
        }
    }

    private mutating func startRequest(emptyLines: Int) throws(RequestError) {
        defer { reader.startLine() }
        guard !reader.line.isEmpty else {
            // §2.2: one empty line before a request is forgiven, as old clients send it.
            guard emptyLines == 0 else { throw .malformedRequestLine }
            state = .requestLine(emptyLines: 1)
            return
        }
        state = .fields(try RequestLine(reader.line), HTTPFields(), hosts: [], bytes: 0)
    }

    /// Adds the gathered line to the fields; an empty one ends the head.
    private mutating func takeField(
        _ line: RequestLine,
        _ fields: consuming HTTPFields,
        _ hosts: [String],
        _ bytes: Int
    ) throws(RequestError) -> RequestHead? {
        defer { reader.startLine() }
        guard !reader.line.isEmpty else { return try RequestHead(line, fields, hosts: hosts) }
        guard fields.count + hosts.count < limits.fieldCount else {
            throw .tooManyFields(limit: limits.fieldCount)
        }
        var hosts = hosts
        do {
            let field = try FieldLine.parse(reader.line)
            if field.name.isHost { hosts.append(field.value) } else { fields.append(field) }
        } catch {
            throw .malformedField(error)
        }
        state = .fields(line, fields, hosts: hosts, bytes: bytes + reader.line.count)
        return nil
    }

    private mutating func take(
        _ input: Span<UInt8>,
        _ offset: inout Int,
        _ head: RequestHead,
        _ reader: consuming BodyReader,
        _ body: consuming [UInt8]
    ) throws(RequestError) -> Event? {
        state = .ended  // `reader` and `body` now have one owner and grow in place.
        guard try Self.take(input, &offset, &reader, &body) else {
            state = .body(head, reader, body)
            return nil
        }
        state = .requestLine(emptyLines: 0)
        return .request(Request(head: head, body: body))
    }

    private mutating func takePiece(
        _ input: Span<UInt8>,
        _ offset: inout Int,
        _ head: RequestHead,
        _ reader: consuming BodyReader
    ) throws(RequestError) -> Event? {
        state = .ended
        var piece: [UInt8] = []
        let isWhole = try Self.take(input, &offset, &reader, &piece)
        state = isWhole ? .streamed(head) : .stream(head, reader)
        return piece.isEmpty ? nil : .piece(piece)
    }

    private static func take(
        _ input: Span<UInt8>,
        _ offset: inout Int,
        _ reader: inout BodyReader,
        _ bytes: inout [UInt8]
    ) throws(RequestError) -> Bool {
        do throws(BodyReader.Fault) {
            return try reader.take(input, from: &offset, into: &bytes)
        } catch {
            throw RequestError(error)
        }
    }
}

extension RequestError {
    fileprivate init(_ fault: BodyReader.Fault) {
        switch fault {
        case .tooLarge(let bytes, let limit): self = .bodyTooLarge(bytes: bytes, limit: limit)
        case .chunk(let fault): self = .malformedChunk(fault)
        }
    }
}

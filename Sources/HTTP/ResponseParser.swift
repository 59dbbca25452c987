public import HTTPTypes

/// Why a response cannot be read.
public enum ResponseError: Error, Equatable, Sendable {
    /// A line ended in LF without CR.
    case bareLineFeed
    /// The first line is not `HTTP/1.x code phrase`.
    case malformedStatusLine
    /// Status line and fields together outgrew the limit, in bytes.
    case headTooLarge(limit: Int)
    /// A field line that RFC 9112 §5 forbids.
    case malformedField(RequestError.FieldFault)
    /// A Content-Length that is repeated or no plain number.
    case malformedContentLength
    /// A transfer coding other than `chunked`, or one beside a Content-Length.
    case unsupportedTransferEncoding
    /// A chunked body that RFC 9112 §7.1 forbids.
    case malformedChunk(ChunkFault)
    /// The body is longer than the caller takes, both in bytes.
    case bodyTooLarge(bytes: Int, limit: Int)
    /// The connection ended inside the response.
    case truncated
}

/// Reads the responses to a client's requests, one after another. Holds no socket or clock.
public struct ResponseParser: Sendable {
    private enum State {
        case statusLine
        case fields(HTTPResponse.Status, HTTPFields, bytes: Int)
        case body(HTTPResponse.Status, HTTPFields, BodyReader, [UInt8])
        case switched
        case failed(ResponseError)
    }

    private var state = State.statusLine
    private var reader = LineReader()
    private var methods: [HTTPRequest.Method] = []
    private let headLimit: Int
    private let bodyLimit: Int

    /// - Parameters:
    ///   - headLimit: the largest head, in bytes without line ends.
    ///   - bodyLimit: the largest body, in bytes.
    public init(headLimit: Int = 32_768, bodyLimit: Int = 16_777_216) {
        self.headLimit = headLimit
        self.bodyLimit = bodyLimit
    }

    /// Says that a request was sent: its method decides whether its response has a body.
    public mutating func expect(responseTo method: HTTPRequest.Method) {
        methods.append(method)
    }

    /// Takes bytes from `offset` on until a response is whole; 100 and 103 are passed over.
    ///
    /// After 101 nothing more is taken: the bytes from `offset` on are the new protocol's.
    /// - Returns: a response, or `nil` when more input is needed.
    /// - Throws: the first fault, and the same one ever after.
    public mutating func next(
        in input: Span<UInt8>,
        from offset: inout Int
    ) throws(ResponseError) -> Response? {
        do {
            return try step(input, &offset)
        } catch {
            state = .failed(error)
            throw error
        }
    }

    /// Says that the peer has closed.
    /// - Returns: the response whose end was the end of the connection, if one was under way.
    /// - Throws: `ResponseError.truncated` inside any other response.
    public mutating func finish() throws(ResponseError) -> Response? {
        switch state {
        case .failed(let error): throw error
        case .switched: return nil
        case .statusLine where reader.isEmpty: return nil
        case .body(let status, let fields, let reader, let body) where reader.endsWithConnection:
            state = .statusLine
            return Response(status: status, fields: fields, body: body)
        case .statusLine, .fields, .body:
            state = .failed(.truncated)
            throw .truncated
        }
    }

    private mutating func step(
        _ input: Span<UInt8>,
        _ offset: inout Int
    ) throws(ResponseError) -> Response? {
        while true {
            switch state {
            case .failed(let error): throw error
            case .switched: return nil
            case .statusLine:
                guard try readLine(input, &offset, limit: headLimit) else { return nil }
                let status = try Self.status(reader.line)
                state = .fields(status, HTTPFields(), bytes: reader.line.count)
                reader.startLine()
            case .fields(let status, let fields, let bytes):
                guard try readLine(input, &offset, limit: headLimit - bytes) else { return nil }
                state = .switched  // `fields` now has one owner and grows in place.
                if let response = try takeField(status, fields, bytes) { return response }
            case .body(let status, let fields, let reader, let body):
                return try take(input, &offset, status, fields, reader, body)
            }
        }
    }

    private mutating func readLine(
        _ input: Span<UInt8>,
        _ offset: inout Int,
        limit: Int
    ) throws(ResponseError) -> Bool {
        switch reader.read(input, from: &offset, limit: limit) {
        case .needsMore: return false
        case .tooLong: throw .headTooLarge(limit: headLimit)
        case .bareLineFeed: throw .bareLineFeed
        case .line: return true
        }
    }

    private mutating func takeField(
        _ status: HTTPResponse.Status,
        _ fields: consuming HTTPFields,
        _ bytes: Int
    ) throws(ResponseError) -> Response? {
        defer { reader.startLine() }
        guard !reader.line.isEmpty else { return try finishHead(status, fields) }
        do {
            fields.append(try FieldLine.parse(reader.line))
        } catch {
            throw .malformedField(error)
        }
        state = .fields(status, fields, bytes: bytes + reader.line.count)
        return nil
    }

    /// RFC 9112 §6.3: what follows the head.
    private mutating func finishHead(
        _ status: HTTPResponse.Status,
        _ fields: HTTPFields
    ) throws(ResponseError) -> Response? {
        if status.code == 101 {
            state = .switched
            return Response(status: status, fields: fields)
        }
        if status.code < 200 {
            state = .statusLine
            return nil
        }
        let method = methods.isEmpty ? HTTPRequest.Method.get : methods.removeFirst()
        if method == .head || status.code == 204 || status.code == 304 {
            state = .statusLine
            return Response(status: status, fields: fields)
        }
        state = .body(status, fields, try bodyReader(fields), [])
        return nil
    }

    private func bodyReader(_ fields: HTTPFields) throws(ResponseError) -> BodyReader {
        let lengths = fields[values: .contentLength]
        let codings = fields[values: .transferEncoding]
        guard codings.isEmpty else {
            // §6.3: a recipient may take chunked over a length; here both are an error, since no
            // server that we talk to sends them.
            guard lengths.isEmpty, TransferCodings(codings) == .chunked else {
                throw .unsupportedTransferEncoding
            }
            return BodyReader(
                chunkedWithin: RequestLimits(fieldBytes: headLimit),
                limit: bodyLimit
            )
        }
        guard let text = lengths.first else { return BodyReader(untilCloseUpTo: bodyLimit) }
        guard lengths.count == 1, let length = ContentLength.parse(text) else {
            throw .malformedContentLength
        }
        do throws(BodyReader.Fault) {
            return try BodyReader(length: length, limit: bodyLimit)
        } catch {
            throw ResponseError(error)
        }
    }

    private mutating func take(
        _ input: Span<UInt8>,
        _ offset: inout Int,
        _ status: HTTPResponse.Status,
        _ fields: HTTPFields,
        _ reader: consuming BodyReader,
        _ body: consuming [UInt8]
    ) throws(ResponseError) -> Response? {
        state = .switched  // `reader` and `body` now have one owner and grow in place.
        do throws(BodyReader.Fault) {
            guard try reader.take(input, from: &offset, into: &body) else {
                state = .body(status, fields, reader, body)
                return nil
            }
        } catch {
            throw ResponseError(error)
        }
        state = .statusLine
        return Response(status: status, fields: fields, body: body)
    }

    /// `HTTP/1.` digit SP three digits SP phrase; the phrase may be missing (RFC 9112 §4).
    private static func status(_ line: [UInt8]) throws(ResponseError) -> HTTPResponse.Status {
        let parts = line.split(
            separator: .space,
            maxSplits: 2,
            omittingEmptySubsequences: false
        )
        guard parts.count >= 2, parts[0].count == 8, parts[0].starts(with: "HTTP/1.".utf8),
            parts[0].last?.isDigit == true, parts[1].count == 3, parts[1].allSatisfy(\.isDigit),
            let code = Int(String(decoding: parts[1], as: UTF8.self)), code >= 100
        else { throw .malformedStatusLine }
        let phrase = parts.count == 3 ? parts[2] : []
        guard phrase.allSatisfy(\.isFieldContent) else { throw .malformedStatusLine }
        return HTTPResponse.Status(
            code: code,
            reasonPhrase: String(decoding: phrase, as: UTF8.self)
        )
    }
}

extension ResponseError {
    fileprivate init(_ fault: BodyReader.Fault) {
        switch fault {
        case .tooLarge(let bytes, let limit): self = .bodyTooLarge(bytes: bytes, limit: limit)
        case .chunk(let fault): self = .malformedChunk(fault)
        }
    }
}

public import HTTPTypes

/// One state of a resource as bytes (RFC 9110 §3.2), with the rules that hold for every file:
/// conditions, ranges, fields.
public struct Representation: Sendable {
    /// The bytes: in memory or elsewhere.
    public enum Source: Sendable {
        /// In memory.
        case bytes([UInt8])
        /// Read when they are sent.
        case file(any ByteSource)

        /// In bytes.
        public var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .file(let file): file.count
            }
        }
    }

    /// The bytes.
    public var source: Source
    /// The media type.
    public var type: MediaType
    /// Tag and date.
    public var validators: Validators
    /// Fields that every answer with or about it has: Cache-Control, Vary.
    public var fields: HTTPFields
    /// Fields of the bytes, beside their type: Content-Encoding, Content-Disposition.
    public var contentFields: HTTPFields

    /// Describes a representation.
    public init(
        source: Source,
        type: MediaType,
        validators: Validators,
        fields: HTTPFields = HTTPFields(),
        contentFields: HTTPFields = HTTPFields()
    ) {
        self.source = source
        self.type = type
        self.validators = validators
        self.fields = fields
        self.contentFields = contentFields
    }

    /// The answer to a GET or HEAD: 200, 206, 304, 412 or 416 (RFC 9110 §13.2.2). `now` is the date
    /// of the answer.
    public func response(to head: RequestHead, now: HTTPDate) -> Response {
        switch validators.weigh(head, now: now) {
        case .notModified:
            var response = Response(status: .notModified)
            response.fields[.xContentTypeOptions] = "nosniff"
            mark(&response, now)
            return response
        case .failed: return Self.preconditionFailed
        case .proceed: break
        }
        // §14.2: ranges are defined for GET only.
        guard head.method == .get, let field = head.fields[.range],
            validators.allowRanges(head.fields, now: now)
        else { return whole(now) }
        switch ByteRanges(field, of: source.count) {
        case .whole: return whole(now)
        case .unsatisfiable: return unsatisfiable
        case .some(let ranges): return ranges.count == 1 ? part(ranges[0], now) : parts(ranges, now)
        }
    }

    private func whole(_ now: HTTPDate) -> Response {
        var response = Response(type: type, body: [])
        response.content = content(0..<source.count)
        mark(&response, now)
        for field in contentFields { response.fields[field.name] = field.value }
        response.fields[.acceptRanges] = "bytes"
        return response
    }

    /// 206 with one range (§15.3.7.1).
    private func part(_ range: Range<Int>, _ now: HTTPDate) -> Response {
        var response = whole(now)
        response.status = .partialContent
        response.content = content(range)
        response.fields[.contentRange] = contentRange(range)
        return response
    }

    /// 206 with several (§15.3.7.2, §14.6).
    private func parts(_ ranges: [Range<Int>], _ now: HTTPDate) -> Response {
        // No content holds the digest of itself, which the tag is made of.
        let boundary =
            "luyan-" + String(validators.tag.opaque.filter { $0.isLetter || $0.isNumber })
        var parts: [Content.Part] = []
        for (number, range) in ranges.enumerated() {
            let text =
                (number == 0 ? "" : "\r\n") + "--\(boundary)\r\nContent-Type: \(type.text)\r\n"
                + "Content-Range: \(contentRange(range))\r\n\r\n"
            parts.append(.bytes(Array(text.utf8)))
            switch source {
            case .bytes(let bytes): parts.append(.bytes(Array(bytes[range])))
            case .file(let file): parts.append(.slice(of: file, range))
            }
        }
        parts.append(.bytes(Array("\r\n--\(boundary)--\r\n".utf8)))
        var response = whole(now)
        response.status = .partialContent
        response.fields[.contentType] = "multipart/byteranges; boundary=\(boundary)"
        response.content = .parts(parts)
        return response
    }

    /// 416 with the length there is (§15.5.17).
    private var unsatisfiable: Response {
        var response = ProblemDetails(
            status: .rangeNotSatisfiable,
            code: "request.range",
            action: .mend,
            detail: "There are \(source.count) bytes."
        ).response
        response.fields[.contentRange] = "bytes */\(source.count)"
        return response
    }

    private static let preconditionFailed = ProblemDetails(
        status: .preconditionFailed,
        code: "request.precondition",
        action: .reload,
        detail: "It is in another state than the request asks for."
    ).response

    private func contentRange(_ range: Range<Int>) -> String {
        "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(source.count)"
    }

    private func content(_ range: Range<Int>) -> Content {
        switch source {
        case .bytes(let bytes): .bytes(range.count == bytes.count ? bytes : Array(bytes[range]))
        case .file(let file): .parts([.slice(of: file, range)])
        }
    }

    /// What a 304 repeats too (§15.4.5).
    private func mark(_ response: inout Response, _ now: HTTPDate) {
        for field in fields { response.fields[field.name] = field.value }
        response.fields[.eTag] = validators.tag.text
        if let modified = validators.modified {
            // §8.8.2.1: never later than the answer's own date.
            let isPast = modified.secondsSinceEpoch <= now.secondsSinceEpoch
            response.fields[.lastModified] = (isPast ? modified : now).description
        }
    }
}

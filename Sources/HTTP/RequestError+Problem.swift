/// What a peer is told about a request that could not be read.
extension RequestError {
    /// The refusal as problem details: code, what was seen, what is allowed.
    public var problem: ProblemDetails {
        ProblemDetails(
            status: status,
            code: code,
            action: action,
            detail: detail,
            retryMilliseconds: nil,
            data: data
        )
    }

    /// What is allowed, where a person may have chosen too much.
    private var data: String? {
        if case .bodyTooLarge(_, let limit) = self { return #"{"limit":\#(limit)}"# }
        return nil
    }

    /// A stable name for what a program can do about it; `detail` tells people the rest.
    public var code: String {
        switch self {
        case .requestLineTooLong, .fieldsTooLarge, .tooManyFields, .bodyTooLarge,
            .malformedChunk(.extensionsTooLarge), .malformedChunk(.trailersTooLarge),
            .malformedChunk(.tooManyTrailers):
            "request.too_large"
        case .tooSlow: "request.too_slow"
        default: "request.malformed"
        }
    }

    private var action: ProblemAction {
        if case .tooSlow = self { return .wait }
        return .mend
    }

    private var detail: String {
        switch self {
        case .bareLineFeed: "Lines end in CR LF."
        case .malformedRequestLine: "The first line is a method, a target and HTTP/1.1."
        case .requestLineTooLong(let limit): "The first line has at most \(limit) bytes."
        case .unknownMethod: "The method is not one of this server's."
        case .malformedTarget(let fault): "The target cannot be served: \(fault.sentence)."
        case .unsupportedVersion: "Versions 1.0 and 1.1 are allowed."
        case .malformedField(let fault): "A field line is malformed: \(fault.sentence)."
        case .fieldsTooLarge(let limit): "The fields together have at most \(limit) bytes."
        case .tooManyFields(let limit): "At most \(limit) fields are allowed."
        case .missingHost: "The Host field is missing."
        case .repeatedHost: "The Host field stands there more than once."
        case .malformedHost: "The host is not a name or address with an optional port."
        case .malformedContentLength: "Content-Length is a decimal number."
        case .repeatedContentLength: "Content-Length stands there once."
        case .transferEncodingWithContentLength:
            "Transfer-Encoding and Content-Length exclude each other."
        case .transferEncodingInOldVersion: "HTTP/1.0 has no Transfer-Encoding."
        case .malformedTransferEncoding: "The one transfer coding is chunked."
        case .unsupportedTransferEncoding: "The one transfer coding is chunked."
        case .malformedChunk(let fault): "The chunked body is malformed: \(fault.sentence)."
        case .unknownExpectation: "The only expectation met is 100-continue."
        case .bodyTooLarge(let bytes, let limit): "The body has \(bytes) bytes of \(limit)."
        case .tooSlow(let limit): "A request arrives within \(limit) ms."
        }
    }
}

extension RequestError.TargetFault {
    fileprivate var sentence: String {
        switch self {
        case .unknownForm: "it begins with a slash"
        case .forbiddenByte(let byte): "byte \(byte) has to be escaped"
        case .malformedEscape: "a percent sign is followed by two hexadecimal digits"
        case .notUTF8: "its escapes are not UTF-8"
        case .forbiddenSegment: "a segment is a dot segment or holds a separator or control"
        case .forbiddenQuery: "the query holds a control character"
        }
    }
}

extension RequestError.FieldFault {
    fileprivate var sentence: String {
        switch self {
        case .folded: "folded lines are obsolete"
        case .missingColon: "a colon is missing"
        case .blankBeforeColon: "a blank stands before the colon"
        case .malformedName: "the name is not a token"
        case .malformedValue: "the value holds a control character"
        }
    }
}

extension ChunkFault {
    fileprivate var sentence: String {
        switch self {
        case .malformedSize: "a chunk begins with at most 15 hexadecimal digits"
        case .malformedExtension: "a chunk extension is a name with an optional value"
        case .extensionsTooLarge(let limit): "its extensions have at most \(limit) bytes"
        case .bareLineFeed: "lines end in CR LF"
        case .missingLineEnd: "CR LF follows a chunk's bytes"
        case .malformedTrailer(let fault): "of a trailer field, \(fault.sentence)"
        case .trailersTooLarge(let limit): "its trailer fields have at most \(limit) bytes"
        case .tooManyTrailers(let limit): "it has at most \(limit) trailer fields"
        }
    }
}

public import HTTPTypes

/// Why a request cannot be served; the connection is closed after the answer.
public enum RequestError: Error, Equatable, Sendable {
    /// A line ended in LF without CR (RFC 9112 §2.2 lets a server refuse it, and smuggling needs it).
    case bareLineFeed
    /// The first line is not `method SP target SP version` (RFC 9112 §3).
    case malformedRequestLine
    /// The request line outgrew its limit, in bytes.
    case requestLineTooLong(limit: Int)
    /// A method that no part of this server knows.
    case unknownMethod(String)
    /// The request target is not one that can be served safely.
    case malformedTarget(TargetFault)
    /// A major version other than 1; `HTTP/1.0` and `HTTP/1.1` are allowed.
    case unsupportedVersion(String)
    /// A field line that RFC 9112 §5 forbids.
    case malformedField(FieldFault)
    /// The field lines together outgrew their limit, in bytes.
    case fieldsTooLarge(limit: Int)
    /// More field lines than the limit.
    case tooManyFields(limit: Int)
    /// HTTP/1.1 without Host (RFC 9112 §3.2).
    case missingHost
    /// More than one Host line.
    case repeatedHost
    /// A Host that is no `uri-host [ ":" port ]`.
    case malformedHost
    /// A Content-Length that is no plain decimal number.
    case malformedContentLength
    /// More than one Content-Length, even if they agree.
    case repeatedContentLength
    /// Both framings at once, as smugglers send them (RFC 9112 §6.1).
    case transferEncodingWithContentLength
    /// Transfer-Encoding in HTTP/1.0 (RFC 9112 §6.1).
    case transferEncodingInOldVersion
    /// Codings that are no list of tokens, or in which `chunked` is not the last and only one of its
    /// name (RFC 9112 §6.3).
    case malformedTransferEncoding
    /// A transfer coding other than `chunked`.
    case unsupportedTransferEncoding(String)
    /// A chunked body that RFC 9112 §7.1 forbids.
    case malformedChunk(ChunkFault)
    /// An expectation other than `100-continue`.
    case unknownExpectation(String)
    /// The body is longer than its route allows, both in bytes.
    case bodyTooLarge(bytes: Int, limit: Int)
    /// The request did not arrive whole in the time allowed.
    case tooSlow(limitMilliseconds: Int)

    /// What is wrong with a request target.
    public enum TargetFault: Error, Equatable, Sendable {
        /// Neither `/path`, `http://host/path`, nor `*` for OPTIONS.
        case unknownForm
        /// A byte that has to be escaped.
        case forbiddenByte(UInt8)
        /// A `%` without two hexadecimal digits.
        case malformedEscape
        /// Escapes that are not UTF-8 when decoded.
        case notUTF8
        /// A segment that decodes to `.`, `..`, or holds a slash, a backslash or a control character.
        case forbiddenSegment
        /// A query value that holds a control character.
        case forbiddenQuery
    }

    /// What is wrong with a field line.
    public enum FieldFault: Error, Equatable, Sendable {
        /// A line that begins with a blank: folding (RFC 9112 §5.2).
        case folded
        /// A line without a colon.
        case missingColon
        /// A blank between name and colon (RFC 9112 §5.1).
        case blankBeforeColon
        /// An empty name or one with a byte outside `tchar`.
        case malformedName
        /// A value with CR, NUL or another control character.
        case malformedValue
    }

    /// The status that answers it.
    public var status: HTTPResponse.Status {
        switch self {
        case .bareLineFeed, .malformedRequestLine, .malformedTarget, .malformedField, .missingHost,
            .repeatedHost, .malformedHost, .malformedContentLength, .repeatedContentLength,
            .transferEncodingWithContentLength, .transferEncodingInOldVersion,
            .malformedTransferEncoding:
            .badRequest
        case .malformedChunk(let fault):
            switch fault {
            case .extensionsTooLarge: .contentTooLarge
            case .trailersTooLarge, .tooManyTrailers: .requestHeaderFieldsTooLarge
            default: .badRequest
            }
        case .requestLineTooLong: .uriTooLong
        case .unknownMethod, .unsupportedTransferEncoding: .notImplemented
        case .unsupportedVersion: .httpVersionNotSupported
        case .fieldsTooLarge, .tooManyFields: .requestHeaderFieldsTooLarge
        case .unknownExpectation: .expectationFailed
        case .bodyTooLarge: .contentTooLarge
        case .tooSlow: .requestTimeout
        }
    }
}

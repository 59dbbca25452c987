import HTTPTypes

/// How the end of a request's body is found (RFC 9112 §6.3).
public enum BodyFraming: Sendable, Hashable {
    /// There is no body.
    case none
    /// So many bytes, from Content-Length.
    case length(Int)
    /// Chunks, the last of them empty (RFC 9112 §7.1).
    case chunked

    /// Whether nothing of a body follows the head.
    public var isEmpty: Bool { self == .none || self == .length(0) }
}

extension BodyFraming {
    /// Reads the fields that frame a body; whatever a second reader could understand otherwise is
    /// refused (RFC 9112 §6.1, §11.2).
    init(
        lengths: [String],
        codings: [String],
        minorVersion: Int
    ) throws(RequestError) {
        guard codings.isEmpty else {
            guard lengths.isEmpty else { throw .transferEncodingWithContentLength }
            // §6.1: HTTP/1.0 has no transfer codings; whoever sends one lies about its version.
            guard minorVersion >= 1 else { throw .transferEncodingInOldVersion }
            switch TransferCodings(codings) {
            case .chunked: self = .chunked
            case .unknown(let coding): throw .unsupportedTransferEncoding(coding)
            case .malformed: throw .malformedTransferEncoding
            }
            return
        }
        guard lengths.count <= 1 else { throw .repeatedContentLength }
        guard let text = lengths.first else {
            self = .none
            return
        }
        guard !text.contains(",") else { throw .repeatedContentLength }
        guard let length = ContentLength.parse(text) else { throw .malformedContentLength }
        self = .length(length)
    }
}

/// The decimal number of Content-Length (RFC 9110 §8.6).
enum ContentLength {
    /// - Returns: `nil` unless the text is one to eighteen digits, which always fit an `Int`.
    static func parse(_ text: String) -> Int? {
        guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy(\.isDigit) else {
            return nil
        }
        return Int(text)
    }
}

/// What the lines of Transfer-Encoding say together (RFC 9112 §6.1).
enum TransferCodings: Equatable {
    /// `chunked` alone, in any case.
    case chunked
    /// Tokens, of which this one is none that we read.
    case unknown(String)
    /// No list of tokens, or `chunked` twice or before another coding: where the body ends is then
    /// anybody's guess (§6.3).
    case malformed

    init(_ lines: [String]) {
        let names = lines.flatMap { line in
            line.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
                .map(\.trimmingBlanks)
        }
        guard names.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isToken) }) else {
            self = .malformed
            return
        }
        let codings = names.map { Substring($0).lowercased() }
        let places = codings.indices.filter { codings[$0] == "chunked" }
        switch (places.count, places.first) {
        case (0, _): self = .unknown(codings.joined(separator: ", "))
        case (1, codings.count - 1):
            self = codings.count == 1 ? .chunked : .unknown(codings[0])
        default: self = .malformed
        }
    }
}

import HTTPTypes

/// The first line of a request: `method SP request-target SP HTTP-version` (RFC 9112 §3).
struct RequestLine: Sendable {
    let method: HTTPRequest.Method
    let target: RequestTarget
    /// 0, or 1 for every later minor version (RFC 9110 §2.5).
    let minorVersion: Int

    /// What routes may be asked for; CONNECT and TRACE have no place here.
    private static let methods = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS",
    ]

    init(_ line: [UInt8]) throws(RequestError) {
        let parts = line.split(separator: .space, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty,
            parts[0].allSatisfy(\.isToken)
        else { throw .malformedRequestLine }
        minorVersion = try Self.minorVersion(parts[2])
        let name = String(decoding: parts[0], as: UTF8.self)
        guard Self.methods.contains(name), let method = HTTPRequest.Method(name) else {
            throw .unknownMethod(name)
        }
        self.method = method
        target = try RequestTarget(bytes: parts[1], method: name)
    }

    /// `HTTP/` and two single digits (RFC 9112 §2.3).
    private static func minorVersion(_ bytes: ArraySlice<UInt8>) throws(RequestError) -> Int {
        let start = bytes.startIndex
        guard bytes.count == 8, bytes.starts(with: "HTTP/".utf8), bytes[start + 5].isDigit,
            bytes[start + 6] == UInt8(ascii: "."), bytes[start + 7].isDigit
        else { throw .malformedRequestLine }
        guard bytes[start + 5] == UInt8(ascii: "1") else {
            throw .unsupportedVersion(String(decoding: bytes, as: UTF8.self))
        }
        return bytes[start + 7] == UInt8(ascii: "0") ? 0 : 1
    }
}

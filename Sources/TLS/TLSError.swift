internal import COpenSSL

/// Why a certificate cannot be used; the operator mends it.
public enum TLSConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No readable PEM file with a certificate, or a chain of them, is there.
    case certificate(file: String, cause: String)
    /// No readable PEM file with a private key is there.
    case key(file: String, cause: String)
    /// The private key is not the certificate's.
    case mismatch(certificate: String, key: String)
    /// The authorities to be trusted cannot be read.
    case authorities(file: String, cause: String)
    /// The library has no memory left or refuses what every build of it has.
    case library(cause: String)

    public var description: String {
        switch self {
        case .certificate(let file, let cause):
            "\(file) holds no usable certificate in PEM form: \(cause)"
        case .key(let file, let cause):
            "\(file) holds no usable private key in PEM form: \(cause)"
        case .mismatch(let certificate, let key):
            "the key in \(key) is not that of the certificate in \(certificate)"
        case .authorities(let file, let cause):
            "\(file) holds no usable authorities in PEM form: \(cause)"
        case .library(let cause): "OpenSSL: \(cause)"
        }
    }
}

/// Why a connection's TLS failed; it is then closed.
public enum TLSFailure: Error, Hashable, Sendable {
    /// The peer broke the protocol, offered nothing that is allowed here, or its certificate is not
    /// trusted. `reason` is OpenSSL's number for it.
    case handshake(reason: Int32)
    /// A record could not be opened, or came where none may come (a renegotiation).
    case record(reason: Int32)
    /// The peer speaks HTTP without TLS.
    case plainHTTP
}

/// OpenSSL's queue of errors of this thread.
enum ErrorQueue {
    /// Takes the oldest error, and empties the queue.
    static func take() -> UInt {
        let first = ERR_get_error()
        ERR_clear_error()
        return first
    }

    static func reason() -> Int32 { copenssl_error_reason(take()) }

    /// The oldest error in words.
    static func text() -> String {
        let code = take()
        guard code != 0 else { return "no further cause" }
        var text = [CChar](repeating: 0, count: 256)
        ERR_error_string_n(code, &text, text.count)
        let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        // error:0A000126:SSL routines::unexpected eof
        let words = String(decoding: bytes, as: UTF8.self)
        return words.split(separator: ":").last.map(String.init) ?? words
    }
}

internal import COpenSSL

/// One connection's TLS without a socket: records in, bytes out, and the other way round, through
/// its shard's pipe. Used on the pipe's thread only.
public final class TLSSession {
    /// Which end we are; a client names the server, whose certificate must be for that name.
    public enum Role: Hashable, Sendable {
        case server
        case client(host: String)
    }

    /// What a read brought.
    public enum Read: Hashable, Sendable {
        /// So many bytes.
        case bytes(Int)
        /// Nothing more until further records come.
        case needsMore
        /// The peer says that nothing more follows (RFC 8446 §6.1).
        case ended
    }

    private let handle: OpaquePointer
    private let pipe: TLSPipe
    /// Both ends have proved the keys; bytes may be sent.
    public private(set) var isEstablished = false
    /// The peer has said that nothing more follows.
    public private(set) var hasEnded = false

    /// - Throws: `TLSConfigurationError.library` when memory is out, or a host is no name.
    public init(
        _ context: TLSContext,
        as role: Role,
        through pipe: TLSPipe
    ) throws(TLSConfigurationError) {
        guard let handle = context.session() else { throw .library(cause: ErrorQueue.text()) }
        self.handle = handle
        self.pipe = pipe
        BIO_up_ref(pipe.bio)
        BIO_up_ref(pipe.bio)
        SSL_set0_rbio(handle, pipe.bio)
        SSL_set0_wbio(handle, pipe.bio)
        switch role {
        case .server: SSL_set_accept_state(handle)
        case .client(let host):
            SSL_set_connect_state(handle)
            var names = [UInt8(8)] + Array("http/1.1".utf8)
            SSL_set_alpn_protos(handle, &names, UInt32(names.count))
            try name(host)
        }
    }

    deinit {
        SSL_free(handle)
    }

    /// The certificate must be for this name or address (RFC 9525).
    private func name(_ host: String) throws(TLSConfigurationError) {
        let bare =
            host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        let parameters = SSL_get0_param(handle)
        if X509_VERIFY_PARAM_set1_ip_asc(parameters, bare) == 1 { return }
        ERR_clear_error()
        guard copenssl_set_host_name(handle, bare) == 1, SSL_set1_host(handle, bare) == 1 else {
            throw .library(cause: ErrorQueue.text())
        }
    }

    /// Goes on with the handshake, as far as the lent records lead; what has to be sent stands in
    /// the pipe's output, also when it fails.
    /// - Returns: whether it is done.
    public func handshake() throws(TLSFailure) -> Bool {
        if isEstablished { return true }
        let result = SSL_do_handshake(handle)
        if result == 1 {
            isEstablished = true
            return true
        }
        switch SSL_get_error(handle, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE:
            ERR_clear_error()
            return false
        default:
            let reason = ErrorQueue.reason()
            throw reason == SSL_R_HTTP_REQUEST ? .plainHTTP : .handshake(reason: reason)
        }
    }

    /// Opens the next of the lent records.
    /// - Parameter place: not empty; a record has at most 16 KiB.
    /// - Returns: what it brought.
    /// - Throws: `TLSFailure.record`.
    public func read(into place: UnsafeMutableRawBufferPointer) throws(TLSFailure) -> Read {
        var count = 0
        let result = SSL_read_ex(handle, place.baseAddress, place.count, &count)
        if result == 1 { return .bytes(count) }
        switch SSL_get_error(handle, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE:
            ERR_clear_error()
            return .needsMore
        case SSL_ERROR_ZERO_RETURN:
            hasEnded = true
            return .ended
        default: throw .record(reason: ErrorQueue.reason())
        }
    }

    /// Seals bytes as records at the end of the pipe's output.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(TLSFailure) {
        guard !bytes.isEmpty else { return }
        var count = 0
        // The pipe takes all; so it is all or a failure.
        guard SSL_write_ex(handle, bytes.baseAddress, bytes.count, &count) == 1 else {
            throw .record(reason: ErrorQueue.reason())
        }
    }

    /// Says that nothing more follows (RFC 8446 §6.1), at the end of the pipe's output.
    public func end() {
        guard isEstablished else { return }
        SSL_shutdown(handle)
        ERR_clear_error()
    }

    /// Whether a ticket saved the full handshake.
    public var isResumed: Bool { SSL_session_reused(handle) == 1 }

    /// `TLSv1.2` or `TLSv1.3`.
    public var version: String { SSL_get_version(handle).map { String(cString: $0) } ?? "" }
}

internal import COpenSSL
internal import OpenSSL
internal import Synchronization

/// What the sessions of one listener, or of one kind of client, have in common: TLS 1.2 and 1.3
/// (RFC 5246, 8446), ALPN (RFC 7301), tickets (RFC 5077, 8446 §2.2). Shared by all shards.
public final class TLSContext: Sendable {
    /// PEM files of a server: its certificate with the chain to an authority, and its private key.
    public struct Identity: Hashable, Sendable {
        public let certificate: String
        public let key: String

        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// An `SSL_CTX`, which counts its references and is not changed once it is made.
    private struct Made: @unchecked Sendable {
        // OpenSSL guards it: SSL_CTX is safe for many threads that only read it.
        let context: OpaquePointer
    }

    private let made: Mutex<Made>
    private let identity: Identity?
    /// Seals the tickets of all contexts that follow one another, so that a reload keeps them.
    private let ticketKeys: [UInt8]

    /// A server's.
    /// - Throws: what is wrong with the files.
    public init(server identity: Identity) throws(TLSConfigurationError) {
        do {
            ticketKeys = try SecureRandom.bytes(80)
        } catch {
            throw .library(cause: "no randomness")
        }
        self.identity = identity
        made = Mutex(Made(context: try Self.make(server: identity, ticketKeys)))
    }

    /// A client's.
    /// - Parameter authorities: a PEM file of the authorities to be trusted; `nil` trusts those of
    ///   the system.
    /// - Throws: `TLSConfigurationError.authorities` when the file cannot be used.
    public init(clientTrusting authorities: String?) throws(TLSConfigurationError) {
        identity = nil
        ticketKeys = []
        let context = try Self.make()
        made = Mutex(Made(context: context))
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        if let authorities {
            guard SSL_CTX_load_verify_locations(context, authorities, nil) == 1 else {
                throw .authorities(file: authorities, cause: ErrorQueue.text())
            }
        } else {
            SSL_CTX_set_default_verify_paths(context)
        }
    }

    deinit {
        made.withLock { SSL_CTX_free($0.context) }
    }

    /// Reads the files anew: connections from now on get the new certificate, those that stand keep
    /// theirs. When that fails, all stays as it was.
    public func reload() throws(TLSConfigurationError) {
        guard let identity else { return }
        let fresh = Made(context: try Self.make(server: identity, ticketKeys))
        made.withLock { made in
            // Sessions hold references of their own.
            SSL_CTX_free(made.context)
            made = fresh
        }
    }

    /// A new session's handle.
    func session() -> OpaquePointer? {
        made.withLock { SSL_new($0.context) }
    }

    private static func make() throws(TLSConfigurationError) -> OpaquePointer {
        guard let context = SSL_CTX_new(TLS_method()) else {
            throw .library(cause: ErrorQueue.text())
        }
        _ = copenssl_ctx_set_min_version(context, TLS1_2_VERSION)
        // Buffers of resting sessions are given back; a write may be tried again from elsewhere.
        _ = copenssl_ctx_set_mode(
            context,
            Int(SSL_MODE_RELEASE_BUFFERS) | Int(SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER)
        )
        // A peer that renegotiates costs a handshake at each of its whims.
        _ = copenssl_ctx_set_options(context)
        // Of TLS 1.2 what has forward secrecy and authenticated encryption (RFC 9325 §4.2).
        guard
            SSL_CTX_set_cipher_list(
                context,
                "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL:!PSK:!SRP"
            ) == 1
        else {
            SSL_CTX_free(context)
            throw .library(cause: ErrorQueue.text())
        }
        return context
    }

    private static func make(
        server identity: Identity,
        _ ticketKeys: [UInt8]
    ) throws(TLSConfigurationError) -> OpaquePointer {
        let context = try make()
        do throws(TLSConfigurationError) {
            try load(identity, into: context)
        } catch {
            SSL_CTX_free(context)
            throw error
        }
        // Tickets carry the sessions; the server keeps none.
        _ = copenssl_ctx_set_cache_mode(context, Int(SSL_SESS_CACHE_OFF))
        SSL_CTX_set_num_tickets(context, 1)
        var keys = ticketKeys
        _ = copenssl_ctx_set_ticket_keys(context, &keys, keys.count)
        SSL_CTX_set_alpn_select_cb(
            context,
            { _, chosen, length, offered, offeredLength, _ in
                TLSContext.selectProtocol(chosen, length, offered, offeredLength)
            },
            nil
        )
        return context
    }

    private static func load(
        _ identity: Identity,
        into context: OpaquePointer
    ) throws(TLSConfigurationError) {
        guard SSL_CTX_use_certificate_chain_file(context, identity.certificate) == 1 else {
            throw .certificate(file: identity.certificate, cause: ErrorQueue.text())
        }
        guard SSL_CTX_use_PrivateKey_file(context, identity.key, SSL_FILETYPE_PEM) == 1 else {
            let error = ERR_peek_error()
            guard copenssl_error_reason(error) != X509_R_KEY_VALUES_MISMATCH else {
                ERR_clear_error()
                throw .mismatch(certificate: identity.certificate, key: identity.key)
            }
            throw .key(file: identity.key, cause: ErrorQueue.text())
        }
    }

    /// `http/1.1` where it is offered; an offer without it is refused (RFC 7301 §3.2).
    private static func selectProtocol(
        _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
        _ length: UnsafeMutablePointer<UInt8>?,
        _ offered: UnsafePointer<UInt8>?,
        _ offeredLength: UInt32
    ) -> Int32 {
        let name = Array("http/1.1".utf8)
        let list = UnsafeBufferPointer(start: offered, count: Int(offeredLength))
        var place = 0
        while place < list.count {
            let end = place + 1 + Int(list[place])
            guard end <= list.count else { break }
            if list[(place + 1)..<end].elementsEqual(name) {
                chosen?.pointee = offered.map { $0 + place + 1 }
                length?.pointee = list[place]
                return SSL_TLSEXT_ERR_OK
            }
            place = end
        }
        return SSL_TLSEXT_ERR_ALERT_FATAL
    }
}

public import TLS

extension Settings {
    /// Whether browsers reach the server by TLS, its own or a proxy's.
    var isReachedByTLS: Bool { isTLS || !certificate.isEmpty }

    /// What the server speaks TLS with; `nil` where it speaks plain HTTP.
    public func makeTLS() throws(StartFailure) -> TLSContext? {
        guard certificate.isEmpty == key.isEmpty else { throw .halfIdentity }
        guard !certificate.isEmpty else { return nil }
        do throws(TLSConfigurationError) {
            return try TLSContext(
                server: TLSContext.Identity(certificate: certificate, key: key)
            )
        } catch {
            throw .tls(error)
        }
    }
}

internal import Foundation
public import TLS

/// What a server speaks TLS with.
public struct ServerTLS: Sendable {
    public let context: TLSContext
    /// The authority that phones are to be told to trust, where the server is its own.
    public let authority: LocalAuthority?
    /// That of the authority, as phones show it.
    public let fingerprint: String?

    /// Reads the files of `identity`.
    init(
        _ identity: TLSContext.Identity,
        authority: LocalAuthority? = nil
    ) throws(StartFailure) {
        do throws(TLSConfigurationError) {
            context = try TLSContext(server: identity)
            fingerprint = try authority?.fingerprint()
        } catch {
            throw .tls(error)
        }
        self.authority = authority
    }
}

extension Settings {
    /// Whether browsers reach the server by TLS, its own or a proxy's.
    var isReachedByTLS: Bool { isTLS || isLAN || !certificate.isEmpty }

    /// What the server speaks TLS with; `nil` where it speaks plain HTTP. A local network's
    /// certificate is made at the first call, in the data folder.
    public func makeTLS() throws(StartFailure) -> ServerTLS? {
        guard certificate.isEmpty == key.isEmpty else { throw .halfIdentity }
        if !certificate.isEmpty {
            let identity = TLSContext.Identity(certificate: certificate, key: key)
            return try ServerTLS(identity)
        }
        guard isLAN else { return nil }
        let own = try LANIdentity(
            folder: data,
            hosts: Self.lanHosts(
                interfaces: Host.current().addresses,
                name: ProcessInfo.processInfo.hostName
            )
        )
        return try ServerTLS(own.identity, authority: own.authority)
    }
}

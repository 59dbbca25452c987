internal import Foundation
public import TLS

/// What a server speaks TLS with.
public struct ServerTLS: Sendable {
    public let context: TLSContext
    /// The authority that phones are to be told to trust, where the server is its own.
    public let authority: LocalAuthority?
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
            return ServerTLS(context: try Self.context(identity), authority: nil)
        }
        guard isLAN else { return nil }
        let own = try LANIdentity(
            folder: data,
            hosts: Self.lanHosts(
                interfaces: Host.current().addresses,
                name: ProcessInfo.processInfo.hostName
            )
        )
        return ServerTLS(context: try Self.context(own.identity), authority: own.authority)
    }

    private static func context(
        _ identity: TLSContext.Identity
    ) throws(StartFailure) -> TLSContext {
        do throws(TLSConfigurationError) {
            return try TLSContext(server: identity)
        } catch {
            throw .tls(error)
        }
    }
}

// Certificates for tests, of an authority of their own.
import Foundation
public import TLS

/// A folder with an authority, and a server's certificate of it for some hosts.
public final class Papers {
    private let folder: URL
    private let authority: LocalAuthority

    public init(hosts: [String] = ["localhost", "127.0.0.1"]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        authority = try LocalAuthority(name: "Tests")
        try write(authority.certificate, to: "authority.pem")
        try issue(for: hosts)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    public func path(_ name: String) -> String { folder.appending(path: name).path }

    public func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    /// A fresh certificate at the same place.
    public func issue(for hosts: [String]) throws {
        let made = try authority.identity(for: hosts)
        try write(made.certificate, to: "server.pem")
        try write(made.key, to: "server.key")
    }

    public var identity: TLSContext.Identity {
        TLSContext.Identity(certificate: path("server.pem"), key: path("server.key"))
    }

    public func server() throws -> TLSContext { try TLSContext(server: identity) }

    public func client() throws -> TLSContext {
        try TLSContext(clientTrusting: path("authority.pem"))
    }
}

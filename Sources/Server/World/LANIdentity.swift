internal import Foundation
internal import TLS

/// The certificate that the server makes for itself in a local network, and the authority that signed
/// it; kept in the data folder, so that phones that trust it once trust it after a restart too.
struct LANIdentity {
    /// A certificate with fewer days left is made anew, as is one that lacks an address.
    private static let leastDays = 30

    let authority: LocalAuthority
    let identity: TLSContext.Identity

    /// `folder`: of the data; `hosts`: names and addresses that the certificate is to be for.
    init(folder: String, hosts: [String]) throws(StartFailure) {
        let place = URL(filePath: folder).appending(path: "lan")
        do {
            try FileManager.default.createDirectory(
                at: place,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            let authority = try Self.authority(in: place)
            let certificate = place.appending(path: "server.pem")
            let key = place.appending(path: "server.key")
            let kept = try? String(contentsOf: certificate, encoding: .utf8)
            if kept.map({ authority.hasSigned($0, for: hosts, days: Self.leastDays) }) != true {
                let made = try authority.identity(for: hosts)
                // The key first: a certificate without its key is made anew at the next start.
                try Self.write(made.key, to: key, isSecret: true)
                try Self.write(made.certificate, to: certificate, isSecret: false)
            }
            self.authority = authority
            identity = TLSContext.Identity(certificate: certificate.path, key: key.path)
        } catch let error as TLSConfigurationError {
            throw .tls(error)
        } catch {
            throw .other("the certificate in \(place.path) cannot be made: \(error)")
        }
    }

    private static func authority(in place: URL) throws -> LocalAuthority {
        let certificate = place.appending(path: "authority.pem")
        let key = place.appending(path: "authority.key")
        if FileManager.default.fileExists(atPath: certificate.path) {
            return LocalAuthority(
                certificate: try String(contentsOf: certificate, encoding: .utf8),
                key: try String(contentsOf: key, encoding: .utf8)
            )
        }
        let made = try LocalAuthority(name: "Luyan \(ProcessInfo.processInfo.hostName)")
        try write(made.key, to: key, isSecret: true)
        try write(made.certificate, to: certificate, isSecret: false)
        return made
    }

    /// Whole or missing, never cut short; a secret for its owner alone from its first byte.
    private static func write(_ text: String, to file: URL, isSecret: Bool) throws {
        let draft = file.appendingPathExtension("new")
        let files = FileManager.default
        if files.fileExists(atPath: draft.path) { try files.removeItem(at: draft) }
        let isMade = files.createFile(
            atPath: draft.path,
            contents: Data(text.utf8),
            attributes: [.posixPermissions: isSecret ? 0o600 : 0o644]
        )
        guard isMade else { throw CocoaError(.fileWriteUnknown) }
        if files.fileExists(atPath: file.path) { try files.removeItem(at: file) }
        try files.moveItem(at: draft, to: file)
    }
}

extension Settings {
    /// What a certificate for this machine is for: its addresses and names.
    static func lanHosts(interfaces: [String], name: String) -> [String] {
        let addresses = interfaces.filter { !$0.contains("%") && $0 != "127.0.0.1" && $0 != "::1" }
        let names = name.isEmpty || name == "localhost" ? [] : [name]
        // Addresses that phones type first: the first host is the certificate's subject.
        return addresses.sorted { !$0.contains(":") && $1.contains(":") }
            + ["127.0.0.1", "::1", "localhost"] + names
    }
}

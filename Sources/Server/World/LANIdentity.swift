internal import Foundation
internal import Storage
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
        do {
            let files = try TextFolder("lan", in: folder)
            authority = try Self.authority(in: files)
            let kept = try files.read("server.pem")
            let fits = kept.map { [authority] in
                authority.hasSigned($0, for: hosts, days: Self.leastDays)
            }
            if fits != true {
                let made = try authority.identity(for: hosts)
                // The key first: a certificate that does not fit is made anew at the next start.
                try files.write(made.key, to: "server.key", isSecret: true)
                try files.write(made.certificate, to: "server.pem", isSecret: false)
            }
            identity = TLSContext.Identity(
                certificate: files.path(of: "server.pem"),
                key: files.path(of: "server.key")
            )
        } catch let error as TLSConfigurationError {
            throw .tls(error)
        } catch let error as StorageError {
            throw .storage(error, folder: folder)
        } catch {
            throw .other("\(error)")
        }
    }

    private static func authority(in files: TextFolder) throws -> LocalAuthority {
        if let certificate = try files.read("authority.pem") {
            guard let key = try files.read("authority.key") else {
                let file = files.path(of: "authority.key")
                throw TLSConfigurationError.key(file: file, cause: "there is no such file")
            }
            return LocalAuthority(certificate: certificate, key: key)
        }
        let made = try LocalAuthority(name: "Luyan \(ProcessInfo.processInfo.hostName)")
        try files.write(made.key, to: "authority.key", isSecret: true)
        try files.write(made.certificate, to: "authority.pem", isSecret: false)
        return made
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

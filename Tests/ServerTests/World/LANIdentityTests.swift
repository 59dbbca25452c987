// Proves that a local network's certificate is for every address of the machine, and is made anew
// when that changes or it is about to end; the authority stays.
import Foundation
import TLS
import Testing

@testable import Server

struct LANIdentityTests {
    @Test func `the certificate names addresses first, names last, zones never`() {
        #expect(
            Settings.lanHosts(
                interfaces: ["fe80::1%eth0", "::1", "2001:db8::7", "127.0.0.1", "10.0.0.7"],
                name: "hall"
            ) == ["10.0.0.7", "2001:db8::7", "127.0.0.1", "::1", "localhost", "hall"]
        )
        #expect(
            Settings.lanHosts(interfaces: [], name: "localhost")
                == ["127.0.0.1", "::1", "localhost"]
        )
    }

    @Test func `it is kept while it fits, and made anew when it does not`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lan-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let first = try LANIdentity(folder: folder, hosts: ["10.0.0.7", "localhost"])
        let pem = try String(contentsOfFile: first.identity.certificate, encoding: .utf8)
        #expect(first.authority.hasSigned(pem, for: ["10.0.0.7"], days: 365))
        let again = try LANIdentity(folder: folder, hosts: ["localhost", "10.0.0.7"])
        #expect(try String(contentsOfFile: again.identity.certificate, encoding: .utf8) == pem)
        let moved = try LANIdentity(folder: folder, hosts: ["10.0.0.8"])
        let other = try String(contentsOfFile: moved.identity.certificate, encoding: .utf8)
        #expect(other != pem)
        #expect(moved.authority.hasSigned(other, for: ["10.0.0.8"], days: 365))
        #expect(try moved.authority.fingerprint() == first.authority.fingerprint())
        // The context proves that key and certificate belong together.
        _ = try TLSContext(server: moved.identity)
    }
}

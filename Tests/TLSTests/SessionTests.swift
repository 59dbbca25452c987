// Proves that two ends agree on keys, carry bytes in records cut anywhere, and refuse what is not to
// be trusted.
import TLS
import TLSTestSupport
import Testing

struct SessionTests {
    @Test(arguments: [1, 7, 1_000, Int.max])
    func `bytes go both ways, in records cut anywhere`(piece: Int) throws {
        let papers = try Papers()
        let server = try End(try papers.server(), as: .server)
        let client = try End(try papers.client(), as: .client(host: "localhost"))
        try shakeHands(client, server, piece: piece)
        #expect(client.session.version == "TLSv1.3")
        let long = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        _ = try server.take(try client.say(long), piece: piece)
        _ = try client.take(try server.say([1, 2, 3]), piece: piece)
        #expect(server.read == long)
        #expect(client.read == [1, 2, 3])
    }

    @Test func `the end of one is told to the other`() throws {
        let papers = try Papers()
        let server = try End(try papers.server(), as: .server)
        let client = try End(try papers.client(), as: .client(host: "127.0.0.1"))
        try shakeHands(client, server)
        client.pipe.clearOutput()
        client.session.end()
        _ = try server.take([UInt8](client.pipe.output))
        #expect(server.hasEnded)
    }

    @Test(arguments: ["example.org", "127.0.0.2", "localhos"])
    func `a certificate for another name is refused`(host: String) throws {
        let papers = try Papers()
        let server = try End(try papers.server(), as: .server)
        let client = try End(try papers.client(), as: .client(host: host))
        let hello = try client.take([])
        let answer = try server.take(hello)
        #expect(throws: TLSFailure.self) { _ = try client.take(answer) }
        #expect(!client.session.isEstablished)
    }

    @Test func `an authority that is not trusted is refused`() throws {
        let server = try End(try Papers().server(), as: .server)
        let client = try End(try Papers().client(), as: .client(host: "localhost"))
        let answer = try server.take(try client.take([]))
        #expect(throws: TLSFailure.self) { _ = try client.take(answer) }
    }

    @Test func `a changed record is refused`() throws {
        let papers = try Papers()
        let server = try End(try papers.server(), as: .server)
        let client = try End(try papers.client(), as: .client(host: "localhost"))
        try shakeHands(client, server)
        var records = try client.say([1, 2, 3])
        records[records.count - 1] ^= 1
        let forged = records
        #expect(throws: TLSFailure.self) { _ = try server.take(forged) }
        #expect(server.read.isEmpty)
    }

    @Test func `what is no TLS is refused, and HTTP is known for what it is`() throws {
        let papers = try Papers()
        let server = try End(try papers.server(), as: .server)
        #expect(throws: TLSFailure.plainHTTP) {
            _ = try server.take(Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
        }
        let other = try End(try papers.server(), as: .server)
        #expect(throws: TLSFailure.self) { _ = try other.take([UInt8](repeating: 7, count: 200)) }
    }

    @Test func `a reload changes the certificate and keeps what stands`() throws {
        let papers = try Papers(hosts: ["old.example"])
        let context = try papers.server()
        let server = try End(context, as: .server)
        let client = try End(try papers.client(), as: .client(host: "old.example"))
        try shakeHands(client, server)
        try papers.issue(for: ["new.example"])
        try context.reload()
        _ = try server.take(try client.say([9]))
        #expect(server.read == [9])
        try shakeHands(
            try End(try papers.client(), as: .client(host: "new.example")),
            try End(context, as: .server)
        )
    }

    @Test func `a reload of bad files changes nothing`() throws {
        let papers = try Papers()
        let context = try papers.server()
        try papers.write("no certificate", to: "server.pem")
        #expect(throws: TLSConfigurationError.self) { try context.reload() }
        try shakeHands(
            try End(try papers.client(), as: .client(host: "localhost")),
            try End(context, as: .server)
        )
    }

    @Test func `files that cannot be used are named`() throws {
        let papers = try Papers()
        let other = try Papers()
        let missing = TLSContext.Identity(
            certificate: "/none/a.pem",
            key: papers.path("server.key")
        )
        #expect(throws: TLSConfigurationError.self) { _ = try TLSContext(server: missing) }
        let mixed = TLSContext.Identity(
            certificate: papers.path("server.pem"),
            key: other.path("server.key")
        )
        #expect(
            throws: TLSConfigurationError.mismatch(
                certificate: papers.path("server.pem"),
                key: other.path("server.key")
            )
        ) { _ = try TLSContext(server: mixed) }
        try papers.write("junk", to: "server.key")
        #expect {
            _ = try TLSContext(server: papers.identity)
        } throws: { error in
            guard case .key(file: papers.path("server.key"), _) = error as? TLSConfigurationError
            else { return false }
            return true
        }
        #expect {
            _ = try TLSContext(clientTrusting: "/none/authorities.pem")
        } throws: { error in
            guard case .authorities = error as? TLSConfigurationError else { return false }
            return true
        }
    }
}

struct LocalAuthorityTests {
    @Test func `a certificate is known by its authority, its hosts and its days`() throws {
        let authority = try LocalAuthority(name: "Luyan")
        let made = try authority.identity(for: ["10.0.0.7", "fe80::1", "hall.local"], days: 90)
        #expect(authority.hasSigned(made.certificate, for: ["10.0.0.7", "hall.local"], days: 89))
        #expect(authority.hasSigned(made.certificate, for: ["fe80::1"], days: 1))
        #expect(!authority.hasSigned(made.certificate, for: ["10.0.0.8"], days: 1))
        #expect(!authority.hasSigned(made.certificate, for: ["10.0.0.7"], days: 91))
        let other = try LocalAuthority(name: "Luyan")
        #expect(!other.hasSigned(made.certificate, for: ["10.0.0.7"], days: 1))
        #expect(!authority.hasSigned("junk", for: [], days: 1))
    }

    @Test func `a fingerprint is 32 pairs, another for each authority`() throws {
        let authority = try LocalAuthority(name: "Luyan")
        let fingerprint = try authority.fingerprint()
        #expect(fingerprint.split(separator: ":").count == 32)
        #expect(fingerprint.count == 95)
        #expect(try LocalAuthority(name: "Luyan").fingerprint() != fingerprint)
        let again = LocalAuthority(certificate: authority.certificate, key: authority.key)
        #expect(try again.fingerprint() == fingerprint)
    }
}

internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import OpenSSL
internal import Storage
internal import Wire

/// Two-step sign-in by an authenticator application (RFC 6238).
extension API {
    private static let recoveryCount = 10

    /// Offers a secret: `{"secret", "otpauth"}`. Nothing changes before a code of it was seen.
    func enrolTwoStep(_ request: Request) async throws(WireError) -> Response {
        let (person, account) = try owned()
        try await requirePassword(try object(request), of: account)
        guard !account.isTwoStep else {
            throw .badAccount("twoStep", "off before a new secret is made")
        }
        let secret = try await stored { () -> [UInt8] in
            let secret = try TOTP.newSecret()
            try await world.store.people.offerTwoStep(secret, to: person.id)
            return secret
        }
        let address = TOTP.address(
            secret: secret,
            account: account.contact,
            issuer: world.settings.nameEnglish
        )
        return json { writer in
            writer.member("secret", Base32.encode(secret))
            writer.member("otpauth", address)
        }
    }

    /// Turns it on by a first code: `{"recoveryCodes"}`, told this once. Other sign-ins end.
    func confirmTwoStep(_ request: Request) async throws(WireError) -> Response {
        let (person, account) = try owned()
        guard let code = try object(request)["code"]?.text, code.utf8.count <= 64 else {
            throw .badAccount("code", "6 digits")
        }
        try world.signIns.take(account: "second step of \(account.person)")
        let now = Int64(clamping: world.clock.now().milliseconds / 1_000)
        guard !account.isTwoStep, let secret = account.totp,
            let step = TOTP.verify(code.filter { !$0.isWhitespace }, secret: secret, at: now)
        else { throw .codeRefused }
        let kept = session
        let (codes, ended) = try await stored { () -> ([String], [Digest]) in
            let codes = try (0..<Self.recoveryCount).map { _ in try Self.newRecoveryCode() }
            let ended = try await world.store.people.turnOnTwoStep(
                of: person.id,
                usedStep: step,
                recovery: codes.map { Self.digest(ofRecovery: $0, of: person.id) },
                keeping: kept
            )
            return (codes, ended)
        }
        for session in ended { world.closeSockets(of: session) }
        return json { writer in
            writer.member(
                "recoveryCodes",
                array: { array in
                    for code in codes { array.string("\(code.prefix(5))-\(code.dropFirst(5))") }
                }
            )
        }
    }

    /// Turns it off; the password is asked for again.
    func removeTwoStep(_ request: Request) async throws(WireError) -> Response {
        let (person, account) = try owned()
        try await requirePassword(try object(request), of: account)
        guard account.isTwoStep else { return Response(status: .noContent) }
        try await stored { try await world.store.people.turnOffTwoStep(of: person.id) }
        return Response(status: .noContent)
    }

    /// Whether a code is of the application, or one of recovery; either is used up.
    func isSecondStep(
        _ code: String,
        of account: Account,
        at now: Timestamp
    ) async throws(WireError) -> Bool {
        let people = world.store.people
        let seconds = Int64(clamping: now.milliseconds / 1_000)
        if let secret = account.totp,
            let step = TOTP.verify(code, secret: secret, at: seconds, after: account.lastStep)
        {
            return try await stored { try await people.useStep(step, of: account.person) }
        }
        guard code.utf8.count == 10 else { return false }
        let digest = Self.digest(ofRecovery: code.uppercased(), of: account.person)
        return try await stored { try await people.useRecoveryCode(digest, of: account.person) }
    }

    /// Ten characters of base32: 50 bits, far beyond what the limits let anybody try.
    private static func newRecoveryCode() throws(OpenSSLError) -> String {
        String(Base32.encode(try SecureRandom.bytes(7)).prefix(10))
    }

    private static func digest(ofRecovery code: String, of person: Int64) -> Digest {
        SHA256.hash(Array("luyan/recovery/1 \(person) \(code)".utf8))
    }
}

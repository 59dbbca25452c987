internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import Logging
internal import Mail
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

// Codes that prove a contact: sent, kept by their digest, and used once.
extension API {
    /// Milliseconds that a code is good for, and how often it may be tried.
    static let codeLife: Int64 = 10 * 60_000
    static let codeTries = 5

    /// What a contact is told.
    enum Notice { case code, alreadyThere, taken, nothing }

    /// Keeps what waits for a code and tells the contact: `202 {"pending", "expires"}` in every case.
    func send(
        _ notice: Notice,
        to contact: Contact,
        for purpose: Pending.Purpose,
        name: String = "",
        password: String = "",
        person: Int64? = nil
    ) async throws(WireError) -> Response {
        let (token, code) = try await stored { (try Token(), try SecureRandom.digits(6)) }
        let now = world.clock.now()
        let expires = now.advanced(byMilliseconds: Self.codeLife)
        let pending = Pending(
            token: token.digest,
            purpose: purpose,
            contact: contact.text,
            // No code is ever right where somebody has an account: nothing of the stranger's is kept.
            name: notice == .code ? name : "",
            password: notice == .code ? password : "",
            person: person,
            code: notice == .code ? Self.digest(of: code, with: token) : nil,
            expires: expires
        )
        try await stored { try await world.store.people.add(pending) }
        if let body = words(notice, code: code) {
            try await tell(contact, body, until: expires)
        }
        return json(status: .accepted) { writer in
            writer.member("pending", token.text)
            writer.member("expires", expires.milliseconds)
        }
    }

    /// Hands a message over for delivery.
    func tell(
        _ contact: Contact,
        _ body: String,
        until expires: Timestamp
    ) async throws(WireError) {
        let site = world.settings
        let mail = Mail(
            contact.isMail ? .email : .text,
            to: contact.text,
            subject: "\(site.nameChinese) \(site.nameEnglish)",
            body: body,
            until: Int64(clamping: expires.milliseconds)
        )
        do throws(MailError) {
            try await world.mailer.send(mail)
        } catch {
            world.log.error("a message was not taken", metadata: ["cause": "\(error)"])
            throw .unavailable("messages")
        }
    }

    private func words(_ notice: Notice, code: String) -> String? {
        let (chinese, english) = (world.settings.nameChinese, world.settings.nameEnglish)
        switch notice {
        case .nothing: return nil
        case .code:
            return """
                【\(chinese)】验证码 \(code)，10 分钟内有效。任何人向您索要都不要给。如非本人操作，请忽略。

                Your code for \(english) is \(code). It is good for 10 minutes; give it to nobody. \
                If you did not ask for it, ignore this message.
                """
        case .taken:
            return """
                【\(chinese)】有人想把另一个账户的联系方式改为此处，而您已有账户，因此没有更改。如非本人操作，无需理会。

                Somebody wanted to move another account at \(english) to this contact, which has an \
                account already. Nothing was changed.
                """
        case .alreadyThere:
            return """
                【\(chinese)】有人用此联系方式注册，而您已有账户。请直接登录；忘记密码可以重设。

                Somebody tried to register at \(english) with this contact, which has an account \
                already. Sign in, or set a new password if you forgot it.
                """
        }
    }

    /// What waits under the token of a request whose code is right; it is used up.
    func accepted(
        _ request: Request,
        for purpose: Pending.Purpose
    ) async throws(WireError) -> Pending {
        try world.signIns.take(address: client)
        let (token, code) = try tokenAndCode(try object(request), "pending")
        let now = world.clock.now()
        let people = world.store.people
        let pending = try await stored {
            try await people.pending(
                token.digest,
                for: purpose,
                tries: Self.codeTries,
                at: now
            )
        }
        let given = Self.digest(of: code, with: token)
        guard let pending, let wanted = pending.code,
            constantTimeEqual(wanted.bytes, given.bytes),
            try await stored({ try await people.use(pending: token.digest) })
        else { throw .codeRefused }
        return pending
    }

    func tokenAndCode(
        _ json: JSON,
        _ field: String
    ) throws(WireError) -> (Token, String) {
        guard let token = json[field]?.text.flatMap({ Token($0) }) else {
            throw .badAccount(field, "64 hex digits")
        }
        guard let code = json["code"]?.text, code.utf8.count <= 64 else {
            throw .badAccount("code", "6 digits")
        }
        return (token, code.filter { !$0.isWhitespace && $0 != "-" })
    }

    /// The token is not kept, so that the kept digest says nothing of the six digits.
    static func digest(of code: String, with token: Token) -> Digest {
        SHA256.hash(Array((token.text + code).utf8))
    }
}

extension WireError {
    /// One answer for a code that is wrong, used, over, tried too often, or was never sent.
    static let codeRefused = WireError(
        .accountCodeRefused,
        "the code is wrong or is good no more; after five tries ask for a new one"
    )
}

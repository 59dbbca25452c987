internal import HTTP
internal import Ledger
internal import Storage
internal import Wire

// Another contact for an account: proved by a code that is sent there, and told to the one before.
extension API {
    /// `202 {"pending", "expires"}`, also where the contact is somebody's already: only they are told.
    func changeContact(_ request: Request) async throws(WireError) -> Response {
        let account = try owned().account
        let json = try object(request)
        let contact = try Contact.reading(json)
        guard contact.text != account.contact else {
            throw .badAccount("contact", "another one than now")
        }
        try await requirePassword(json, of: account)
        try world.signIns.take(codeTo: contact.text)
        let isFree = try await stored {
            try await world.store.people.account(of: contact.text) == nil
        }
        return try await send(
            isFree ? .code : .taken,
            to: contact,
            for: .contact,
            person: account.person
        )
    }

    /// `200 {"contact"}`: the new one; the one before is told that it signs nobody in any more.
    func confirmContact(_ request: Request) async throws(WireError) -> Response {
        let account = try owned().account
        let pending = try await accepted(request, for: .contact)
        guard pending.person == account.person else { throw .codeRefused }
        let isSet = try await stored {
            try await world.store.people.setContact(pending.contact, of: account.person)
        }
        guard isSet else { throw .codeRefused }
        if let before = Contact(account.contact) {
            let day = world.clock.now().advanced(byMilliseconds: 86_400_000)
            do throws(WireError) {
                try await tell(before, farewell, until: day)
            } catch {
                // The contact is changed all the same; why the message was not taken is in the log.
            }
        }
        return json { $0.member("contact", pending.contact) }
    }

    private var farewell: String {
        let (chinese, english) = (world.settings.nameChinese, world.settings.nameEnglish)
        return """
            【\(chinese)】您的账户已改用另一个联系方式，此联系方式不能再登录。如非本人操作，请立即联系站点管理员。

            Your account at \(english) has another contact now; this one signs in no more. If it was \
            not you who changed it, tell those who run the site at once.
            """
    }
}

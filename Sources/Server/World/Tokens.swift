internal import Ledger
internal import OpenSSL
internal import Storage

/// A secret that opens something: a session or an invitation. The store keeps its digest alone.
struct Token: Sendable {
    /// 64 lower-case hex digits, as they travel.
    let text: String

    /// A new one.
    init() throws(OpenSSLError) {
        text = Hex.encode(try SecureRandom.bytes(32))
    }

    /// One that somebody brought; `nil` where it cannot be one.
    init?(_ text: String) {
        guard text.utf8.count == 64, Hex.decode(text) != nil else { return nil }
        self.text = text
    }

    var digest: Digest { SHA256.hash(Array(text.utf8)) }
}

extension World {
    /// Milliseconds that a session lives.
    static let sessionLife: Int64 = 365 * 86_400_000

    /// A sign-in link's token, kept as its digest.
    func invite(
        to room: RoomID?,
        role: String,
        slot: String?,
        name: String?,
        uses: Int = 1,
        lives milliseconds: Int64
    ) async throws -> (token: Token, expires: Timestamp) {
        let expires = clock.now().advanced(byMilliseconds: milliseconds)
        let token = try await store.people.invite(
            to: room,
            role: role,
            slot: slot,
            name: name,
            uses: uses,
            until: expires
        )
        return (token, expires)
    }
}

extension People {
    /// Makes an invitation and gives its token.
    func invite(
        to room: RoomID?,
        role: String,
        slot: String?,
        name: String?,
        uses: Int = 1,
        until expires: Timestamp
    ) async throws -> Token {
        let token = try Token()
        let invite = Invite(
            token: token.digest,
            room: room,
            role: role,
            slot: slot,
            name: name,
            expires: expires,
            uses: uses
        )
        try await add(invite)
        return token
    }
}

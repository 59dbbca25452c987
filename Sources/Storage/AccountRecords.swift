public import Ledger
public import OpenSSL

/// What a person can sign in with. The secrets in it leave the store for comparing only.
public struct Account: Hashable, Sendable {
    /// Whose it is.
    public let person: Int64
    /// An e-mail address in lower case, or a telephone number that begins with `+`.
    public let contact: String
    /// As `PasswordHash` describes itself.
    public let password: String
    /// Whether nobody can sign in to it any more.
    public let isDisabled: Bool
    /// When it was made.
    public let created: Timestamp
    /// The secret of two-step sign-in, in use or offered.
    public let totp: [UInt8]?
    /// Whether sign-in takes two steps.
    public let isTwoStep: Bool
    /// The last step whose code was used.
    public let lastStep: Int64
    /// What they say of themselves, a JSON object.
    public let profile: String
}

/// One of a person's sign-ins.
public struct SignIn: Hashable, Sendable {
    /// SHA-256 of its token.
    public let token: Digest
    /// When it began; 0 for one older than accounts.
    public let opened: Timestamp
    /// When it was last used, to ten minutes.
    public let seen: Timestamp
    /// When it ends.
    public let expires: Timestamp
    /// What the browser said it is.
    public let device: String
    /// The client's address at its beginning.
    public let address: String
}

/// A session that is about to be opened.
public struct NewSession: Hashable, Sendable {
    let token: Digest
    let opened: Timestamp
    let expires: Timestamp
    let device: String
    let address: String

    /// A session of these values; `token` is SHA-256 of what travels.
    public init(
        token: Digest,
        opened: Timestamp,
        expires: Timestamp,
        device: String,
        address: String
    ) {
        self.token = token
        self.opened = opened
        self.expires = expires
        self.device = device
        self.address = address
    }
}

/// What waits for a code: of a message that was sent, or of an application.
public struct Pending: Hashable, Sendable {
    /// What the code is for.
    public enum Purpose: String, Sendable {
        /// Makes an account.
        case register
        /// Sets a new password.
        case reset
        /// Gives an account another contact.
        case contact
        /// Ends a sign-in of two steps.
        case twoStep = "two_step"
    }

    /// SHA-256 of its token.
    public let token: Digest
    /// What the code is for.
    public let purpose: Purpose
    /// Of the account that is, or is to be.
    public let contact: String
    /// On the card of an account that is to be.
    public let name: String
    /// Of an account that is to be, as `PasswordHash` describes itself.
    public let password: String
    /// Whose two-step sign-in or new password it is.
    public let person: Int64?
    /// SHA-256 of token and code; without one no code is right, and nobody can tell.
    public let code: Digest?
    /// When it ends.
    public let expires: Timestamp

    /// What waits, of these values.
    public init(
        token: Digest,
        purpose: Purpose,
        contact: String,
        name: String = "",
        password: String = "",
        person: Int64? = nil,
        code: Digest? = nil,
        expires: Timestamp
    ) {
        self.token = token
        self.purpose = purpose
        self.contact = contact
        self.name = name
        self.password = password
        self.person = person
        self.code = code
        self.expires = expires
    }
}

/// A person with an account, as operators find them.
public struct FoundPerson: Hashable, Sendable {
    /// Who.
    public let person: Person
    /// Their account.
    public let account: Account
    /// What stands beside their name in place of what they typed.
    public let shown: ShownOrganisation?
}

/// What became of a new account.
public enum Registration: Hashable, Sendable {
    /// It is there; whose it is.
    case made(Person)
    /// The contact, or the person, has an account already.
    case taken
}

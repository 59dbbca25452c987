public import Ledger
public import OpenSSL

/// An organisation as the server knows it.
public struct Organisation: Hashable, Sendable {
    /// What its people say of it.
    public struct Profile: Hashable, Sendable {
        /// Its name in Chinese, or the one it goes by.
        public var name: String
        /// Its name in English.
        public var englishName: String?
        /// `university`, `institute`, `enterprise`, `fund`, `agency`, `society`, `association`.
        public var kind: String
        /// `central`, `province`, `city`, `county`; of an enterprise or a fund mostly none.
        public var level: String?
        /// A code of GB/T 2260, six digits.
        public var region: String?
        /// What it does.
        public var introduction: String?
        /// An address of `https:`.
        public var website: String?

        /// A profile of these values.
        public init(
            name: String,
            englishName: String? = nil,
            kind: String,
            level: String? = nil,
            region: String? = nil,
            introduction: String? = nil,
            website: String? = nil
        ) {
            self.name = name
            self.englishName = englishName
            self.kind = kind
            self.level = level
            self.region = region
            self.introduction = introduction
            self.website = website
        }
    }

    /// Whether somebody vouches for it.
    public enum Standing: String, Sendable {
        /// Nobody was asked.
        case unverified
        /// Its administrators have asked.
        case requested
        case verified
        case declined
    }

    /// Its number; it is never used again.
    public let id: Int64
    public var profile: Profile
    /// The one above it.
    public var parent: Int64?
    public var standing: Standing
    /// Why it was declined.
    public var reason: String?
    /// Since when its standing is that.
    public var since: Timestamp
    /// How many people it has.
    public var size: Int
}

/// A person in an organisation.
public struct OrganisationMember: Hashable, Sendable {
    /// What a person may do there.
    public enum Role: String, CaseIterable, Sendable {
        /// Changes its page, invites people, asks for verification, vouches for those below.
        case admin
        case member
    }

    /// The number of the membership.
    public let id: Int64
    public let person: Int64
    /// What others see of them.
    public let shown: ShownCard
    public let role: Role
    public let since: Timestamp
    /// Their page, where others may see it.
    public let page: ProfilePage.ID?
}

/// A link into an organisation; of its token only the digest is kept.
public struct OrganisationInvite: Hashable, Sendable {
    public let token: Digest
    public let organisation: Int64
    public let role: OrganisationMember.Role
    /// How often it can still be used.
    public let uses: Int
    public let expires: Timestamp

    /// An invitation of these values.
    public init(
        token: Digest,
        organisation: Int64,
        role: OrganisationMember.Role,
        uses: Int,
        expires: Timestamp
    ) {
        self.token = token
        self.organisation = organisation
        self.role = role
        self.uses = uses
        self.expires = expires
    }
}

/// What a list of organisations is to have.
public struct OrganisationQuery: Hashable, Sendable {
    /// A piece of its name, in either language; empty for all.
    public var text = ""
    public var kind: String?
    /// The first digits of a region's code: 2, 4 or 6.
    public var regionPrefix = ""
    /// `nil`: all that are verified, and those of `person`.
    public var standing: Organisation.Standing?
    public var person: Int64?
    public var limit = 50
    public var offset = 0

    /// All that are verified.
    public init() {}
}

/// Why an organisation's people were not changed.
public enum OrganisationRefusal: Error, Hashable, Sendable {
    case noSuchOrganisation
    case noSuchMember
    /// Without one there would be nobody to mend anything.
    case lastAdmin
    /// The one above it is itself below it, or too many stand above.
    case circular
    /// One person administers so many at most.
    case tooMany(limit: Int)
    /// The link is not known, used up, or came too late.
    case badInvite
}

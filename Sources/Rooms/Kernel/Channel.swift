public import Ledger

/// Where a chat message is said. All but `everyone` are private: nobody outside learns of them.
public enum Channel: Hashable, Sendable {
    case everyone
    /// Moderators write, auditors read along.
    case staff
    /// Judges and moderators.
    case judges
    /// The back room (候场间) of a slot: its presenters and moderators.
    case slot(SlotID)

    public var isPrivate: Bool { self != .everyone }

    /// `everyone`, `staff`, `judges`, or `slot:` and an id.
    public var name: String {
        switch self {
        case .everyone: "everyone"
        case .staff: "staff"
        case .judges: "judges"
        case .slot(let slot): "slot:\(slot)"
        }
    }

    /// - Returns: the channel of that name; `nil` when none has it.
    public init?(name: String) {
        switch name {
        case "everyone": self = .everyone
        case "staff": self = .staff
        case "judges": self = .judges
        default:
            let prefix = "slot:"
            guard name.hasPrefix(prefix), let slot = SlotID(String(name.dropFirst(prefix.count)))
            else { return nil }
            self = .slot(slot)
        }
    }

    /// The roles whose holders may write in it; a presenter only in the back room of its own slot.
    public var writers: [Role] {
        switch self {
        case .everyone: Rights.speakers
        case .staff: [.moderator]
        case .judges: [.moderator, .judge]
        case .slot: [.moderator, .presenter]
        }
    }
}

/// To whom a chat message goes.
public struct ChatAddress: Equatable, Sendable {
    public let channel: Channel
    /// Who was in a private channel at that moment besides staff, in order of their ids: what was
    /// said before somebody came stays with those who were there.
    public let told: [MemberID]
    /// Whom it calls by name.
    public let mentions: [MemberID]

    public init(
        _ channel: Channel = .everyone,
        told: [MemberID] = [],
        mentions: [MemberID] = []
    ) {
        self.channel = channel
        self.told = told
        self.mentions = mentions
    }

    public static let everyone = ChatAddress()

    /// Those who alone know of it; `nil` where everybody does.
    var circle: [Audience]? {
        channel.isPrivate ? [.staff] + told.map { .member($0) } : nil
    }
}

extension Room {
    /// Whether the member reads what is said in the channel from now on.
    public func reads(_ channel: Channel, _ member: MemberID) -> Bool {
        guard let membership = members[member], !mustSign(member) else { return false }
        return channel == .everyone || membership.roles.readsAsStaff
            || membership.sits(in: channel)
    }

    /// To whom a message of that member in the channel goes.
    func address(
        in channel: Channel,
        mentioning mentions: [MemberID],
        by member: MemberID
    ) throws(Rejection) -> ChatAddress {
        if case .slot(let slot) = channel { try requireKnown(slot) }
        guard isModerator(member) || members[member]?.sits(in: channel) == true else {
            throw .notPermitted(needs: channel.writers)
        }
        var called: [MemberID] = []
        for mention in mentions where !called.contains(mention) {
            guard called.count < limits.mentions else {
                throw .tooManyMentions(limit: limits.mentions)
            }
            guard reads(channel, mention) else { throw .mentionsOutsider(mention) }
            called.append(mention)
        }
        let told = channel.isPrivate ? listeners(in: channel) : []
        guard told.count <= limits.channelTold else { throw .roomFull(limit: limits.channelTold) }
        return ChatAddress(channel, told: told, mentions: called)
    }

    /// Who is in a private channel by more than being staff.
    private func listeners(in channel: Channel) -> [MemberID] {
        members.compactMap { id, membership in
            membership.sits(in: channel) && !mustSign(id) ? id : nil
        }
        .sorted { "\($0)" < "\($1)" }
    }
}

extension Membership {
    /// Whether it is in the channel by what it is in the room, staff's reach left out.
    fileprivate func sits(in channel: Channel) -> Bool {
        switch channel {
        case .everyone: true
        case .staff: false
        case .judges: roles.contains(.judge)
        case .slot(let slot): slots.contains(slot)
        }
    }
}

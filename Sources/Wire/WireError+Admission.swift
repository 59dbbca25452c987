internal import Ledger
internal import Rooms

extension WireError {
    /// The error that tells of a refusal at the door, or in the chat's order.
    init(ofAdmission rejection: Rejection) {
        switch rejection {
        case .outside(let name): self = .outside(name)
        case .alreadyIn: self.init(.memberAlreadyIn, "who is in the room does not apply")
        case .noSuchMember(let member):
            self.init(.memberNotFound, "nobody of that id is there", [.member(member)])
        case .notBanned(let member):
            self.init(.memberNotBanned, "that person is not banned", [.member(member)])
        case .lastModerator:
            self.init(.memberLastModerator, "a room keeps a moderator; name another first")
        case .noRoles: self.init(.memberNoRoles, "a member has a role; remove who is to have none")
        case .noForm: self.init(.doorNoForm, "this room takes no applications")
        case .wrongAnswers(let expected):
            self.init(
                .doorWrongAnswers,
                "one answer to each question of the form",
                [JSON.Member("expected", .integer(Int64(expected)))]
            )
        case .standingTooLow(let least):
            self.init(
                .doorStanding,
                "this room takes people whom the place knows better",
                [JSON.Member("least", .string(least.rawValue))]
            )
        case .termsNotSigned:
            self.init(.termsNotSigned, "sign the room's terms first")
        case .noTerms: self.init(.termsNone, "this room has no terms to sign")
        case .wrongTerms(let expected):
            self.init(
                .termsOthers,
                "those are not this room's terms; read them again",
                [JSON.Member("expected", .string(expected))]
            )
        case .muted: self.init(.memberMuted, "staff muted you")
        case .outputStopped: self.init(.outputStopped, "staff stopped what the room says")
        case .tooSoon(let retry):
            self.init(
                .chatTooSoon,
                "slow mode: wait before the next message",
                [JSON.Member("retryMs", .integer(Int64(clamping: retry)))]
            )
        case .wordRefused: self.init(.textWordRefused, "the text holds a word that is not taken")
        case .slowModeOutOfRange(let limit):
            self.init(
                .chatBadSlowMode,
                "slow mode is 0 seconds to the limit",
                [.limit(Int(clamping: limit))]
            )
        case .noSuchHeld(let sequence):
            self.init(.chatNoSuchHeld, "no message of that event waits", [.sequence(sequence)])
        case .tooManyMentions(let limit):
            self.init(.chatTooManyMentions, "a message calls fewer by name", [.limit(limit)])
        case .mentionsOutsider(let member):
            self.init(
                .chatMentionsOutsider,
                "whoever is called by name reads that channel",
                [.member(member)]
            )
        default: self.init(ofContent: rejection)
        }
    }

    private static func outside(_ name: Outside.Name) -> WireError {
        switch name {
        case .waiting, .applied:
            WireError(
                .doorWaiting,
                "wait until staff lets you in",
                [JSON.Member("state", .string(name.rawValue))]
            )
        case .declined: WireError(.doorDeclined, "staff declined to let you in")
        case .removed: WireError(.doorRemoved, "staff removed you from the room")
        case .banned: WireError(.doorBanned, "staff banned you from the room")
        }
    }
}

extension JSON.Member {
    fileprivate static func member(_ member: MemberID) -> JSON.Member {
        JSON.Member("member", .string("\(member)"))
    }
}

public import Ledger

/// What a part of an event shows.
public enum Projection: Equatable, Sendable {
    /// The whole event with its command, as replay needs it.
    case record
    /// What happened, by whom, with its values.
    case body
    /// That it happened, without the values that are not for that audience.
    case notice
    /// The texts alone.
    case texts
    /// The texts without whose they are.
    case words
    /// The body without by whom it happened.
    case unsigned
}

extension Draft {
    /// The event's parts in their order: for whom, and what. The order is part of the log's format.
    public var parts: [(audience: Audience, projection: Projection)] {
        var parts: [(audience: Audience, projection: Projection)] = [(.server, .record)]
        for audience in audiences {
            if event.isNotice(for: audience) {
                parts.append((audience, .notice))
                if event.tellsWords { parts.append((audience, .words)) }
                continue
            }
            parts.append((audience, hidesActor && isPublic(audience) ? .unsigned : .body))
            if event.tellsWords, audience.isPersonal { continue }
            if texts != nil, !isPublic(audience) || !hasStaffTexts, event.showsTexts(to: audience) {
                parts.append((audience, .texts))
            }
        }
        if texts != nil, hasStaffTexts, audiences.contains(where: isPublic) {
            parts.append((.staff, .texts))
        }
        return parts
    }

    private var audiences: [Audience] {
        if let told { return told }
        let audiences = hidesActor ? [.staff] + event.audiences : event.audiences
        guard isBehindDoor, !event.isPublicFace else { return audiences }
        return audiences.map { $0 == .everyone ? .members : $0 }
    }

    /// The same, with what is for everybody or for members for that audience instead.
    func narrowed(to audience: Audience) -> Draft {
        var told: [Audience] = []
        for each in audiences.map({ isPublic($0) ? audience : $0 }) where !told.contains(each) {
            told.append(each)
        }
        return Draft(event, texts, isBehindDoor: isBehindDoor, hidesActor: hidesActor, told: told)
    }

    private func isPublic(_ audience: Audience) -> Bool {
        audience == .everyone || audience == .members
    }

    /// Reasons are told to staff alone, and to the person whom an event is about; every other text to
    /// whoever sees the event.
    private var hasStaffTexts: Bool {
        guard case .reason = texts else { return false }
        return true
    }
}

extension Event {
    /// Who is told that it happened. What is about one person is for staff and that person only.
    public var audiences: [Audience] {
        if case .sheetOpened(let sheet) = self, !sheet.isForAll { return [.staff] }
        // Staff's comes first: it says whose the question is.
        if case .questionAsked(_, let author?) = self {
            return [.staff, .everyone, .member(author)]
        }
        // A vote is secret: others, staff too, are told how many there are.
        if case .pollVoted(_, let voter, _) = self { return [.member(voter)] }
        return circle ?? subject.map { [.staff, .member($0)] } ?? [.everyone]
    }

    /// Nobody but its judge is told a mark before scores are published, and nobody but staff and its
    /// author whose an anonymous question is.
    func isNotice(for audience: Audience) -> Bool {
        switch self {
        case .sheetSubmitted: audience == .staff
        // The server's seed is told when the draw is finished.
        case .drawStarted: true
        case .questionAsked(_, _?): audience == .everyone || audience == .members
        default: false
        }
    }

    /// Whether a notice of it comes with its words.
    var tellsWords: Bool {
        if case .questionAsked = self { true } else { false }
    }

    /// Those who alone know of it; `nil` where staff or everybody does.
    var circle: [Audience]? {
        switch self {
        case .intentGiven(let key, _, let circle), .intentUnshared(let key, let circle),
            .intentWithdrawn(let key, let circle), .intentAnswered(let key, _, let circle),
            .intentFollowedUp(let key, _, let circle), .feedbackGiven(let key, _, let circle):
            circle.audiences(with: key.member)
        case .contactOffered(let key, _), .contactTold(let key, _), .contactWithdrawn(let key, _):
            [.member(key.author), .member(key.presenter)]
        case .noteKept(let key): [.member(key.member)]
        // Of a slot's pages its presenters are told besides.
        case .attendanceCounted, .slotFollowed: [.staff]
        case .archiveArranged, .archiveReviewed, .sealRequested, .archiveHeld, .archiveReleased:
            [.staff]
        case .chatSaid(let address): address.circle
        default: nil
        }
    }

    /// The person whom alone it is about.
    public var subject: MemberID? {
        switch self {
        case .memberAdmitted(let member, _, _), .rolesChanged(let member, _, _),
            .memberWaiting(let member), .memberApplied(let member), .memberDeclined(let member),
            .memberMuted(let member), .memberUnmuted(let member), .memberRemoved(let member),
            .memberBanned(let member), .memberUnbanned(let member),
            .memberCheckedIn(let member), .memberCheckedOut(let member), .chatHeld(let member, _),
            .chatDeclined(_, let member), .termsSigned(let member, _):
            member
        case .disclosed(let disclosure): disclosure.member
        case .recordingOffered(let offer): offer.by
        case .judgeSeated(let member, _), .judgeRecused(_, let member),
            .recusalEnded(_, let member):
            member
        case .sheetSubmitted(let sheet): sheet.judge
        case .archiveConsented(_, let member, _): member
        default: nil
        }
    }

    /// Whether those outside a closed door are told of it: title and programme, the room's state,
    /// announcements.
    public var isPublicFace: Bool {
        switch self {
        case .roomCreated, .roomOpened, .roomStarted, .roomPaused, .roomResumed, .roomEnded,
            .roomReopened, .roomClosed, .roomCancelled, .announced, .archiveSealed, .archiveExpired:
            true
        default: false
        }
    }

    /// Whose card comes with it.
    func cardOwner(by actor: Actor) -> MemberID? {
        switch self {
        case .memberAdmitted(let member, _, _), .memberWaiting(let member),
            .memberApplied(let member):
            member
        // Roles that staff sets come without a card.
        case .rolesChanged(let member, _, _): actor == .server ? member : nil
        default: nil
        }
    }

    /// Whether its texts are for all who are told that it happened.
    func showsTexts(to audience: Audience) -> Bool {
        if case .contactOffered(_, let writer) = self { return audience == .member(writer) }
        return true
    }

    /// Behind what happened, for each who is told.
    private var placesOfTexts: [Int] {
        var places: [Int] = []
        var last = 0
        for audience in audiences {
            last += 1
            guard showsTexts(to: audience) else { continue }
            last += 1
            places.append(last)
        }
        return places
    }

    /// Whose text it is, where that is another than who gave the command.
    var textOwner: MemberID? {
        if case .contactTold(_, let owner) = self { owner } else { nil }
    }

    /// Whether it is something said or written for all.
    var isSpoken: Bool {
        switch self {
        case .chatSaid(let address): !address.channel.isPrivate
        case .questionAsked, .questionAnswered, .chatApproved, .announced, .captionAdded: true
        default: false
        }
    }

    /// The places of its texts, where a redaction can remove them.
    var textParts: [Int]? {
        switch self {
        // Staff's, and everybody's.
        case .questionAsked(_, _?): [2, 4]
        case .chatSaid(let address) where address.channel.isPrivate: placesOfTexts
        case .chatSaid, .questionAsked, .questionAnswered, .chatApproved, .announced, .handRaised,
            .captionAdded,
            .pollOpened, .contentCorrected, .archiveSupplemented:
            [2]
        // For staff, and for its author.
        case .chatHeld: [2, 4]
        case .intentGiven, .intentWithdrawn, .intentAnswered, .intentFollowedUp, .contactOffered,
            .contactTold, .feedbackGiven, .noteKept:
            placesOfTexts
        default: nil
        }
    }
}

extension Audience {
    fileprivate var isPersonal: Bool {
        if case .member = self { true } else { false }
    }
}

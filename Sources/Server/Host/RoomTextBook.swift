internal import Ledger
internal import Rooms
internal import Wire

/// A room's texts, joined to its state for people to read. The rules know nothing of them, so any of
/// them can be erased.
struct RoomTextBook {
    /// Chat messages that a snapshot holds; earlier ones are fetched by HTTP.
    static let chatInSnapshot = 100
    /// Captions that a snapshot holds.
    static let captionsInSnapshot = 20

    private(set) var room: RoomTexts?
    private(set) var slides: [SlotID: [SlideFile]] = [:]
    private(set) var chat: [Line] = []
    /// Whether messages stand in the log before the first of `chat`.
    private(set) var hasEarlierChat = false
    private(set) var confided = ConfidedBook()
    private(set) var questions: [UInt64: Line] = [:]
    /// The newest written answer to each question.
    private(set) var answers: [UInt64: Line] = [:]
    private(set) var members: [MemberID: Entrant] = [:]
    /// Cards of those who are known and not in the room.
    private(set) var outsiders: [MemberID: Outsider] = [:]
    /// Messages that wait for approval.
    private(set) var held: [UInt64: Line] = [:]
    private(set) var announcement: Announcement?
    private(set) var polls: [UInt64: PollTexts] = [:]
    /// Whose hand is raised, as it called itself.
    private(set) var hands: [MemberID: Line] = [:]
    /// The newest captions, in order.
    private(set) var captions: [Caption] = []
    /// The names under the terms of a closed matter; a card may change, and goes with its person.
    private(set) var signatures: [MemberID: String] = [:]
    /// The events of signatures and disclosures, in order.
    private(set) var disclosures: [UInt64] = []
    private(set) var judging: JudgingTexts?
    /// What judges wrote on the sheets that they gave, and on those that were told.
    private(set) var sheets = SheetTexts()
    private(set) var openedSheets = SheetTexts()
    private(set) var intents = IntentBook()
    /// What was added after the seal, in order.
    private(set) var supplements: [Line] = []
    /// Texts that were corrected, by the event of the correction.
    private var corrected: [UInt64: UInt64] = [:]
    /// Whose card stands in which event.
    private var cards: [UInt64: MemberID] = [:]

    /// What somebody said or asked.
    struct Line {
        let sequence: UInt64
        let by: MemberID
        let at: Timestamp
        /// Of a chat message.
        var address = ChatAddress.everyone
        /// `nil` once it was removed.
        var content: Content?
        /// How it should read, and the event that says so.
        var correction: (sequence: UInt64, text: String)?

        struct Content {
            let byline: Byline
            let text: String
        }
    }

    /// What staff told everybody last.
    struct Announcement {
        let sequence: UInt64
        let at: Timestamp
        let text: String
    }

    /// What was spoken, in words.
    struct Caption {
        let frame: CaptionFrame
        var line: Line
    }

    /// Who stands outside, and why.
    struct Outsider {
        var card: NameCard
        let at: Timestamp
        /// The event that the card stands in.
        let cardIn: UInt64
        var answers: [String] = []
        var reason: String?
    }

    /// Who came in.
    struct Entrant {
        var card: NameCard
        let at: Timestamp
        /// The event that the card stands in.
        var cardIn: UInt64

        mutating func show(_ card: NameCard, of recorded: Recorded) {
            (self.card, cardIn) = (card, recorded.sequence)
        }
    }

    /// Takes over an event with the texts that are left of it.
    mutating func apply(_ recorded: Recorded, _ texts: Texts?) {
        note(recorded, texts)
        intents.apply(recorded.event, recorded.sequence, texts)
        switch recorded.event {
        case .roomCreated:
            if case .room(let texts) = texts { room = texts }
        case .memberAdmitted(let id, _, _):
            // Whom staff lets in stood outside with a card.
            var card = outsiders.removeValue(forKey: id)?.card
            if case .card(let given) = texts { card = given }
            members[id] = Entrant(
                card: card ?? .blank,
                at: recorded.at,
                cardIn: recorded.sequence
            )
        case .rolesChanged(let id, _, _):
            // The server brings the card along, unless it was erased; staff brings none.
            if case .card(let card) = texts {
                members[id]?.show(card, of: recorded)
            } else if recorded.by == .server {
                members[id]?.show(.blank, of: recorded)
            }
        case .chatSaid(let address):
            guard var line = line(recorded, texts) else { return }
            line.address = address
            append(line)
        case .questionAsked:
            questions[recorded.sequence] = line(recorded, texts)
        case .questionAnswered(let question):
            answers[question] = line(recorded, texts)
        case .chatHeld(let author, let mentions):
            var line = line(recorded, texts, by: author)
            line.address = ChatAddress(mentions: mentions)
            held[recorded.sequence] = line
        case .chatApproved(let sequence, let author, let mentions):
            held[sequence] = nil
            var line = line(recorded, texts, by: author)
            line.address = ChatAddress(mentions: mentions)
            append(line)
        case .chatDeclined(let sequence, _): held[sequence] = nil
        case .termsSigned(let id, _):
            if case .signature(let name) = texts { signatures[id] = name }
            disclosures.append(recorded.sequence)
        case .disclosed: disclosures.append(recorded.sequence)
        case .announced:
            guard case .announcement(let text) = texts else { return }
            announcement = Announcement(sequence: recorded.sequence, at: recorded.at, text: text)
        case .contentRedacted(let sequence, _, _): erase(sequence)
        case .contentCorrected(let sequence): correct(sequence, in: recorded.sequence, texts)
        case .archiveSupplemented:
            if let line = line(recorded, texts) { supplements.append(line) }
        case .archiveExpired: self = RoomTextBook()
        case .pollOpened:
            if case .poll(let words) = texts { polls[recorded.sequence] = words }
        case .slidesPlaced(let slot, _):
            if case .slides(let files) = texts { slides[slot] = files }
        default: applyFloor(recorded, texts)
        }
    }

    /// Hands and captions.
    private mutating func applyFloor(_ recorded: Recorded, _ texts: Texts?) {
        switch recorded.event {
        case .handRaised:
            if let line = line(recorded, texts) { hands[line.by] = line }
        case .handLowered(let id): hands[id] = nil
        case .roomEnded, .roomCancelled: hands = [:]
        case .captionAdded(let frame):
            guard let line = line(recorded, texts) else { return }
            captions.append(Caption(frame: frame, line: line))
            if captions.count > Self.captionsInSnapshot { captions.removeFirst() }
        case .judgingArranged:
            if case .judging(let texts) = texts { judging = texts }
        case .sheetSubmitted(let sheet):
            sheets.note(sheet.slot, sheet.judge, texts, in: recorded.sequence)
        case .sheetOpened(let sheet):
            openedSheets.note(sheet.slot, sheet.judge, texts, in: recorded.sequence)
        default: applyOutside(recorded, texts)
        }
    }

    /// Those who come to the door and those who are sent out.
    private mutating func applyOutside(_ recorded: Recorded, _ texts: Texts?) {
        switch recorded.event {
        case .memberWaiting(let id):
            var card = NameCard.blank
            if case .card(let given) = texts { card = given }
            outsiders[id] = Outsider(card: card, at: recorded.at, cardIn: recorded.sequence)
        case .memberApplied(let id):
            var outsider = Outsider(card: .blank, at: recorded.at, cardIn: recorded.sequence)
            if case .application(let card, let answers) = texts {
                (outsider.card, outsider.answers) = (card, answers)
            }
            outsiders[id] = outsider
        case .memberDeclined(let id), .memberRemoved(let id), .memberBanned(let id):
            let member = members.removeValue(forKey: id)
            var outsider = Outsider(
                card: member?.card ?? outsiders[id]?.card ?? .blank,
                at: recorded.at,
                cardIn: member?.cardIn ?? outsiders[id]?.cardIn ?? 0
            )
            outsider.answers = outsiders[id]?.answers ?? []
            if case .reason(let reason) = texts { outsider.reason = reason }
            outsiders[id] = outsider
        case .memberUnbanned(let id): outsiders[id]?.reason = nil
        default: return
        }
    }

    mutating func trimIntents(to intents: Intents) {
        self.intents.trim(to: intents)
    }

    private mutating func append(_ line: Line) {
        guard !line.address.channel.isPrivate else {
            confided.append(line, in: line.address.channel)
            return
        }
        chat.append(line)
        // Trimmed in steps, so that the array moves once in a hundred messages.
        if chat.count >= 2 * Self.chatInSnapshot {
            chat.removeFirst(chat.count - Self.chatInSnapshot)
            hasEarlierChat = true
        }
    }

    /// The chat that a snapshot shows.
    var recentChat: ArraySlice<Line> {
        chat.suffix(Self.chatInSnapshot)
    }

    /// Whether there is chat before `recentChat`.
    var hasMoreChat: Bool {
        hasEarlierChat || chat.count > Self.chatInSnapshot
    }

    private mutating func note(_ recorded: Recorded, _ texts: Texts?) {
        switch texts {
        case .card, .application: cards[recorded.sequence] = recorded.event.subject
        default: return
        }
    }

    private mutating func erase(_ sequence: UInt64) {
        if let member = cards.removeValue(forKey: sequence) {
            if members[member]?.cardIn == sequence { members[member]?.card = .blank }
            if outsiders[member]?.cardIn == sequence {
                outsiders[member]?.card = .blank
                outsiders[member]?.answers = []
            }
        }
        intents.erase(sequence)
        if let original = corrected.removeValue(forKey: sequence) {
            change(original) { if $0.correction?.sequence == sequence { $0.correction = nil } }
        }
        for index in supplements.indices where supplements[index].sequence == sequence {
            supplements[index].content = nil
        }
        questions[sequence]?.content = nil
        for (question, line) in answers where line.sequence == sequence {
            answers[question]?.content = nil
        }
        sheets.erase(sequence)
        openedSheets.erase(sequence)
        held[sequence] = nil
        confided.erase(sequence)
        polls[sequence] = nil
        for (member, line) in hands where line.sequence == sequence {
            hands[member]?.content = nil
        }
        if let index = captions.firstIndex(where: { $0.line.sequence == sequence }) {
            captions[index].line.content = nil
        }
        if announcement?.sequence == sequence { announcement = nil }
        if let index = chat.firstIndex(where: { $0.sequence == sequence }) {
            chat[index].content = nil
        }
    }

    /// How the text of an event should read.
    private mutating func correct(_ original: UInt64, in sequence: UInt64, _ texts: Texts?) {
        guard case .said(_, let text) = texts else { return }
        corrected[sequence] = original
        change(original) { $0.correction = (sequence, text) }
    }

    /// Changes the line that an event said, where people are shown it.
    private mutating func change(_ sequence: UInt64, _ change: (inout Line) -> Void) {
        if var line = questions[sequence] {
            change(&line)
            questions[sequence] = line
        }
        for (question, var line) in answers where line.sequence == sequence {
            change(&line)
            answers[question] = line
        }
        if let index = captions.firstIndex(where: { $0.line.sequence == sequence }) {
            change(&captions[index].line)
        }
        if let index = chat.firstIndex(where: { $0.sequence == sequence }) { change(&chat[index]) }
    }

    private func line(_ recorded: Recorded, _ texts: Texts?) -> Line? {
        guard case .member(let author) = recorded.by else { return nil }
        return line(recorded, texts, by: author)
    }

    private func line(_ recorded: Recorded, _ texts: Texts?, by author: MemberID) -> Line {
        let content: Line.Content? =
            switch texts {
            case .said(let byline, let text), .asked(let byline, let text),
                .captioned(let byline, let text):
                Line.Content(byline: byline, text: text)
            case .raised(let byline): Line.Content(byline: byline, text: "")
            default: nil
            }
        return Line(
            sequence: recorded.sequence,
            by: author,
            at: recorded.at,
            content: content
        )
    }
}

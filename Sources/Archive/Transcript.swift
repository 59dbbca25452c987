public import Ledger
public import OpenSSL
internal import Rooms
internal import Wire

/// A room's transcript for people, made from its log alone.
public enum Transcript {
    /// The languages it is written in.
    public enum Language: String, Sendable {
        case chinese = "zh-CN"
        case english = "en"
    }

    /// Where and when its reader is.
    public struct Zone: Sendable {
        /// Minutes east of UTC, from -720 to 840.
        public let offsetMinutes: Int

        /// - Returns: `nil` outside the zones there are.
        public init?(offsetMinutes: Int) {
            guard (-720...840).contains(offsetMinutes) else { return nil }
            self.offsetMinutes = offsetMinutes
        }

        private init(_ minutes: Int) { offsetMinutes = minutes }

        public static let utc = Zone(0)
        /// The one zone of China.
        public static let china = Zone(480)
    }

    /// The transcript as Markdown: what was said, asked and shown, slot after slot.
    ///
    /// `events` are the whole log in order; what cannot be read is passed over. `visible` tells the
    /// audiences whose parts may be shown; what happened for others alone is left out.
    public static func markdown(
        room: RoomID,
        events: [SealedEvent],
        in language: Language,
        zone: Zone,
        key: Digest,
        visible: (Audience) -> Bool
    ) -> String {
        var maker = TranscriptMaker(in: language, zone: zone)
        for event in events { maker.take(event, visible: visible) }
        return maker.finished(room: room, key: key)
    }
}

/// Makes a transcript event by event, so that no log has to be in memory.
public struct TranscriptMaker {
    private var writer: TranscriptWriter
    private var last: SealedEvent?

    public init(in language: Transcript.Language, zone: Transcript.Zone) {
        writer = TranscriptWriter(words: DocumentWords(language), zone: zone)
    }

    /// Takes the next event of the log.
    public mutating func take(_ event: SealedEvent, visible: (Audience) -> Bool) {
        last = event
        guard let first = event.parts.first?.part,
            let record = try? EventDecoding.record(from: first.bytes)
        else { return }
        let isTold = event.parts.dropFirst().contains { $0.audience.map(visible) ?? false }
        guard isTold || event.sequence == 1 else { return }
        var texts: Texts?
        for part in event.parts.dropFirst().compactMap(\.part)
        where texts == nil && visible(part.audience) {
            texts = (try? EventDecoding.texts(from: part.bytes, of: record.event.type)) ?? nil
        }
        writer.take(record, texts, event)
    }

    /// The whole of it, when the last event was taken.
    public func finished(room: RoomID, key: Digest) -> String {
        var writer = writer
        writer.close(room: room, last: last, key: key)
        return writer.text
    }
}

/// Writes a transcript line by line.
struct TranscriptWriter {
    private(set) var text = ""
    let words: DocumentWords
    private let zone: Transcript.Zone
    var slots: [SlotID: SlotTexts] = [:]
    var polls: [UInt64: TranscriptPoll] = [:]
    /// As far as they are known: a staff's act names whom it is about.
    private var names: [MemberID: String] = [:]
    /// Whether an organisation had a badge: the foot then says what it means.
    private var hasBadges = false
    /// The day of the lines above.
    private var day: String?

    init(words: DocumentWords, zone: Transcript.Zone) {
        self.words = words
        self.zone = zone
    }

    mutating func take(_ record: EventDecoding.Record, _ texts: Texts?, _ event: SealedEvent) {
        let at = CivilTime(event.header.time, zone)
        switch (record.event, texts) {
        case (.roomCreated(let frame), .room(let room)):
            head(room, frame)
        case (.roomCreated(let frame), _):
            head(RoomTexts(title: words.removed, slots: []), frame)
        case (.announced, .announcement(let text)):
            line(at, "**\(words.announcement)**\(words.colon)\(text.escaped)")
        case (.chatSaid(let address), .said(let byline, let text)):
            line(at, "\(mark(of: address.channel))\(signed(byline)): \(text.escaped)")
        case (.chatSaid(let address), _):
            line(at, "\(mark(of: address.channel))*\(words.removed)*")
        case (.chatApproved, .said(let byline, let text)):
            line(at, "\(signed(byline)): \(text.escaped)")
        case (.chatApproved, _), (.announced, _):
            line(at, "*\(words.removed)*")
        case (.questionAsked(_, let hidden), .asked(let byline, let text)):
            let number = event.sequence
            // Whoever is given the transcript of staff may be anybody.
            let who = hidden == nil ? plain(byline) : words.anonymous
            line(at, "**\(words.question) \(number)** \(who): \(text.escaped)")
        case (.questionMerged(let id, let target, _), _):
            line(at, "\(words.question) \(id)\(words.colon)\(words.merged(into: target))")
        case (.questionAnswered(let id), .said(let byline, let text)):
            line(at, "\(words.answer(to: id)) \(plain(byline)): \(text.escaped)")
        case (.questionAnswered(let id), _):
            line(at, "\(words.answer(to: id)) *\(words.removed)*")
        case (.pollOpened(let frame), let texts):
            var words: PollTexts?
            if case .poll(let given) = texts { words = given }
            polls[event.sequence] = TranscriptPoll(frame, words)
            line(at, opening(of: event.sequence))
        case (.pollClosed(let id, let counts, let voters), _):
            line(at, results(of: id, counts, voters))
        case (.pollCancelled(let id), _):
            line(at, "**\(words.poll) \(id)**\(words.colon)\(words.pollCancelled)")
        case (.contentCorrected(let id), .said(let byline, let text)):
            line(at, "**\(words.correction(of: id))** \(plain(byline)): \(text.escaped)")
        case (.contentCorrected(let id), _):
            line(at, "**\(words.correction(of: id))** *\(words.removed)*")
        case (.archiveSupplemented, .said(let byline, let text)):
            line(at, "**\(words.supplement)** \(plain(byline)): \(text.escaped)")
        case (.handRaised, .raised(let byline)):
            line(at, "*\(words.raised)\(words.colon)\(plain(byline))*")
        case (.captionAdded(let frame), .captioned(_, let text)):
            line(at, "\(words.caption) (\(frame.language.escaped)): \(text.escaped)")
        case (.captionAdded, _): line(at, "\(words.caption): *\(words.removed)*")
        case (.questionAsked, _):
            line(at, "**\(words.question) \(event.sequence)** *\(words.removed)*")
        case (.questionMarked(let question, let state), _):
            line(at, "\(words.question) \(question)\(words.colon)\(words.questionState(state))")
        case (.slotCalled(let slot, _), _):
            section(slot)
        case (.memberWaiting(let id), .card(let card)):
            names[id] = card.name
        case (.memberApplied(let id), .application(let card, _)):
            names[id] = card.name
        case (.memberAdmitted(let id, _, _), nil):
            line(at, "\(words.entered)\(words.colon)\(name(of: id).escaped)")
        case (.memberAdmitted(let id, _, _), .card(let card)):
            names[id] = card.name
            line(at, "\(words.entered)\(words.colon)\(plain(card.byline))")
        case (let event, let texts):
            guard let sentence = words.sentence(for: event, slotTitle: title, memberName: name)
            else { return }
            var suffix = ""
            if case .reason(let reason) = texts { suffix = " (\(reason.escaped))" }
            line(at, "*\(sentence.escaped)\(suffix)*")
        }
    }

    mutating func close(room: RoomID, last: SealedEvent?, key: Digest) {
        text += "\n---\n\n"
        text += "- \(words.room): `\(room)`\n"
        if let last {
            text += "- \(words.events): \(last.sequence)\n"
            text += "- \(words.lastHash): `\(last.hash.hex)`\n"
        }
        text += "- \(words.key): `\(key.hex)`\n"
        if hasBadges { text += "\n\(words.badge)\n" }
        text += "\n\(words.howToVerify)\n\n"
        text += "    luyan verify luyan-\(room).jsonl --key \(key.hex)\n"
    }

    private mutating func head(_ room: RoomTexts, _ frame: RoomFrame) {
        text += "# \(room.title.escaped)\n\n"
        text += "\(words.planned)\(words.colon)\(CivilTime(frame.startsAt, zone).text)\n\n"
        text += "## \(words.agenda)\n\n"
        for slot in room.slots {
            slots[slot.id] = slot
            let who = [slot.presenters, slot.organisation].compactMap(\.self)
            text += "\(slot.id). \(slot.title.escaped)"
            if !who.isEmpty { text += " — \(who.joined(separator: ", ").escaped)" }
            text += "\n"
            if let source = slot.source {
                text += "   \(words.source)\(words.colon)\(source.escaped)\n"
            }
        }
        text += "\n## \(words.course)\n\n"
    }

    private mutating func section(_ slot: SlotID) {
        text += "\n### \(slot). \(title(of: slot).escaped)\n\n"
    }

    private mutating func line(_ at: CivilTime, _ content: String) {
        if day != at.date {
            // An empty line before it, unless a heading has left one.
            text += "\(text.hasSuffix("\n\n") ? "" : "\n")**\(at.date)**\n\n"
            day = at.date
        }
        text += "- `\(at.clock)` \(content)\n"
    }

    /// A name in bold, and its organisation.
    private mutating func signed(_ byline: Byline) -> String {
        "**\(byline.name.escaped)**\(organisation(of: byline))"
    }

    private mutating func plain(_ byline: Byline) -> String {
        "\(byline.name.escaped)\(organisation(of: byline))"
    }

    private mutating func organisation(of byline: Byline) -> String {
        guard let affiliation = byline.affiliation else { return "" }
        let isVouchedFor = affiliation.badge != nil
        if isVouchedFor { hasBadges = true }
        return " (\(affiliation.name)\(isVouchedFor ? " ✓" : ""))".escaped
    }

    private func name(of member: MemberID) -> String {
        names[member] ?? "\(member)"
    }

    /// Before what was said where not everybody reads.
    private func mark(of channel: Channel) -> String {
        words.name(of: channel, slotTitle: title).map { "*(\($0.escaped))* " } ?? ""
    }

    private func title(of slot: SlotID) -> String {
        slots[slot]?.title ?? slot.description
    }
}

extension String {
    /// As plain text in Markdown on one line: nothing that somebody typed becomes a heading, list,
    /// link, image or other markup, with the extensions of GitHub too.
    var escaped: String {
        var escaped = ""
        // By scalars: a mark that combines with `[` makes another character of it, not for a reader.
        let scalars = Array(unicodeScalars)
        for (place, scalar) in scalars.enumerated() {
            switch scalar {
            case "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "(", ")", "#", "+", "!", "|",
                "~", "&", "@", "$":
                escaped += "\\\(scalar)"
            case "-" where place == 0,
                ":" where scalars[place...].starts(with: "://".unicodeScalars),
                "." where Self.endsMarker(scalars[..<place]):
                escaped += "\\\(scalar)"
            case "\n", "\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}":
                escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// Whether a full stop after these makes markup: of a number a list, of `www` a link.
    private static func endsMarker(_ before: ArraySlice<Unicode.Scalar>) -> Bool {
        if before.suffix(3).elementsEqual("www".unicodeScalars) { return true }
        return (1...9).contains(before.count) && before.allSatisfy { ("0"..."9").contains($0) }
    }
}

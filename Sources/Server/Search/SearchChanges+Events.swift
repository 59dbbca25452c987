internal import Foundation
internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

extension SearchChanges {
    /// Takes over what an event says in words, for those whom its texts are told. Held messages are
    /// found once they are approved; names, notes, intents and what judges write are not found.
    mutating func take(_ entry: Entry) {
        let sequence = entry.recorded.sequence
        switch entry.recorded.event {
        case .roomCreated(let frame):
            room.isClosed = frame.door.isClosed
            room.isMatter = frame.door.terms != nil
            room.year = frame.startsAt.yearInChina
            if case .room(let texts) = entry.texts { take(texts, of: entry) }
        case .roomOpened: room.opened = room.opened ?? entry.recorded.at
        case .chatSaid, .chatApproved: take(.chat, of: entry)
        case .questionAsked(let slot, _): take(.question, about: slot, of: entry)
        case .questionAnswered: take(.answer, of: entry)
        case .captionAdded: take(.caption, of: entry)
        case .announced: take(.announcement, of: entry)
        case .contentRedacted(let other, _, _):
            documents.removeAll { $0.sequence == other }
            erased.append(other)
        case .archiveExpired:
            documents = []
            isExpired = true
        default: break
        }
        self.sequence = max(self.sequence, sequence)
    }

    private mutating func take(
        _ kind: SearchKind,
        about slot: SlotID? = nil,
        of entry: Entry
    ) {
        guard let text = entry.texts?.words else { return }
        documents.append(
            SearchDocument(
                sequence: entry.recorded.sequence,
                kind: kind,
                slot: slot?.description,
                at: entry.recorded.at,
                readers: entry.readersOfTexts,
                text: text
            )
        )
    }

    /// A room's title, and its programme line by line.
    private mutating func take(_ texts: RoomTexts, of entry: Entry) {
        let recorded = entry.recorded
        let readers = entry.readersOfTexts
        documents.append(
            SearchDocument(
                sequence: recorded.sequence,
                kind: .room,
                at: recorded.at,
                readers: readers,
                text: texts.title
            )
        )
        for slot in texts.slots {
            documents.append(
                SearchDocument(
                    sequence: recorded.sequence,
                    kind: .slot,
                    slot: slot.id.description,
                    field: slot.field,
                    at: recorded.at,
                    readers: readers,
                    text: ([slot.title] + slot.details).joined(separator: "\n")
                )
            )
        }
    }
}

extension Entry {
    /// Those whom a part with texts is for.
    var readersOfTexts: Set<Audience> {
        let type = recorded.event.type
        var readers: Set<Audience> = []
        for part in sealed.parts.dropFirst().compactMap(\.part) {
            // What this version cannot read as texts is found by nobody.
            if case .some(.some) = try? EventDecoding.texts(from: part.bytes, of: type) {
                readers.insert(part.audience)
            }
        }
        readers.remove(.server)
        return readers
    }
}

extension Texts {
    /// What is said in it, for those kinds of texts that are found by words.
    var words: String? {
        switch self {
        case .said(_, let text), .asked(_, let text), .captioned(_, let text),
            .announcement(let text):
            text
        default: nil
        }
    }

    /// The name that stands at the words; empty where it is told to nobody who reads this.
    var speaker: String? {
        switch self {
        case .said(let byline, _), .asked(let byline, _), .captioned(let byline, _): byline.name
        default: nil
        }
    }
}

extension SlotTexts {
    /// What stands below its title.
    var details: [String] {
        [abstract, presenters, organisation, field].compactMap(\.self)
    }
}

extension SlideFile {
    var digest: Digest? { Digest(hex: file) }
}

extension Timestamp {
    /// The year of a moment by the clocks of China.
    fileprivate var yearInChina: Int {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 8 * 3_600) ?? .gmt
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
        return calendar.component(.year, from: date)
    }
}

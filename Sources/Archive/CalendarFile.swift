public import Ledger

/// Entries for calendars (iCalendar, RFC 5545), each with its place on the web.
public struct CalendarFile: Sendable {
    public let bytes: [UInt8]

    /// One entry.
    public struct Entry: Sendable {
        /// The same for ever, so that a later file replaces an earlier one.
        public let id: String
        public let title: String
        /// Where it is on the web.
        public let url: String
        /// Where it is held; `nil` where on the web alone.
        public let place: String?
        public let start: Timestamp
        public let milliseconds: UInt64
        /// It takes the entry out of calendars again.
        public let isCancelled: Bool

        public init(
            id: String,
            title: String,
            url: String,
            place: String? = nil,
            from start: Timestamp,
            milliseconds: UInt64,
            isCancelled: Bool
        ) {
            (self.id, self.title, self.url, self.place) = (id, title, url, place)
            (self.start, self.milliseconds) = (start, milliseconds)
            self.isCancelled = isCancelled
        }

        /// The same under another title, at a place.
        public func titled(_ title: String, at place: String?) -> Entry {
            Entry(
                id: id,
                title: title,
                url: url,
                place: place,
                from: start,
                milliseconds: milliseconds,
                isCancelled: isCancelled
            )
        }
    }

    /// A file of these entries; `made` is when this state of them was made: a later one counts.
    public init(_ entries: [Entry], made: Timestamp) {
        // A file that cancels says so of all in it (RFC 5546 §3.2.5); of some alone their status does.
        let isCancelled = !entries.isEmpty && entries.allSatisfy(\.isCancelled)
        let head = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Luyan//Luyan//ZH",
            "METHOD:\(isCancelled ? "CANCEL" : "PUBLISH")",
        ]
        let lines = head + entries.flatMap { Self.lines(of: $0, made: made) } + ["END:VCALENDAR"]
        bytes = lines.flatMap { Self.folded($0) }
    }

    private static func lines(of entry: Entry, made: Timestamp) -> [String] {
        let end = entry.start.advanced(byMilliseconds: Int64(clamping: entry.milliseconds))
        let place = entry.place.map { ["LOCATION:\(escaped($0))"] } ?? []
        let head = [
            "BEGIN:VEVENT", "UID:\(entry.id)", "DTSTAMP:\(made.calendarText)",
            "SEQUENCE:\(entry.isCancelled ? 1 : 0)", "DTSTART:\(entry.start.calendarText)",
            "DTEND:\(end.calendarText)", "SUMMARY:\(escaped(entry.title))",
            "DESCRIPTION:\(escaped(entry.url))", "URL:\(entry.url)",
        ]
        let status = "STATUS:\(entry.isCancelled ? "CANCELLED" : "CONFIRMED")"
        let alarm = [
            "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:\(escaped(entry.title))",
            "TRIGGER:-PT15M", "END:VALARM",
        ]
        return head + place + [status] + alarm + ["END:VEVENT"]
    }

    /// TEXT (RFC 5545 §3.3.11): what separates is escaped, other control characters are left out.
    private static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        // A line break of two characters is one.
        for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar {
            case "\\", ";", ",": escaped.append(contentsOf: ["\\", scalar])
            case "\n", "\r": escaped.append(contentsOf: "\\n".unicodeScalars)
            case _ where scalar.value < 0x20 || scalar.value == 0x7f: continue
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    /// A content line in pieces of at most 75 bytes (RFC 5545 §3.1), none cut within a character.
    private static func folded(_ line: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var width = 0
        for scalar in line.unicodeScalars {
            let encoded = Array(String(scalar).utf8)
            if width + encoded.count > 75 {
                bytes += Array("\r\n ".utf8)
                width = 1
            }
            bytes += encoded
            width += encoded.count
        }
        return bytes + Array("\r\n".utf8)
    }
}

extension Timestamp {
    /// `YYYYMMDDTHHMMSSZ` (RFC 5545 §3.3.5, form 2).
    fileprivate var calendarText: String {
        utc.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }
}

public import Ledger

/// An entry for calendars (iCalendar, RFC 5545): one event with its place on the web.
public struct CalendarFile: Sendable {
    public let bytes: [UInt8]

    /// - Parameters:
    ///   - id: the same for ever, so that a later file replaces an earlier one.
    ///   - title: what it is called.
    ///   - text: what is said of it.
    ///   - url: where it is.
    ///   - start: when it begins.
    ///   - milliseconds: how long it is.
    ///   - made: when this state of it was made; a later one counts.
    ///   - isCancelled: it takes the entry out of calendars again.
    public init(
        id: String,
        title: String,
        text: String,
        url: String,
        from start: Timestamp,
        milliseconds: UInt64,
        made: Timestamp,
        isCancelled: Bool
    ) {
        let end = start.advanced(byMilliseconds: Int64(clamping: milliseconds))
        let lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Luyan//Luyan//ZH",
            "METHOD:\(isCancelled ? "CANCEL" : "PUBLISH")", "BEGIN:VEVENT", "UID:\(id)",
            "DTSTAMP:\(made.calendarText)",
            "SEQUENCE:\(isCancelled ? 1 : 0)", "DTSTART:\(start.calendarText)",
            "DTEND:\(end.calendarText)", "SUMMARY:\(Self.escaped(title))",
            "DESCRIPTION:\(Self.escaped(text))", "URL:\(url)",
            "STATUS:\(isCancelled ? "CANCELLED" : "CONFIRMED")", "BEGIN:VALARM",
            "ACTION:DISPLAY", "DESCRIPTION:\(Self.escaped(title))", "TRIGGER:-PT15M",
            "END:VALARM", "END:VEVENT", "END:VCALENDAR",
        ]
        bytes = lines.flatMap { Self.folded($0) }
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

extension HTTPDate {
    /// Reads a date in one of the three forms that RFC 9110 §5.6.7 asks for: IMF-fixdate, RFC 850's
    /// and asctime's. A year of two digits is the one within 50 years after `now` or before.
    /// - Returns: `nil` when the text is none of them, or no day of the calendar.
    public init?(_ text: String, now: HTTPDate) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map { $0 }
        switch words.count {
        case 6 where Self.isWeekday(words[0], comma: true) && words[5] == "GMT":
            self.init(day: words[1], month: words[2], year: words[3], time: words[4])
        case 4 where Self.isLongWeekday(words[0]) && words[3] == "GMT":
            let date = words[1].split(separator: "-", omittingEmptySubsequences: false)
            guard date.count == 3, let year = Self.number(date[2], digits: 2) else { return nil }
            let full = Self.century(of: now, for: year)
            self.init(day: date[0], month: date[1], year: "\(full)", time: words[2])
        case 5 where Self.isWeekday(words[0], comma: false):
            self.init(day: words[2], month: words[1], year: words[4], time: words[3])
        // asctime pads days below 10 with a blank.
        case 6
        where Self.isWeekday(words[0], comma: false) && words[2].isEmpty
            && words[3].utf8.count == 1:
            self.init(day: "0" + words[3], month: words[1], year: words[5], time: words[4])
        default: return nil
        }
    }

    private init?(day: Substring, month: Substring, year: Substring, time: Substring) {
        let parts = time.split(separator: ":", omittingEmptySubsequences: false)
        guard let day = Self.number(day, digits: 2), let year = Self.number(year, digits: 4),
            let month = Self.months.firstIndex(of: String(month)), parts.count == 3,
            let hour = Self.number(parts[0], digits: 2), hour < 24,
            let minute = Self.number(parts[1], digits: 2), minute < 60,
            // 60 is a leap second.
            let second = Self.number(parts[2], digits: 2), second <= 60,
            year >= 1, day >= 1, day <= Self.days(in: month, of: year)
        else { return nil }
        let days = Self.day(of: year, month: Int64(month) + 1, date: day)
        self.init(secondsSinceEpoch: days * 86_400 + hour * 3_600 + minute * 60 + second)
    }

    private static func isWeekday(_ word: Substring, comma: Bool) -> Bool {
        weekdays.contains { word == $0 + (comma ? "," : "") }
    }

    private static func isLongWeekday(_ word: Substring) -> Bool {
        ["Sun", "Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur"].contains { word == $0 + "day," }
    }

    private static func number(_ text: Substring, digits: Int) -> Int64? {
        guard text.utf8.count == digits, text.utf8.allSatisfy(\.isDigit) else { return nil }
        return Int64(text)
    }

    private static func century(of now: HTTPDate, for year: Int64) -> Int64 {
        let present = now.year
        let full = present - present % 100 + year
        if full > present + 50 { return full - 100 }
        return full
    }

    private static func days(in month: Int, of year: Int64) -> Int64 {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month]
    }

    /// The days from 1970-01-01 to a date: the other way round than `civil`.
    private static func day(of year: Int64, month: Int64, date: Int64) -> Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + date - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

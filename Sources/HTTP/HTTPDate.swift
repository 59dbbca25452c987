/// A date as HTTP writes it: IMF-fixdate (RFC 9110 §5.6.7), always GMT, whole seconds.
public struct HTTPDate: Sendable, Hashable, CustomStringConvertible {
    /// Seconds since 1970-01-01, between the years 1 and 9999.
    public let secondsSinceEpoch: Int64

    /// Takes a time; outside the years 1 to 9999 the nearest second inside.
    public init(secondsSinceEpoch: Int64) {
        self.secondsSinceEpoch = min(max(secondsSinceEpoch, -62_135_596_800), 253_402_300_799)
    }

    /// Such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    public var description: String {
        let day = (secondsSinceEpoch - Self.modulo(secondsSinceEpoch, 86_400)) / 86_400
        let second = Self.modulo(secondsSinceEpoch, 86_400)
        let (year, month, date) = Self.civil(day)
        let weekday = Self.weekdays[Int(Self.modulo(day + 4, 7))]
        let time = [second / 3_600, second / 60 % 60, second % 60]
            .map { Self.padded($0, to: 2) }.joined(separator: ":")
        let yearText = Self.padded(year, to: 4)
        return "\(weekday), \(Self.padded(date, to: 2)) \(Self.months[Int(month - 1)]) "
            + "\(yearText) \(time) GMT"
    }

    /// The year of the Gregorian calendar.
    var year: Int64 {
        Self.civil((secondsSinceEpoch - Self.modulo(secondsSinceEpoch, 86_400)) / 86_400).year
    }

    static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func modulo(_ value: Int64, _ divisor: Int64) -> Int64 {
        (value % divisor + divisor) % divisor
    }

    private static func padded(_ value: Int64, to width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// The Gregorian date of a day counted from 1970-01-01: eras of 400 years that begin in March,
    /// so that the leap day is the last of its year.
    private static func civil(_ day: Int64) -> (year: Int64, month: Int64, date: Int64) {
        let shifted = day + 719_468
        let dayOfEra = modulo(shifted, 146_097)
        let era = (shifted - dayOfEra) / 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let date = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date)
    }
}

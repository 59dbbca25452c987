public import Ledger

/// A moment as a wall calendar and clock show it, at a fixed distance from UTC.
struct CivilTime {
    private let seconds: Int64
    private let days: Int64
    private let offsetMinutes: Int

    init(_ time: Timestamp, _ zone: Transcript.Zone) {
        offsetMinutes = zone.offsetMinutes
        let shifted = Int64(clamping: time.milliseconds / 1_000) + Int64(zone.offsetMinutes) * 60
        seconds = max(0, shifted) % 86_400
        days = max(0, shifted) / 86_400
    }

    /// `HH:MM:SS`.
    var clock: String {
        "\(two(seconds / 3_600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }

    /// `YYYY-MM-DD HH:MM UTC+HH:MM`.
    var text: String {
        let magnitude = Int64(offsetMinutes.magnitude)
        let sign = offsetMinutes < 0 ? "-" : "+"
        let zone = "UTC\(sign)\(two(magnitude / 60)):\(two(magnitude % 60))"
        return "\(date) \(two(seconds / 3_600)):\(two(seconds / 60 % 60)) \(zone)"
    }

    /// `YYYY-MM-DD`: the proleptic Gregorian date (Hinnant, "chrono-compatible low-level date algorithms").
    var date: String {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(year)-\(two(month))-\(two(day))"
    }

    private func two(_ number: Int64) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}

extension Timestamp {
    /// `YYYY-MM-DDTHH:MM:SS.mmmZ` (RFC 3339 §5.6).
    public var utc: String {
        let civil = CivilTime(self, .utc)
        let fraction = String(1_000 + milliseconds % 1_000).dropFirst()
        return "\(civil.date)T\(civil.clock).\(fraction)Z"
    }

    /// `YYYY-MM-DD HH:MM UTC+HH:MM` on the clocks of that zone.
    public func minuteText(in zone: Transcript.Zone) -> String { CivilTime(self, zone).text }

    /// `YYYY-MM-DD HH:MM:SS` on the clocks of that zone.
    public func text(in zone: Transcript.Zone) -> String {
        let civil = CivilTime(self, zone)
        return "\(civil.date) \(civil.clock)"
    }
}

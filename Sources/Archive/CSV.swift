/// A table as spreadsheets open it: comma-separated values (RFC 4180) in UTF-8 with a byte order mark,
/// by which they know the encoding.
public struct CSV: Sendable {
    public let bytes: [UInt8]

    public init(_ heading: [String], _ rows: [[String]]) {
        var text = "\u{FEFF}"
        for row in [heading] + rows {
            text += row.map(Self.field).joined(separator: ",") + "\r\n"
        }
        bytes = Array(text.utf8)
    }

    /// A field in quotes where it needs them. What a spreadsheet would run as a formula is text:
    /// names are typed by strangers.
    private static func field(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) }
        let plain = isFormula == true ? "'" + text : text
        let needsQuotes = plain.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
        guard needsQuotes else { return plain }
        // By scalars: a mark that combines with a quote makes another character of it.
        var quoted = "\"".unicodeScalars
        for scalar in plain.unicodeScalars {
            if scalar == "\"" { quoted.append(scalar) }
            quoted.append(scalar)
        }
        quoted.append("\"")
        return String(quoted)
    }
}

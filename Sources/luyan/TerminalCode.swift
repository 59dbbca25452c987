import CQRCode

/// A QR code in the characters of a terminal, two modules a character one above the other.
enum TerminalCode {
    /// `nil` when the text is too long for any code. Dark on light whatever the terminal's colours
    /// are, with the quiet zone of four modules that readers want.
    static func text(of content: String) -> String? {
        guard let code = QRcode_encodeString8bit(content, 0, QR_ECLEVEL_L) else { return nil }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        guard let modules = code.pointee.data else { return nil }
        func isDark(_ row: Int, _ column: Int) -> Bool {
            guard (0..<width).contains(row), (0..<width).contains(column) else { return false }
            // The lowest bit of a module is its colour.
            return modules[row * width + column] & 1 == 1
        }
        let quiet = 4
        var lines: [String] = []
        for row in stride(from: -quiet, to: width + quiet, by: 2) {
            // White background, black foreground, and back to the terminal's own.
            var line = "\u{1B}[38;5;16;48;5;231m"
            for column in -quiet..<(width + quiet) {
                switch (isDark(row, column), isDark(row + 1, column)) {
                case (true, true): line += "█"
                case (true, false): line += "▀"
                case (false, true): line += "▄"
                case (false, false): line += " "
                }
            }
            lines.append(line + "\u{1B}[0m")
        }
        return lines.joined(separator: "\n")
    }
}

/// Captions as a file of WebVTT (W3C), written cue by cue.
public enum WebVTT {
    /// One caption.
    public struct Cue: Hashable, Sendable {
        /// When it is shown, in milliseconds from the start.
        public var from: Int
        public var to: Int
        /// Who speaks; empty when not known.
        public var speaker: String
        /// Lines are kept; those without text are dropped.
        public var text: String

        /// A cue of these values.
        public init(from: Int, to: Int, speaker: String = "", text: String) {
            self.from = from
            self.to = to
            self.speaker = speaker
            self.text = text
        }

        /// Appends the cue; one without text is left out.
        public func append(to bytes: inout [UInt8]) {
            let lines = WebVTT.lines(of: text)
            guard !lines.isEmpty else { return }
            let start = max(from, 0)
            // A cue ends after it begins.
            let end = max(to, start < .max ? start + 1 : start)
            let name = WebVTT.lines(of: speaker).joined(separator: " ")
            // Hyphens before the tag's end would make an arrow; a player drops the space.
            let space = name.utf8.suffix(2).elementsEqual("--".utf8) ? " " : ""
            let voice = name.isEmpty ? "" : "<v \(name)\(space)>"
            let head = "\(WebVTT.time(start)) --> \(WebVTT.time(end))\n"
            bytes += Array((head + voice + lines.joined(separator: "\n") + "\n\n").utf8)
        }
    }

    /// What a file begins with. The language tag (BCP 47) is for who reads the file; a player gets
    /// it with the file's address.
    public static func head(language: String? = nil) -> [UInt8] {
        let tag = language.map { lines(of: $0).joined(separator: " ") } ?? ""
        return Array("WEBVTT\n\n\(tag.isEmpty ? "" : "NOTE Language: \(tag)\n\n")".utf8)
    }

    /// A whole file; the cues are put in the order of their times, as a file must have them.
    public static func document(_ cues: [Cue], language: String? = nil) -> [UInt8] {
        var bytes = head(language: language)
        let order = cues.enumerated().sorted { left, right in
            (max(left.element.from, 0), left.offset) < (max(right.element.from, 0), right.offset)
        }
        for (_, cue) in order { cue.append(to: &bytes) }
        return bytes
    }

    /// Hours, minutes, seconds, thousandths: `01:02:03.004`.
    static func time(_ milliseconds: Int) -> String {
        func padded(_ number: Int, _ digits: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(digits - text.utf8.count, 0)) + text
        }
        let seconds = milliseconds / 1_000
        return padded(seconds / 3_600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":"
            + padded(seconds % 60, 2) + "." + padded(milliseconds % 1_000, 3)
    }

    /// The lines that have text, with nothing in them that ends a cue or is taken for a tag: no
    /// empty line, and no arrow, since `>` is written as a reference.
    static func lines(of text: String) -> [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        func end() {
            if line.contains(where: { !$0.properties.isWhitespace }) { lines.append(String(line)) }
            line.removeAll()
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n", "\r": end()
            case "&": line.append(contentsOf: "&amp;".unicodeScalars)
            case "<": line.append(contentsOf: "&lt;".unicodeScalars)
            case ">": line.append(contentsOf: "&gt;".unicodeScalars)
            // A file holds no zero.
            case "\0": line.append("\u{FFFD}")
            default: line.append(scalar)
            }
        }
        end()
        return lines
    }
}

import Foundation

/// A message in the form that goes over the wire and into files (RFC 5322, RFC 2047, RFC 2045).
public enum MailText {
    /// The whole message, each line ended by CRLF; the body goes as base64, whatever is in it.
    ///
    /// `id`: what makes this message's identifier different from all others of the sender's host.
    static func message(_ mail: Mail, from sender: String, id: String, at time: Date)
        -> String
    {
        let body = Data(mail.body.utf8).base64EncodedString(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
        let host = sender.split(separator: "@").last.map(String.init) ?? "localhost"
        return [
            "From: <\(sender)>", "To: <\(mail.to)>", "Subject: \(subject(mail.subject))",
            "Date: \(date(time))", "Message-ID: <\(id)@\(host)>", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
            "Auto-Submitted: auto-generated", "", body, "",
        ].joined(separator: "\r\n")
    }

    /// A subject of UTF-8 as encoded words of at most 75 characters (RFC 2047 §2), folded.
    static func subject(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        let isPlain = line.utf8.allSatisfy { (0x20...0x7E).contains($0) } && line.utf8.count <= 60
        if isPlain, !line.contains("=?") { return line }
        var words: [String] = []
        var word: [UInt8] = []
        for scalar in line.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            // 45 bytes are 60 characters of base64, 72 with the frame around them; no character is cut.
            if word.count + bytes.count > 45 {
                words.append(encodedWord(word))
                word = []
            }
            word += bytes
        }
        words.append(encodedWord(word))
        return words.joined(separator: "\r\n ")
    }

    private static func encodedWord(_ bytes: [UInt8]) -> String {
        "=?UTF-8?B?\(Data(bytes).base64EncodedString())?="
    }

    private static func date(_ time: Date) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "UTC")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss +0000"
        return format.string(from: time)
    }

    /// Whether it can stand in an SMTP command: one mailbox of ASCII (RFC 5321 §4.1.2 without quoted
    /// forms), nothing that ends a line.
    public static func isMailbox(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), !parts[1].isEmpty,
            text.utf8.count <= 254
        else { return false }
        return text.utf8.allSatisfy { byte in
            (0x21...0x7E).contains(byte) && !"<>()[]\\,;:\"".utf8.contains(byte)
        }
    }

    /// The lines of a message as DATA has them (RFC 5321 §4.5.2): one that begins with a dot gets
    /// another, and a lone dot ends it.
    static func stuffed(_ message: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(message.utf8.count + 64)
        var isLineStart = true
        for byte in message.utf8 {
            if isLineStart, byte == UInt8(ascii: ".") { bytes.append(byte) }
            bytes.append(byte)
            isLineStart = byte == UInt8(ascii: "\n")
        }
        if !isLineStart { bytes += Array("\r\n".utf8) }
        return bytes + Array(".\r\n".utf8)
    }
}

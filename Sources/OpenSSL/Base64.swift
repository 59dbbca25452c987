/// Base64 with padding (RFC 4648 §4), and the alphabet for URLs without padding (§5).
public enum Base64 {
    private static let common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    private static let standard = Array((common + "+/").utf8)
    private static let url = Array((common + "-_").utf8)
    private static let padding = UInt8(ascii: "=")

    /// The bytes in the standard alphabet, padded to a multiple of four characters.
    public static func encode(_ bytes: [UInt8]) -> String {
        let text = characters(of: bytes, in: standard)
        let missing = (4 - text.count % 4) % 4
        return String(decoding: text + [UInt8](repeating: padding, count: missing), as: UTF8.self)
    }

    /// The bytes in the alphabet that needs no escape in URLs, without padding.
    public static func encodeForURL(_ bytes: [UInt8]) -> String {
        String(decoding: characters(of: bytes, in: url), as: UTF8.self)
    }

    /// - Returns: the bytes, or `nil` unless `text` is exactly what `encode` gives for them: no
    ///   white space, whole padding, no stray bits in the last character.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var characters = Array(text.utf8)
        guard characters.count.isMultiple(of: 4) else { return nil }
        for _ in 0..<2 where characters.last == padding { characters.removeLast() }
        return bytes(of: characters, in: values)
    }

    /// - Returns: the bytes, or `nil` unless `text` is exactly what `encodeForURL` gives for them.
    public static func decodeForURL(_ text: some StringProtocol) -> [UInt8]? {
        bytes(of: Array(text.utf8), in: urlValues)
    }

    /// One character for every `width` bits, and one for what is left over.
    static func characters(
        of bytes: [UInt8],
        in alphabet: [UInt8],
        width: Int = 6
    ) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 8 + width - 1) / width)
        let mask: UInt32 = 1 << UInt32(width) - 1
        var window: UInt32 = 0
        var bits = 0
        for byte in bytes {
            window = window << 8 | UInt32(byte)
            bits += 8
            while bits >= width {
                bits -= width
                text.append(alphabet[Int(window >> UInt32(bits) & mask)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(window << UInt32(width - bits) & mask)]) }
        return text
    }

    private static func bytes(of text: [UInt8], in values: [UInt8]) -> [UInt8]? {
        guard text.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var window: UInt32 = 0
        var bits = 0
        for character in text {
            let value = values[Int(character)]
            guard value < 64 else { return nil }
            window = window << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: window >> UInt32(bits)))
            }
        }
        // §3.5: what is left over of the last character is zero, or two texts mean the same bytes.
        guard window & (1 << UInt32(bits) - 1) == 0 else { return nil }
        return bytes
    }

    private static let values = table(of: standard)
    private static let urlValues = table(of: url)

    private static func table(of alphabet: [UInt8]) -> [UInt8] {
        var table = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
        return table
    }
}

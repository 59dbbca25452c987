/// Percent-encoding (RFC 3986 §2.1): decoding that refuses instead of guessing.
public enum PercentEncoding {
    /// Decodes `%XX` escapes; in queries `+` is a space.
    /// - Throws: `RequestError.malformedTarget` for a bad escape or bytes that are not UTF-8.
    static func decode(
        _ bytes: ArraySlice<UInt8>,
        plusIsSpace: Bool
    ) throws(RequestError) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "%"):
                guard bytes.endIndex - index > 2,
                    let high = bytes[index + 1].hexValue, let low = bytes[index + 2].hexValue
                else { throw .malformedTarget(.malformedEscape) }
                decoded.append(high << 4 | low)
                index += 3
            case UInt8(ascii: "+") where plusIsSpace:
                decoded.append(.space)
                index += 1
            default:
                decoded.append(byte)
                index += 1
            }
        }
        guard let text = String(validating: decoded, as: UTF8.self) else {
            throw .malformedTarget(.notUTF8)
        }
        return text
    }

    /// Escapes every byte that is not unreserved (RFC 3986 §2.3), fit for one segment or value.
    public static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            if byte.isDigit || byte.isLetter || "-._~".utf8.contains(byte) {
                encoded.append(byte)
            } else {
                encoded.append(UInt8(ascii: "%"))
                encoded.append(digits[Int(byte >> 4)])
                encoded.append(digits[Int(byte & 0x0F)])
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}

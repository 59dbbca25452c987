public import HTTPTypes

/// A content coding that this server has (RFC 9110 §8.4.1).
public enum ContentCoding: String, Sendable, CaseIterable {
    /// Brotli (RFC 7932).
    case brotli = "br"
    /// gzip (RFC 1952).
    case gzip
}

/// Which content codings a client takes (RFC 9110 §12.5.3).
public struct AcceptEncoding: Sendable, Equatable {
    /// By name in lower case, in thousandths.
    private let qualities: [String: Int]

    /// Elements looked at; what stands behind them is as if it were not there.
    private static let limit = 32

    /// Reads the field. Whoever sends none is given the plain bytes; a malformed element is passed
    /// over.
    public init(_ fields: HTTPFields) {
        var qualities: [String: Int] = [:]
        let elements = (fields[.acceptEncoding] ?? "").utf8
            .split(separator: UInt8(ascii: ",")).prefix(Self.limit)
        for element in elements {
            let parts = element.split(
                separator: UInt8(ascii: ";"),
                omittingEmptySubsequences: false
            )
            .map(\.trimmingBlanks)
            guard let name = parts.first, !name.isEmpty, name.allSatisfy(\.isToken),
                let quality = Self.quality(parts.dropFirst())
            else { continue }
            let key = Substring(name).lowercased()
            // `x-gzip` is gzip (RFC 9110 §8.4.1.3).
            qualities[key == "x-gzip" ? "gzip" : key] = quality
        }
        self.qualities = qualities
    }

    /// The coding among `codings` that is liked best, in their order where two are liked alike;
    /// `nil` for the plain bytes. These are given too when nothing is acceptable (§12.1).
    public func choose(from codings: [ContentCoding]) -> ContentCoding? {
        var best: (coding: ContentCoding, quality: Int)?
        for coding in codings {
            let quality = qualities[coding.rawValue] ?? qualities["*"] ?? 0
            if quality > best?.quality ?? 0 { best = (coding, quality) }
        }
        // Plain bytes that are not spoken of are the last choice.
        guard let best, best.quality >= qualities["identity"] ?? 0 else { return nil }
        return best.coding
    }

    /// The weight (RFC 9110 §12.4.2) in thousandths; `nil` when it is malformed.
    private static func quality(_ parameters: ArraySlice<Substring.UTF8View>) -> Int? {
        guard let parameter = parameters.first else { return 1_000 }
        let text = Substring(parameter).lowercased()
        guard parameters.count == 1, text.hasPrefix("q="), (3...7).contains(text.utf8.count) else {
            return nil
        }
        let digits = Array(text.utf8.dropFirst(2))
        guard digits[0] == UInt8(ascii: "0") || digits[0] == UInt8(ascii: "1"),
            digits.count == 1 || digits[1] == UInt8(ascii: "."),
            digits.dropFirst(2).allSatisfy(\.isDigit)
        else { return nil }
        var value = Int(digits[0] - 0x30)
        for place in 2..<5 {
            value = value * 10 + (place < digits.count ? Int(digits[place]) - 0x30 : 0)
        }
        return value <= 1_000 ? value : nil
    }
}

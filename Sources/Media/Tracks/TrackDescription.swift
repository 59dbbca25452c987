/// What a publisher says of a track before its first frame.
public struct TrackDescription: Hashable, Sendable {
    /// The longest configuration of a decoder, in bytes.
    public static let configurationLimit = 512
    /// Each side of a picture, in pixels.
    public static let sides = 1...4096

    /// The size of a picture, in pixels.
    public struct Size: Hashable, Sendable {
        public let width: Int
        public let height: Int

        /// A size within `TrackDescription.sides`.
        /// - Throws: `TrackFault.size`.
        public init(width: Int, height: Int) throws(TrackFault) {
            guard sides.contains(width), sides.contains(height) else {
                throw .size(width: width, height: height, allowed: sides)
            }
            self.width = width
            self.height = height
        }
    }

    public let kind: TrackKind
    public let codec: TrackCodec
    /// The decoder's configuration: an Opus header, or empty.
    public let configuration: [UInt8]
    /// Of a picture, when it is known.
    public let size: Size?
    /// Of an interpretation (BCP 47).
    public let language: String?

    /// A description that fits together.
    /// - Throws: the first `TrackFault` in the order of the parameters.
    public init(
        kind: TrackKind,
        codec: TrackCodec,
        configuration: [UInt8] = [],
        size: Size? = nil,
        language: String? = nil
    ) throws(TrackFault) {
        guard kind.codecs.contains(codec) else { throw .codec(codec, of: kind) }
        guard configuration.count <= Self.configurationLimit else {
            throw .configuration(bytes: configuration.count, limit: Self.configurationLimit)
        }
        if codec == .opus, !configuration.isEmpty {
            _ = try OpusHead(reading: configuration)
        }
        guard size == nil || kind.isVideo else { throw .sizeOfSound }
        switch (kind, language) {
        case (.interpretation, nil): throw .noLanguage
        case (.interpretation, let language?):
            guard Self.isLanguage(language) else { throw .language(language) }
        case (_, let language?): throw .languageOf(kind, language)
        case (_, nil): break
        }
        self.kind = kind
        self.codec = codec
        self.configuration = configuration
        self.size = size
        self.language = language
    }

    /// Reads the names and numbers of a command.
    /// - Throws: `TrackFault`, the first in the order of the parameters; `.size` where only one
    ///   side is given.
    public init(
        kind name: String,
        codec codecName: String,
        configuration: [UInt8] = [],
        width: Int?,
        height: Int?,
        language: String? = nil
    ) throws(TrackFault) {
        guard let kind = TrackKind(rawValue: name) else { throw .unknownKind(name) }
        guard let codec = TrackCodec(rawValue: codecName) else { throw .unknownCodec(codecName) }
        var size: Size?
        if width != nil || height != nil {
            size = try Size(width: width ?? 0, height: height ?? 0)
        }
        try self.init(
            kind: kind,
            codec: codec,
            configuration: configuration,
            size: size,
            language: language
        )
    }

    /// Whether it has the form of a language tag (BCP 47): subtags of 1 to 8 letters and digits,
    /// the first of 2 to 8 letters, 35 characters in all.
    public static func isLanguage(_ tag: String) -> Bool {
        guard (2...35).contains(tag.utf8.count) else { return false }
        let subtags = tag.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard let first = subtags.first, first.count >= 2, first.allSatisfy(isLetter) else {
            return false
        }
        return subtags.allSatisfy { subtag in
            (1...8).contains(subtag.count) && subtag.allSatisfy { isLetter($0) || isDigit($0) }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

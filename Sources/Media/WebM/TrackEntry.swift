/// A track as a file describes it. One that is neither picture nor sound (subtitles) is known, so
/// that its blocks are passed over.
struct TrackEntry: Hashable, Sendable {
    /// The highest number of a track that is taken.
    static let numberLimit = 0xFFFF

    var number: Int
    /// `nil` of one that is passed over.
    var track: WebMTrack?

    /// Reads the content of Tracks.
    static func read(
        _ content: Span<UInt8>,
        base: Int,
        limit: Int
    ) throws(WebMFault) -> [TrackEntry] {
        var entries: [TrackEntry] = []
        var numbers: Set<Int> = []
        let elements = try content.elements(base: base)
        let count = elements.count { $0.id == ElementID.trackEntry }
        guard count <= limit else { throw .tooManyTracks(count, limit: limit) }
        for (id, range) in elements where id == ElementID.trackEntry {
            let entry = try TrackEntry(
                content.extracting(range),
                base: base + range.lowerBound
            )
            guard numbers.insert(entry.number).inserted else {
                throw .trackNumber(entry.number, limit: numberLimit)
            }
            entries.append(entry)
        }
        guard entries.contains(where: { $0.track != nil }) else { throw .noTracks }
        return entries
    }

    /// Reads the nanoseconds of a tick from the content of Info: a millisecond unless it says
    /// otherwise, at most a second.
    static func scale(_ content: Span<UInt8>, base: Int) throws(WebMFault) -> Int {
        var scale = 1_000_000
        for (id, range) in try content.elements(base: base) where id == ElementID.timestampScale {
            guard let value = content.extracting(range).unsigned,
                (1...1_000_000_000).contains(value)
            else { throw .malformed(at: base + range.lowerBound) }
            scale = value
        }
        return scale
    }

    private init(_ content: Span<UInt8>, base: Int) throws(WebMFault) {
        var fields = Fields()
        try fields.read(content, base: base)
        guard let number = fields.number, (1...Self.numberLimit).contains(number) else {
            throw .trackNumber(fields.number, limit: Self.numberLimit)
        }
        self.number = number
        guard fields.type == 1 || fields.type == 2 else { return }
        guard !fields.isEncoded else { throw .contentEncoding(track: number) }
        let codec: WebMTrack.Codec?
        do throws(TrackFault) {
            codec = try fields.codec()
        } catch {
            throw .track(number, error)
        }
        guard let codec else { throw .codec(fields.codecID) }
        track = WebMTrack(
            number: number,
            codec: codec,
            name: fields.name,
            language: fields.language == "und" ? nil : fields.language
        )
    }

    /// What is read of a track before it is judged.
    private struct Fields {
        var number: Int?
        var type: Int?
        var codecID = ""
        var configuration: [UInt8] = []
        var name = ""
        var language = "eng"  // What Matroska takes for granted.
        var isEncoded = false
        var width = 0
        var height = 0
        var channels = 1

        /// - Returns: `nil` when it is none that is read here.
        func codec() throws(TrackFault) -> WebMTrack.Codec? {
            switch (codecID, type) {
            case ("V_VP8", 1):
                return .vp8(try TrackDescription.Size(width: width, height: height))
            case ("A_OPUS", 2):
                let limit = TrackDescription.configurationLimit
                guard configuration.count <= limit else {
                    throw .configuration(bytes: configuration.count, limit: limit)
                }
                let opus =
                    configuration.isEmpty ? OpusHead(channels: channels).encoded : configuration
                _ = try OpusHead(reading: opus)
                return .opus(configuration: opus)
            default: return nil
            }
        }

        mutating func read(_ content: Span<UInt8>, base: Int) throws(WebMFault) {
            for (id, range) in try content.elements(base: base) {
                let value = content.extracting(range)
                switch id {
                case ElementID.trackNumber: number = value.unsigned
                case ElementID.trackType: type = value.unsigned
                case ElementID.codecID: codecID = value.text(limit: 32)
                case ElementID.codecPrivate:
                    configuration = [UInt8](copying: value)
                case ElementID.name: name = value.text(limit: 256)
                case ElementID.language: language = value.text(limit: 35)
                case ElementID.contentEncodings: isEncoded = true
                case ElementID.video, ElementID.audio:
                    try read(value, base: base + range.lowerBound)
                case ElementID.pixelWidth: width = value.unsigned ?? 0
                case ElementID.pixelHeight: height = value.unsigned ?? 0
                case ElementID.channels: channels = value.unsigned ?? 0
                default: break
                }
            }
        }
    }
}

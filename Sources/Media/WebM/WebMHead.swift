/// What stands before the frames of a WebM file, and what of it is overwritten at the end.
struct WebMHead: Sendable {
    /// Room for three places: information, tracks, cues.
    private static let seekBytes = 5 + 3 * 21
    private static let scale = 1_000_000  // nanoseconds: times are milliseconds

    private(set) var bytes: [UInt8] = []
    /// Where the segment's content begins: places in the file count from there.
    private(set) var contentStart = 0
    private var infoStart = 0
    private var durationStart = 0
    private var tracksStart = 0

    init(
        documentType: WebMWriter.DocumentType,
        tracks: [WebMTrack]
    ) throws(WebMWritingFault) {
        appendDocument(documentType)
        bytes.append(id: ElementID.segment)
        // Not known: a player takes what was written so far.
        bytes.append(length: 1 << 56 - 1, in: 8)
        contentStart = bytes.count
        bytes.append(voidOf: Self.seekBytes)
        infoStart = bytes.count
        appendInfo()
        tracksStart = bytes.count
        var entries: [UInt8] = []
        for track in tracks {
            let first = tracks.first { $0.isVideo == track.isVideo }
            let isDefault = first?.number == track.number
            entries.append(ElementID.trackEntry, try Self.entry(track, isDefault: isDefault))
        }
        bytes.append(ElementID.tracks, entries)
    }

    private mutating func appendDocument(_ type: WebMWriter.DocumentType) {
        var document: [UInt8] = []
        document.append(ElementID.ebmlVersion, 1)
        document.append(ElementID.ebmlReadVersion, 1)
        document.append(ElementID.ebmlMaxIDLength, 4)
        document.append(ElementID.ebmlMaxSizeLength, 8)
        document.append(ElementID.docType, type.rawValue)
        document.append(ElementID.docTypeVersion, 4)
        document.append(ElementID.docTypeReadVersion, 2)
        bytes.append(ElementID.ebml, document)
    }

    private mutating func appendInfo() {
        var info: [UInt8] = []
        info.append(ElementID.timestampScale, Self.scale)
        info.append(ElementID.muxingApp, "luyan")
        info.append(ElementID.writingApp, "luyan")
        info.append(ElementID.duration, 0.0)
        bytes.append(ElementID.info, info)
        durationStart = bytes.count - 8
    }

    private static func entry(
        _ track: WebMTrack,
        isDefault: Bool
    ) throws(WebMWritingFault) -> [UInt8] {
        var entry: [UInt8] = []
        entry.append(ElementID.trackNumber, track.number)
        entry.append(ElementID.trackUID, track.number)
        entry.append(ElementID.trackType, track.isVideo ? 1 : 2)
        entry.append(ElementID.flagDefault, isDefault ? 1 : 0)
        entry.append(ElementID.flagLacing, 0)
        if !track.name.isEmpty { entry.append(ElementID.name, track.name) }
        entry.append(ElementID.language, WebMLanguage.code(of: track.language))
        switch track.codec {
        case .vp8(let size):
            entry.append(ElementID.codecID, "V_VP8")
            entry.append(ElementID.video, picture(size))
        case .h264(let size, let configuration):
            entry.append(ElementID.codecID, "V_MPEG4/ISO/AVC")
            entry.append(ElementID.codecPrivate, configuration)
            entry.append(ElementID.video, picture(size))
        case .opus(let configuration):
            let opus: OpusHead
            do throws(TrackFault) {
                opus = try OpusHead(reading: configuration)
            } catch {
                throw .configuration(track: track.number, error)
            }
            entry.append(ElementID.codecID, "A_OPUS")
            entry.append(ElementID.codecPrivate, configuration)
            entry.append(ElementID.codecDelay, opus.delayNanoseconds)
            // After a seek, Opus needs 80 ms to be itself again (RFC 7845 §4.6).
            entry.append(ElementID.seekPreRoll, 80_000_000)
            var audio: [UInt8] = []
            audio.append(ElementID.samplingFrequency, 48_000.0)
            audio.append(ElementID.channels, opus.channels)
            entry.append(ElementID.audio, audio)
        }
        return entry
    }

    private static func picture(_ size: TrackDescription.Size) -> [UInt8] {
        var video: [UInt8] = []
        video.append(ElementID.pixelWidth, size.width)
        video.append(ElementID.pixelHeight, size.height)
        return video
    }

    /// What is overwritten once the file is written. The duration is in microseconds; `cues` is
    /// where they begin in the segment's content, if there are any.
    func patches(fileBytes: Int, duration: Int, cues: Int?) -> [WebMWriter.Patch] {
        var length: [UInt8] = []
        length.append(length: fileBytes - contentStart, in: 8)
        var time: [UInt8] = []
        time.append(bigEndian: (Double(duration) / 1_000).bitPattern, count: 8)
        var places = [
            (ElementID.info, infoStart - contentStart),
            (ElementID.tracks, tracksStart - contentStart),
        ]
        if let cues { places.append((ElementID.cues, cues)) }
        var seeks: [UInt8] = []
        for (id, position) in places {
            var seek: [UInt8] = []
            seek.append(id: ElementID.seekID)
            seek.append(length: 4)
            seek.append(id: id)
            seek.append(id: ElementID.seekPosition)
            seek.append(length: 8)
            seek.append(bigEndian: UInt64(position), count: 8)
            seeks.append(ElementID.seek, seek)
        }
        var seekHead: [UInt8] = []
        seekHead.append(ElementID.seekHead, seeks)
        if seekHead.count < Self.seekBytes {
            seekHead.append(voidOf: Self.seekBytes - seekHead.count)
        }
        return [
            WebMWriter.Patch(offset: contentStart - 8, bytes: length),
            WebMWriter.Patch(offset: contentStart, bytes: seekHead),
            WebMWriter.Patch(offset: durationStart, bytes: time),
        ]
    }
}

/// The language of a track as Matroska writes it: three letters of ISO 639-2.
enum WebMLanguage {
    private static let codes = [
        "ar": "ara", "de": "ger", "en": "eng", "es": "spa", "fr": "fre", "hi": "hin", "id": "ind",
        "it": "ita", "ja": "jpn", "ko": "kor", "ms": "may", "pt": "por", "ru": "rus", "th": "tha",
        "tr": "tur", "vi": "vie", "yue": "chi", "zh": "chi",
    ]

    /// The code of a language tag (BCP 47); "und" where none is known here.
    static func code(of tag: String?) -> String {
        guard let first = tag?.split(separator: "-").first?.lowercased() else { return "und" }
        if let code = codes[first] { return code }
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        return first.utf8.count == 3 && first.utf8.allSatisfy(letters.contains) ? first : "und"
    }
}

internal import Ledger
internal import Media
internal import Rooms
internal import Storage

/// Makes one WebM file of a recording, with seeking. Blocks while the disk is read and written.
struct WebMExport {
    static let name = "export.webm"

    /// Why there is no file.
    enum Failure: Error {
        /// The recording holds nothing that could be played.
        case empty
        case storage(StorageError)
        case writing(WebMWritingFault)
    }

    private static let pictureNumber = 1
    private static let soundNumber = 2

    let folder: RecordingFolder

    /// - Parameter progress: called now and then with what is done, 0 to 1.
    func run(progress: (Double) -> Void) throws(Failure) {
        do {
            let survey = try RecordingSurvey(of: folder)
            guard let first = survey.firstTime, !survey.tracks.isEmpty else { throw Failure.empty }
            let file = try folder.make(Self.name)
            defer { file.close() }
            try write(survey, from: first, to: file, progress: progress)
            try file.sync()
            try folder.finish(Self.name)
        } catch let failure as Failure {
            throw failure
        } catch let error as StorageError {
            throw .storage(error)
        } catch let fault as WebMWritingFault {
            throw .writing(fault)
        } catch {
            throw .empty
        }
    }

    private func write(
        _ survey: RecordingSurvey,
        from first: Int,
        to file: AppendFile,
        progress: (Double) -> Void
    ) throws {
        let numbers = survey.languages.enumerated().map { ($1, Self.soundNumber + 1 + $0) }
        let languages = Dictionary(numbers) { first, _ in first }
        var writer = try WebMWriter(tracks: tracks(of: survey, languages))
        var programme = Programme(codec: survey.codec)
        var order = FrameOrder<MediaFrame>()
        var reader = try RecordingReader(folder)
        var output: [UInt8] = []
        let span = Double(max(1, (survey.lastTime ?? first) - first))
        var count = 0
        // A file holds milliseconds: frames that waited together on their way get one each.
        var latest = 0
        var lasts: [Int: Int] = [:]

        func put(_ frame: MediaFrame) throws {
            let number: Int
            switch programme.place(of: frame.header) {
            case .picture: number = Self.pictureNumber
            case .sound: number = Self.soundNumber
            case .interpretation(let language):
                guard let found = languages[language] else { return }
                number = found
            case nil: return
            }
            let time = max(frame.header.time - first, latest, (lasts[number] ?? -1_000) + 1_000)
            (latest, lasts[number]) = (time, time)
            try writer.write(
                WebMFrame(
                    track: number,
                    time: time,
                    duration: frame.header.duration,
                    isKey: frame.header.isKey,
                    payload: frame.payload
                ),
                into: &output
            )
            if output.count > 1 << 20 {
                try file.append(output)
                output = []
            }
        }

        while let record = try reader.next() {
            switch record {
            case .track(let track): programme.describe(track.number, track.source)
            case .frame(let frame, _):
                for due in order.take(frame, at: frame.header.time) { try put(due) }
                count += 1
                if count.isMultiple(of: 1_000) {
                    progress(min(1, Double(frame.header.time - first) / span))
                }
            }
        }
        for due in order.finish() { try put(due) }
        let patches = writer.finish(into: &output)
        try file.append(output)
        for patch in patches { try file.overwrite(patch.bytes, at: patch.offset) }
    }

    private func tracks(of survey: RecordingSurvey, _ languages: [String: Int]) -> [WebMTrack] {
        var tracks: [WebMTrack] = []
        if let size = survey.size {
            switch survey.codec {
            case .vp8:
                tracks.append(WebMTrack(number: Self.pictureNumber, codec: .vp8(size)))
            case .h264:
                let codec = WebMTrack.Codec.h264(size, configuration: survey.configuration)
                tracks.append(WebMTrack(number: Self.pictureNumber, codec: codec))
            case .opus, nil: break
            }
        }
        let head = OpusHead(channels: survey.channels).encoded
        if survey.hasVoice {
            tracks.append(
                WebMTrack(number: Self.soundNumber, codec: .opus(configuration: head))
            )
        }
        for (language, number) in languages.sorted(by: { $0.value < $1.value }) {
            tracks.append(
                WebMTrack(
                    number: number,
                    codec: .opus(configuration: head),
                    name: language,
                    language: language
                )
            )
        }
        return tracks
    }
}

/// What a recording holds, found out by reading it once.
struct RecordingSurvey {
    private(set) var tracks: Set<UInt16> = []
    private(set) var codec: TrackCodec?
    private(set) var size: TrackDescription.Size?
    /// Of H.264: the decoder's configuration, from the first key frame.
    private(set) var configuration: [UInt8] = []
    private(set) var hasVoice = false
    private(set) var channels = 1
    private(set) var languages: [String] = []
    private(set) var firstTime: Int?
    private(set) var lastTime: Int?
    private(set) var frames = 0

    init(of folder: RecordingFolder) throws(StorageError) {
        var reader = try RecordingReader(folder)
        var described: [UInt16: RecordedTrack] = [:]
        while let record = try reader.next() {
            switch record {
            case .track(let track): described[track.number] = track
            case .frame(let frame, _):
                guard let track = described[frame.header.track] else { continue }
                take(frame, of: track)
            }
        }
    }

    private mutating func take(_ frame: MediaFrame, of track: RecordedTrack) {
        frames += 1
        firstTime = min(firstTime ?? frame.header.time, frame.header.time)
        lastTime = max(lastTime ?? 0, frame.header.time + frame.header.duration)
        let isNew = tracks.insert(track.number).inserted
        switch track.description.kind {
        case .voice where isNew:
            hasVoice = true
            if let head = try? OpusHead(reading: track.description.configuration) {
                channels = max(channels, head.channels)
            }
        case .interpretation where isNew:
            let language = track.description.language ?? "und"
            if !languages.contains(language), languages.count < 12 { languages.append(language) }
        case .camera, .screen:
            guard frame.header.isKey, codec == nil || (codec == .vp8 && size == nil) else { return }
            codec = track.description.codec
            switch track.description.codec {
            case .vp8:
                let found = VP8Frame.size(of: frame.payload.span)
                size =
                    found.flatMap { try? TrackDescription.Size(width: $0.width, height: $0.height) }
                    ?? track.size
            case .h264:
                size = track.size
                configuration = AnnexB.configuration(from: frame.payload.span) ?? []
            case .opus: break
            }
        default: return
        }
    }
}

extension RecordedTrack {
    /// As the programme knows it.
    var source: Programme.Source {
        Programme.Source(
            kind: description.kind,
            codec: description.codec,
            speaker: member.map { "\($0)" } ?? byline.name,
            language: description.language
        )
    }
}

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

    /// Makes the file; `progress` is called now and then with what is done, 0 to 1.
    func run(progress: (Double) -> Void) throws(Failure) {
        do {
            let survey = try RecordingSurvey(of: folder)
            guard let first = survey.firstTime, !survey.isEmpty else { throw Failure.empty }
            let file = try folder.make(Self.name)
            defer { folder.abandon(Self.name) }
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
            switch programme.place(of: frame.header.timed(by: frame.payload)) {
            case .picture: number = Self.pictureNumber
            case .sound: number = Self.soundNumber
            case .interpretation(let language):
                guard let found = languages[language] else { return }
                number = found
            case nil: return
            }
            let time = max(frame.header.time - first, latest, (lasts[number] ?? -1_000) + 1_000)
            (latest, lasts[number]) = (time, time)
            // What the format does not take, such as an empty picture, is left out.
            try? writer.write(
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
    private(set) var bytes = 0

    /// Whether anything can be played.
    var isEmpty: Bool { codec == nil && !hasVoice && languages.isEmpty }

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
        bytes += frame.payload.count
        firstTime = min(firstTime ?? frame.header.time, frame.header.time)
        lastTime = max(lastTime ?? 0, frame.header.time + frame.header.duration)
        switch track.description.kind {
        case .voice:
            if !hasVoice, let head = try? OpusHead(reading: track.description.configuration) {
                channels = max(channels, head.channels)
            }
            hasVoice = true
        case .interpretation:
            let language = track.description.language ?? "und"
            if !languages.contains(language), languages.count < 12 { languages.append(language) }
        case .camera, .screen:
            // The first picture that can be read decides what the file's pictures are.
            guard codec == nil, frame.header.isKey else { return }
            take(picture: frame.payload, track.description.codec, track.size)
        }
    }

    private mutating func take(
        picture: [UInt8],
        _ codec: TrackCodec,
        _ described: TrackDescription.Size?
    ) {
        switch codec {
        case .vp8:
            guard let found = VP8Frame.size(of: picture.span),
                let size = try? TrackDescription.Size(width: found.width, height: found.height)
            else { return }
            (self.codec, self.size) = (.vp8, size)
        case .h264:
            guard let described, let found = AnnexB.configuration(from: picture.span) else {
                return
            }
            (self.codec, size, configuration) = (.h264, described, found)
        case .opus: return
        }
    }
}

extension RecordedTrack {
    /// As the programme knows it.
    var source: Programme.Source {
        Programme.Source(
            kind: description.kind,
            codec: description.codec,
            speaker: member.map { "\($0)" },
            language: description.language
        )
    }
}

extension MediaFrameHeader {
    /// Of sound, with the duration that the packet itself tells: the sender's word counts for nothing.
    fileprivate func timed(by payload: [UInt8]) -> MediaFrameHeader {
        var header = self
        header.duration = OpusPacket.duration(of: payload.span) ?? 0
        return header
    }
}

internal import Ledger
internal import Media
internal import Rooms
internal import Storage
internal import Wire

/// Makes a recording of an uploaded WebM file. Blocks while the disk is read and written.
struct RecordingIntake {
    /// Why there is none.
    enum Failure: Error {
        case file(WebMFault)
        case empty
        /// It would become many times as long as it came.
        case inflated
        case storage(StorageError)
    }

    private static let piece = 256 << 10

    let folder: RecordingFolder
    let head: RecordingHead
    /// The server's time that the file's beginning stands for, in microseconds.
    let start: Int

    /// - Returns: how the recording ended, which is written when all is durable.
    func run(_ file: BlobFile, at now: Timestamp) throws(Failure) {
        do {
            var desk = try RecorderDesk(folder, head: head.bytes)
            var figures = RecordingFigures()
            var reader = WebMReader()
            var tracks: [Int: (number: UInt16, isVideo: Bool, sequence: UInt32)] = [:]
            var place = 0
            while place < file.count {
                let end = min(place + Self.piece, file.count)
                reader.append(try file.bytes(in: place..<end))
                place = end
                while let event = try reader.next() {
                    switch event {
                    case .tracks(let found):
                        for (index, track) in found.enumerated() {
                            let number = UInt16(index + 1)
                            tracks[track.number] = (number, track.isVideo, 0)
                            try desk.describe(try live(track, number))
                        }
                    case .frame(let frame):
                        guard let known = tracks[frame.track] else { continue }
                        tracks[frame.track]?.sequence &+= 1
                        let header = self.header(
                            of: frame,
                            known.number,
                            known.sequence,
                            known.isVideo
                        )
                        try desk.write(header, header.encoded + frame.payload)
                        figures.frames += 1
                        figures.bytes += frame.payload.count
                        // A record has some 30 bytes beside its frame.
                        guard figures.bytes + 30 * figures.frames <= 4 * place + (1 << 20) else {
                            throw Failure.inflated
                        }
                        figures.firstTime = min(figures.firstTime ?? header.time, header.time)
                        figures.lastTime = max(
                            figures.lastTime ?? 0,
                            header.time + header.duration
                        )
                    }
                }
            }
            _ = try reader.end()
            guard figures.frames > 0 else { throw Failure.empty }
            try desk.finish(RecordingEndNote(at: now, figures: figures).bytes)
        } catch let failure as Failure {
            throw failure
        } catch let fault as WebMFault {
            throw .file(fault)
        } catch let error as StorageError {
            throw .storage(error)
        } catch {
            throw .empty
        }
    }

    private func header(
        of frame: WebMFrame,
        _ number: UInt16,
        _ sequence: UInt32,
        _ isVideo: Bool
    ) -> MediaFrameHeader {
        MediaFrameHeader(
            flags: frame.isKey || !isVideo ? .key : [],
            track: number,
            sequence: sequence,
            time: start + frame.time,
            duration: isVideo ? 0 : frame.duration
        )
    }

    private func live(_ track: WebMTrack, _ number: UInt16) throws -> LiveTrack {
        if case .h264 = track.codec { throw WebMFault.codec("V_MPEG4/ISO/AVC") }
        let description: TrackDescription
        do throws(TrackFault) {
            switch track.codec {
            case .vp8(let size), .h264(let size, _):
                description = try TrackDescription(kind: .camera, codec: .vp8, size: size)
            case .opus(let configuration):
                description = try TrackDescription(
                    kind: .voice,
                    codec: .opus,
                    configuration: configuration
                )
            }
        } catch {
            throw WebMFault.track(track.number, error)
        }
        return LiveTrack(
            number: number,
            description: description,
            member: head.member,
            byline: Byline(""),
            publisher: nil,
            size: description.size
        )
    }
}

extension RecordingIntake.Failure {
    var error: WireError {
        switch self {
        case .file(let fault): .unreadableRecording("\(fault)")
        case .inflated: .unreadableRecording("too many small frames")
        case .empty: .unreadableRecording("it holds neither picture nor sound")
        case .storage(.full):
            WireError(.recordingDiskFull, "there is no space left for recordings")
        case .storage: .unavailable("storage")
        }
    }
}

// Holds what the tests of WebM share: files made of elements, frames, and a reader of pieces.
import TestSupport

@testable import Media

enum WebMSample {
    static let opus = OpusHead(channels: 1).encoded
    /// A key frame of VP8 that says 640 x 360, and another frame.
    static let key: [UInt8] = [0x50, 0xA5, 0, 0x9D, 1, 0x2A, 0x80, 2, 0x68, 1]
    static let delta: [UInt8] = [0x51, 1, 2, 3]
    /// An Opus packet of 20 ms.
    static let sound: [UInt8] = [0xF8, 0xFF, 0xFE]

    static func tracks() throws -> [WebMTrack] {
        [
            WebMTrack(
                number: 1,
                codec: .vp8(try TrackDescription.Size(width: 640, height: 360)),
                name: "王芳",
                language: "zh-CN"
            ),
            WebMTrack(number: 2, codec: .opus(configuration: opus), language: "en"),
        ]
    }

    /// A picture every 40 ms with a key frame every 2 s, sound every 20 ms.
    static func frames(milliseconds: Int) -> [WebMFrame] {
        stride(from: 0, to: milliseconds, by: 20).flatMap { time in
            var frames = [
                WebMFrame(
                    track: 2,
                    time: time * 1_000,
                    duration: 20_000,
                    isKey: true,
                    payload: sound
                )
            ]
            if time.isMultiple(of: 40) {
                let isKey = time.isMultiple(of: 2_000)
                frames.append(
                    WebMFrame(
                        track: 1,
                        time: time * 1_000,
                        isKey: isKey,
                        payload: isKey ? key : delta
                    )
                )
            }
            return frames
        }
    }

    /// The whole file, patched.
    static func file(
        _ tracks: [WebMTrack],
        _ frames: [WebMFrame]
    ) throws(WebMWritingFault) -> [UInt8] {
        var writer = try WebMWriter(tracks: tracks)
        var bytes: [UInt8] = []
        for frame in frames { try writer.write(frame, into: &bytes) }
        for patch in writer.finish(into: &bytes) {
            bytes.replaceSubrange(
                patch.offset..<patch.offset + patch.bytes.count,
                with: patch.bytes
            )
        }
        return bytes
    }

    struct Outcome: Equatable {
        var tracks: [WebMTrack] = []
        var frames: [WebMFrame] = []
        var end: WebMReader.End?
        var fault: WebMFault?
    }

    static func read(
        _ pieces: [ArraySlice<UInt8>],
        limits: WebMReader.Limits = .init()
    ) -> Outcome {
        var reader = WebMReader(limits: limits)
        var outcome = Outcome()
        do throws(WebMFault) {
            for piece in pieces {
                reader.append(piece)
                while let event = try reader.next() {
                    switch event {
                    case .tracks(let tracks): outcome.tracks += tracks
                    case .frame(let frame): outcome.frames.append(frame)
                    }
                }
            }
            outcome.end = try reader.end()
        } catch {
            outcome.fault = error
        }
        return outcome
    }

    static func read(_ bytes: [UInt8]) -> Outcome { read([bytes[...]]) }

    // MARK: - Elements

    static func element(_ id: UInt32, _ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(id, content)
        return bytes
    }

    static func element(_ id: UInt32, _ number: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(id, number)
        return bytes
    }

    /// An element whose length is not known.
    static func open(_ id: UInt32, _ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(id: id)
        return bytes + [0xFF] + content
    }

    static func text(_ id: UInt32, _ text: String) -> [UInt8] { element(id, Array(text.utf8)) }

    static let document = element(ElementID.ebml, text(ElementID.docType, "webm"))

    static let picture = element(
        ElementID.trackEntry,
        element(ElementID.trackNumber, 1) + element(ElementID.trackType, 1)
            + text(ElementID.codecID, "V_VP8")
            + element(
                ElementID.video,
                element(ElementID.pixelWidth, 640) + element(ElementID.pixelHeight, 360)
            )
    )

    static let voice = element(
        ElementID.trackEntry,
        element(ElementID.trackNumber, 2) + element(ElementID.trackType, 2)
            + text(ElementID.codecID, "A_OPUS")
    )

    static let described = element(ElementID.tracks, picture + voice)

    static func block(
        _ track: UInt8,
        _ time: Int16,
        flags: UInt8 = 0,
        _ payload: [UInt8]
    ) -> [UInt8] {
        let time = UInt16(bitPattern: time)
        return [0x80 | track, UInt8(time >> 8), UInt8(truncatingIfNeeded: time), flags] + payload
    }

    static func simple(
        _ track: UInt8,
        _ time: Int16,
        flags: UInt8 = 0,
        _ payload: [UInt8]
    ) -> [UInt8] {
        element(ElementID.simpleBlock, block(track, time, flags: flags, payload))
    }

    static func at(_ ticks: Int) -> [UInt8] { element(ElementID.timestamp, ticks) }
}

// Proves that no bytes trap the reader of recordings, that it keeps its limits, that pieces of any length
// tell the same, and that the frames it gives are those of the file that is written of them.
import FuzzSupport
import Media

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzWebM(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzInput.take(start, count) { input in
        let seed = input.choice()
        let whole = read([input.rest])
        let pieced = read(input.pieces(seed: seed))
        demand(whole == pieced, "whole: \(whole)\npieced: \(pieced)")
        for frame in whole.frames {
            demand((1...limits.block).contains(frame.payload.count), "\(frame.payload.count) bytes")
            demand((0...MediaFrameHeader.latestTime * 2).contains(frame.time), "\(frame.time)")
        }
        rewrite(whole)
    }
}

private let limits = WebMReader.Limits(description: 1_000, block: 500, tracks: 4)

private struct Outcome: Equatable {
    var tracks: [WebMTrack] = []
    var frames: [WebMFrame] = []
    var end: WebMReader.End?
    var fault: WebMFault?
}

private func read(_ pieces: [[UInt8]], limits: WebMReader.Limits = limits) -> Outcome {
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

/// The frames in the order of their times, as one file, patched.
private func rewrite(_ outcome: Outcome) {
    guard !outcome.tracks.isEmpty else { return }
    var writer: WebMWriter
    do throws(WebMWritingFault) {
        writer = try WebMWriter(tracks: outcome.tracks)
    } catch {
        guard case .trackNumber = error else { fatalError("\(error)") }
        return
    }
    var bytes: [UInt8] = []
    var written: [WebMFrame] = []
    let order = outcome.frames.enumerated().sorted {
        ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }
    for (_, frame) in order {
        do throws(WebMWritingFault) {
            try writer.write(frame, into: &bytes)
            written.append(frame)
        } catch {
            guard case .time = error else { fatalError("\(error)") }
        }
    }
    for patch in writer.finish(into: &bytes) {
        bytes.replaceSubrange(patch.offset..<patch.offset + patch.bytes.count, with: patch.bytes)
    }
    let again = read([bytes], limits: WebMReader.Limits())
    demand(again.end == .whole, "\(String(describing: again.fault))")
    demand(again.frames.map(\.payload) == written.map(\.payload), "\(written)")
    demand(again.frames.map(\.isKey) == written.map(\.isKey), "\(written)")
    let times = written.map { ($0.time + 500) / 1_000 * 1_000 }
    demand(again.frames.map(\.time) == times, "\(times)")
}

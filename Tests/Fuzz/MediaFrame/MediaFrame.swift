// Proves that no bytes trap the readers of frames, of segments and of an index, that what is read is
// written back the same, and that pieces of any length tell the same.
import FuzzSupport
import Media

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMediaFrame(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzInput.take(start, count) { input in
        switch input.choice() % 4 {
        case 0: frame(input.rest)
        case 1: segment(&input)
        case 2: descriptions(input.rest)
        default: clock(&input)
        }
    }
}

private func frame(_ bytes: [UInt8]) {
    for sender in [MediaFrameHeader.Sender.publisher, .server] {
        guard let frame = try? MediaFrame(reading: bytes.span, from: sender) else { continue }
        demand(frame.encoded == bytes, "\(frame) is written otherwise")
        for kind in TrackKind.allCases {
            try? frame.header.check(payload: frame.payload.count, of: kind)
        }
    }
    _ = AnnexB.withLengths(bytes.span)
    _ = AnnexB.configuration(from: bytes.span)
    _ = VP8Frame.size(of: bytes.span)
    _ = OpusPacket.duration(of: bytes.span)
}

private func segment(_ input: inout FuzzInput) {
    let seed = input.choice()
    let whole = read([input.rest])
    let pieced = read(input.pieces(seed: seed))
    demand(whole.items == pieced.items && whole.end == pieced.end, "\(whole), \(pieced)")
    let index = SegmentIndex(reading: input.rest)
    let again = SegmentIndex(reading: index.entries.flatMap(\.encoded))
    demand(again == index, "\(index) came back as \(again)")
    rewrite(whole.items)
}

private func read(_ pieces: [[UInt8]]) -> (items: [SegmentReader.Item], end: SegmentEnd) {
    var reader = SegmentReader()
    var items: [SegmentReader.Item] = []
    for piece in pieces {
        reader.append(piece)
        while let item = reader.next() { items.append(item) }
    }
    return (items, reader.end)
}

/// What was read of a segment is written, cut and read again.
private func rewrite(_ items: [SegmentReader.Item]) {
    var writer = SegmentWriter()
    var bytes: [UInt8] = []
    writer.begin(segment: 1, into: &bytes)
    var written: [SegmentRecord] = []
    for item in items {
        do throws(SegmentFault) {
            switch item.record {
            case .track(let json): try writer.describe(1, isVideo: true, json: json, into: &bytes)
            case .note(let json): try writer.note(json, into: &bytes)
            case .frame(let frame):
                let (header, payload) = (frame.header, frame.payload)
                _ = try writer.write(header, payload: payload.span, into: &bytes)
            }
            written.append(item.record)
        } catch {
            guard case .noSuchTrack = error else { fatalError("\(error)") }
        }
    }
    let again = read([bytes])
    demand(again.items.map(\.record) == written, "\(written) came back as \(again)")
    demand(again.end == .whole(bytes: writer.byteCount), "\(again.end)")
}

private func descriptions(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    _ = TrackDescription.isLanguage(text)
    if let head = try? OpusHead(reading: bytes) {
        let again = try? OpusHead(reading: head.encoded)
        demand(again == head, "\(head) came back as \(String(describing: again))")
    }
    let cue = WebVTT.Cue(from: bytes.count, to: 0, speaker: text, text: text)
    let file = String(decoding: WebVTT.document([cue, cue], language: text), as: UTF8.self)
    let arrows = file.split(separator: "\n").count { $0.contains("-->") }
    demand(arrows == 0 || arrows == 2, file)
    let blocks = file.split(separator: "\n\n").count
    demand(blocks <= 4, file)
}

private func clock(_ input: inout FuzzInput) {
    var clock = PublisherClock()
    var (media, received) = (0, 1_790_000_000_000_000)
    for byte in input.rest {
        let step = Int(byte & 0x3F) << Int(byte >> 6) * 6
        media = byte & 1 == 0 ? media + step : max(media - step, 0)
        received += step / (1 + Int(byte & 3))
        let time = clock.serverTime(of: media, received: received)
        demand(time <= received && time >= received - 5_000_000, "\(time) at \(received)")
    }
}

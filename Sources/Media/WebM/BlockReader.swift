/// Reads the frames of blocks (RFC 9559 §10).
struct BlockReader {
    let tracks: [Int: TrackEntry]
    let clusterTime: Int  // ticks
    let scale: Int  // nanoseconds a tick

    /// The frames of a BlockGroup: those of its first block.
    func frames(ofGroup content: Span<UInt8>, base: Int) throws(WebMFault) -> [WebMFrame] {
        var block: Range<Int>?
        var duration: Int?
        for (id, range) in try content.elements(base: base) {
            switch id {
            case ElementID.block: block = block ?? range
            case ElementID.blockDuration: duration = content.extracting(range).unsigned
            default: break
            }
        }
        guard let block else { throw .malformed(at: base) }
        return try frames(
            ofBlock: content.extracting(block),
            base: base + block.lowerBound,
            duration: duration
        )
    }

    /// The frames of a block; empty ones say nothing and are left out. The duration is in ticks, of
    /// all together.
    func frames(
        ofBlock block: Span<UInt8>,
        base: Int,
        duration: Int?
    ) throws(WebMFault) -> [WebMFrame] {
        guard let number = try variable(block, at: 0, base: base),
            block.count >= number.bytes + 3
        else { throw .malformed(at: base) }
        guard let entry = tracks[Int(number.value)] else {
            throw .noSuchTrack(Int(number.value), at: base)
        }
        guard let track = entry.track else { return [] }
        let relative = Int16(
            truncatingIfNeeded: block.bigEndian(at: number.bytes, count: 2)
        )
        var time = try microseconds(clusterTime, plus: Int(relative), base: base)
        let lacing = Lacing(rawValue: block[number.bytes + 2] >> 1 & 3) ?? .none
        guard lacing == .none || !track.isVideo else {
            throw .lacedVideo(track: track.number, at: base)
        }
        let given = try duration.map { ticks throws(WebMFault) in
            try microseconds(ticks, plus: 0, base: base)
        }
        var frames: [WebMFrame] = []
        for range in try lacing.frames(of: block, from: number.bytes + 3, base: base) {
            let payload = block.extracting(range)
            guard payload.count > 0 else { continue }
            let own = track.isVideo ? given : OpusPacket.duration(of: payload) ?? 0
            frames.append(
                WebMFrame(
                    track: track.number,
                    time: time,
                    duration: own ?? 0,
                    isKey: track.isVideo ? VP8Frame.isKey(payload) : true,
                    payload: [UInt8](copying: payload)
                )
            )
            time += own ?? 0
        }
        return frames
    }

    private func variable(
        _ block: Span<UInt8>,
        at offset: Int,
        base: Int
    ) throws(WebMFault) -> (value: UInt64, bytes: Int)? {
        do throws(WebMFault) {
            return try block.variable(at: offset)
        } catch {
            throw .malformed(at: base)
        }
    }

    /// Ticks as microseconds; a time before the start is the start.
    private func microseconds(
        _ ticks: Int,
        plus relative: Int,
        base: Int
    ) throws(WebMFault) -> Int {
        let (sum, tooLate) = ticks.addingReportingOverflow(relative)
        let (nanoseconds, tooLong) = max(sum, 0).multipliedReportingOverflow(by: scale)
        guard !tooLate, !tooLong, nanoseconds / 1_000 <= MediaFrameHeader.latestTime else {
            throw .time(at: base)
        }
        return nanoseconds / 1_000
    }
}

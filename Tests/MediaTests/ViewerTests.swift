// Proves which frames reach a viewer: the cache for who comes late, the gate, yielding video.
import Media
import Testing

struct ViewerTests {
    @Test
    func `a cache holds what came since the last key frame`() {
        var cache = KeyFrameCache<Int>(limits: .init(bytes: 100, frames: 4))
        cache.append(1, bytes: 10, isKey: false)
        #expect(cache.frames.isEmpty && cache.byteCount == 0)
        cache.append(2, bytes: 40, isKey: true)
        cache.append(3, bytes: 60, isKey: false)
        #expect(cache.frames == [2, 3] && cache.byteCount == 100)
        cache.append(4, bytes: 1, isKey: false)
        #expect(cache.frames.isEmpty && cache.byteCount == 0, "a byte too much")
        cache.append(5, bytes: 1, isKey: false)
        #expect(cache.frames.isEmpty, "waits for a key frame")
        for frame in 6...9 { cache.append(frame, bytes: 1, isKey: frame == 6) }
        #expect(cache.frames == [6, 7, 8, 9])
        cache.append(10, bytes: 1, isKey: false)
        #expect(cache.frames.isEmpty, "a frame too many")
        cache.append(11, bytes: 101, isKey: true)
        #expect(cache.frames.isEmpty, "a key frame too long")
        cache.append(12, bytes: 100, isKey: true)
        cache.append(13, bytes: 90, isKey: true)
        #expect(cache.frames == [13] && cache.byteCount == 90)
        cache.empty()
        #expect(cache.frames.isEmpty && cache.byteCount == 0)
    }

    typealias Step = (isKey: Bool, queued: Int, decision: ViewerGate.Decision)

    static let limits = ViewerGate.Limits(shut: 1_000, open: 100, sound: 5_000)

    static let courses: [(name: String, isVideo: Bool, isOpen: Bool, steps: [Step])] = [
        (
            "video begins with a key frame", true, false,
            [
                (false, 0, .leaveOut), (true, 101, .leaveOut), (false, 0, .leaveOut),
                (true, 100, .send), (false, 100, .send),
            ]
        ),
        (
            "video shuts beyond its limit, and opens with a key frame", true, true,
            [
                (false, 1_000, .send), (true, 1_000, .send), (false, 1_001, .shut),
                (false, 0, .leaveOut), (true, 101, .leaveOut), (false, 50, .leaveOut),
                (true, 100, .sendAfterGap), (false, 100, .send), (true, 1_001, .shut),
                (true, 100, .sendAfterGap),
            ]
        ),
        (
            "sound passes up to its own limit", false, false,
            [
                (true, 5_000, .send), (true, 5_001, .shut), (true, 5_001, .leaveOut),
                (true, 5_000, .sendAfterGap), (true, 0, .send),
            ]
        ),
    ]

    @Test(arguments: courses)
    func `a gate has one answer`(name: String, isVideo: Bool, isOpen: Bool, steps: [Step]) {
        var gate = ViewerGate(isVideo: isVideo, isOpen: isOpen, limits: Self.limits)
        for (index, step) in steps.enumerated() {
            let decision = gate.decide(isKey: step.isKey, queued: step.queued)
            #expect(decision == step.decision, "\(name), step \(index)")
        }
    }

    @Test
    func `a gate that is shut opens with a key frame after a gap`() {
        var gate = ViewerGate(isVideo: true, isOpen: true, limits: Self.limits)
        gate.shut()
        #expect(!gate.isOpen)
        #expect(gate.decide(isKey: false, queued: 0) == .leaveOut)
        #expect(gate.decide(isKey: true, queued: 0) == .sendAfterGap)
        var new = ViewerGate(isVideo: true, limits: Self.limits)
        new.shut()
        #expect(new.decide(isKey: true, queued: 0) == .send, "nothing was missed")
    }

    @Test
    func `three shuttings within 20 s pause video`() {
        var yield = VideoYield()
        #expect(yield.gateShut(at: 0) == nil)
        #expect(yield.gateShut(at: 10_000) == nil)
        #expect(yield.gateShut(at: 20_000) == nil, "the first is 20 s old")
        #expect(yield.gateShut(at: 29_999) == .yields(until: 34_999))
        #expect(yield.isYielding && yield.end == 34_999)
        #expect(yield.gateShut(at: 30_000) == nil, "it pauses already")
        #expect(yield.pass(to: 34_998) == nil)
        #expect(yield.pass(to: 34_999) == .back)
        #expect(yield.pass(to: 35_000) == nil)
        #expect(!yield.isYielding)
    }

    /// Shuts the gate until video yields.
    /// - Returns: how long it pauses, and when it is back.
    private func pause(_ yield: inout VideoYield, from now: Int) -> (Int, Int) {
        for step in 0..<2 { #expect(yield.gateShut(at: now + step) == nil) }
        guard case .yields(let end)? = yield.gateShut(at: now + 2) else {
            Issue.record("video does not yield")
            return (0, now)
        }
        #expect(yield.pass(to: end) == .back)
        return (end - now - 2, end)
    }

    @Test
    func `pauses get longer, until a minute is good`() {
        var yield = VideoYield()
        var now = 0
        for expected in [5_000, 10_000, 20_000, 40_000, 40_000] {
            let (length, end) = pause(&yield, from: now)
            #expect(length == expected)
            now = end
        }
        let (almost, end) = pause(&yield, from: now + 59_999)
        #expect(almost == 40_000)
        #expect(pause(&yield, from: end + 60_000).0 == 5_000)
    }
}

/// Decides which frames of one track go to one viewer, by what still waits for that viewer. Of
/// video, what follows a frame left out is of no use before the next key frame; sound passes until
/// nearly nothing goes.
public struct ViewerGate: Hashable, Sendable {
    /// Bytes that wait for the viewer.
    public struct Limits: Hashable, Sendable {
        /// Beyond, video is left out.
        public var shut: Int
        /// Up to this, a key frame opens the gate again.
        public var open: Int
        /// Beyond, sound is left out too.
        public var sound: Int

        /// Limits of one viewer: 256 KiB are 1 s of video of 2 Mbit/s, 64 KiB of sound some 10 s.
        public init(shut: Int = 256 << 10, open: Int = 64 << 10, sound: Int = 1 << 20) {
            self.shut = shut
            self.open = open
            self.sound = sound
        }
    }

    /// What becomes of a frame.
    public enum Decision: Hashable, Sendable {
        case send
        /// It goes, and its header tells that frames before it were left out.
        case sendAfterGap
        case leaveOut
        /// It is the first one left out.
        case shut
    }

    private enum State: Hashable {
        case open
        /// Nothing was sent yet, and nothing was left out that the viewer could miss.
        case waiting
        /// Frames are being left out.
        case shut
    }

    private let isVideo: Bool
    private let limits: Limits
    private var state: State

    /// A gate for frames of video, or of sound. Video begins with a key frame, unless the viewer
    /// was given those since the last one: then the gate is open.
    public init(isVideo: Bool, isOpen: Bool = false, limits: Limits = Limits()) {
        self.isVideo = isVideo
        self.limits = limits
        state = isOpen || !isVideo ? .open : .waiting
    }

    /// Whether the next frame of any kind passes where little waits.
    public var isOpen: Bool { state == .open }

    /// Decides one frame, in the order of the track; `queued` are the bytes that wait for the
    /// viewer, without this frame.
    public mutating func decide(isKey: Bool, queued: Int) -> Decision {
        switch state {
        case .open:
            guard queued <= (isVideo ? limits.shut : limits.sound) else {
                state = .shut
                return .shut
            }
            return .send
        case .waiting:
            guard isKey, queued <= limits.open else { return .leaveOut }
            state = .open
            return .send
        case .shut:
            guard isVideo ? isKey && queued <= limits.open : queued <= limits.sound else {
                return .leaveOut
            }
            state = .open
            return .sendAfterGap
        }
    }

    /// Leaves out what comes until the next key frame, as while the viewer's video is paused.
    public mutating func shut() {
        if state == .open { state = .shut }
    }
}

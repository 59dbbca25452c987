/// The frames of one video track since its last key frame: with them, who comes late sees a
/// picture at once. Beyond its limits it empties and waits for the next key frame, and so does who
/// comes late.
public struct KeyFrameCache<Frame> {
    /// How much it holds at most.
    public struct Limits: Hashable, Sendable {
        /// Of all frames together.
        public var bytes: Int
        /// How many there are.
        public var frames: Int

        /// Limits of one track: 4 MiB are 4 s of the fastest publisher, 600 frames 20 s of the
        /// customary 30 a second.
        public init(bytes: Int = 4 << 20, frames: Int = 600) {
            self.bytes = bytes
            self.frames = frames
        }
    }

    private let limits: Limits
    /// Of the frames that are held.
    public private(set) var byteCount = 0
    /// From the key frame on; empty while it waits for one.
    public private(set) var frames: [Frame] = []

    /// An empty cache.
    public init(limits: Limits = Limits()) { self.limits = limits }

    /// Takes the next frame of the track, which weighs so many bytes. A key frame takes the place
    /// of all before it.
    public mutating func append(_ frame: Frame, bytes: Int, isKey: Bool) {
        if isKey {
            frames.removeAll(keepingCapacity: true)
            byteCount = 0
        } else if frames.isEmpty {
            return
        }
        guard frames.count < limits.frames, bytes <= limits.bytes - byteCount else {
            empty()
            return
        }
        frames.append(frame)
        byteCount += bytes
    }

    /// Drops what it holds, as when frames of the track were lost: the next key frame comes first.
    public mutating func empty() {
        frames = []
        byteCount = 0
    }
}

extension KeyFrameCache: Sendable where Frame: Sendable {}

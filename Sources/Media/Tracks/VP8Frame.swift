/// What the first bytes of a VP8 frame say (RFC 6386 §9.1).
public enum VP8Frame {
    /// Whether it is a key frame. The container is not asked: Chromium's recorder does not tell.
    public static func isKey(_ frame: Span<UInt8>) -> Bool {
        frame.count > 0 && frame[0] & 1 == 0
    }

    /// The size of a key frame's picture, in pixels; `nil` for others and for what is no VP8.
    public static func size(of frame: Span<UInt8>) -> (width: Int, height: Int)? {
        guard isKey(frame), frame.count >= 10, frame[3] == 0x9D, frame[4] == 0x01,
            frame[5] == 0x2A
        else { return nil }
        // The two highest bits of each are a scale for display.
        let width = Int(frame[6]) | Int(frame[7] & 0x3F) << 8
        let height = Int(frame[8]) | Int(frame[9] & 0x3F) << 8
        return width > 0 && height > 0 ? (width, height) : nil
    }
}

/// What an Opus packet says of itself (RFC 6716 §3.1 and §3.2).
public enum OpusPacket {
    /// How long it lasts, in microseconds; `nil` when it is empty, or longer than 120 ms.
    public static func duration(of packet: Span<UInt8>) -> Int? {
        guard packet.count > 0 else { return nil }
        let configuration = Int(packet[0] >> 3)
        let frame: Int
        switch configuration {
        case 0..<12: frame = [10_000, 20_000, 40_000, 60_000][configuration & 3]
        case 12..<16: frame = [10_000, 20_000][configuration & 1]
        default: frame = [2_500, 5_000, 10_000, 20_000][configuration & 3]
        }
        let frames: Int
        switch packet[0] & 3 {
        case 0: frames = 1
        case 1, 2: frames = 2
        default:
            guard packet.count > 1 else { return nil }
            frames = Int(packet[1] & 0x3F)
        }
        let duration = frame * frames
        return (1...120_000).contains(duration) ? duration : nil
    }
}

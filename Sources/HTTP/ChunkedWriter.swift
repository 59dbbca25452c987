/// Writes a body of unknown length (RFC 9112 §7.1): `begin`, the bytes, `end`; `last` behind them all.
public enum ChunkedWriter {
    /// The line before a chunk of so many bytes; 0 would end the body.
    public static func begin(_ count: Int) -> [UInt8] {
        Array("\(String(count, radix: 16))\r\n".utf8)
    }

    /// What follows a chunk's bytes.
    public static let end = Array("\r\n".utf8)

    /// The last chunk, without trailers.
    public static let last = Array("0\r\n\r\n".utf8)
}

/// Base32 without padding (RFC 4648 §6), as authenticator apps write secrets.
public enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    public static func encode(_ bytes: [UInt8]) -> String {
        String(decoding: Base64.characters(of: bytes, in: alphabet, width: 5), as: UTF8.self)
    }
}

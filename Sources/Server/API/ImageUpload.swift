/// What an uploaded image is, found out from its own bytes, whatever its name says.
struct ImageUpload: Equatable, Sendable {
    /// Pixels on either side, where no setting says otherwise.
    static let sideLimit = 8_192

    let type: String
    let width: Int
    let height: Int

    enum Fault: Error, Equatable {
        /// Neither PNG nor JPEG nor WebP, or cut short.
        case unknown
        case tooLarge(width: Int, height: Int, limit: Int)
    }

    /// Finds out what whole bytes are.
    init(_ bytes: [UInt8]) throws(Fault) {
        var sniffer = ImageSniffer()
        try sniffer.take(bytes)
        guard let image = sniffer.image else { throw .unknown }
        self = image
    }

    init(type: String, width: Int, height: Int) {
        self.type = type
        self.width = width
        self.height = height
    }

    /// PNG (ISO 15948): signature, then IHDR with width and height.
    static func png(_ bytes: [UInt8]) -> ImageUpload? {
        let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
        guard bytes.starts(with: signature), bytes.count >= 33,
            bytes[12..<16].elementsEqual("IHDR".utf8)
        else { return nil }
        return ImageUpload(
            type: "image/png",
            width: bigEndian(bytes[16..<20]),
            height: bigEndian(bytes[20..<24])
        )
    }

    /// WebP (RFC 9649): VP8, VP8L or VP8X in a RIFF container.
    static func webP(_ bytes: [UInt8]) -> ImageUpload? {
        guard bytes.count >= 30, bytes.starts(with: "RIFF".utf8),
            bytes[8..<12].elementsEqual("WEBP".utf8)
        else { return nil }
        let size: (width: Int, height: Int)
        switch String(decoding: bytes[12..<16], as: UTF8.self) {
        case "VP8 ":
            guard bytes[23..<26].elementsEqual([0x9d, 0x01, 0x2a]) else { return nil }
            size = (
                littleEndian(bytes[26..<28]) & 0x3fff, littleEndian(bytes[28..<30]) & 0x3fff
            )
        case "VP8L":
            guard bytes[20] == 0x2f else { return nil }
            let bits = littleEndian(bytes[21..<25])
            size = ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1)
        case "VP8X":
            size = (littleEndian(bytes[24..<27]) + 1, littleEndian(bytes[27..<30]) + 1)
        default: return nil
        }
        return ImageUpload(type: "image/webp", width: size.width, height: size.height)
    }

    static func bigEndian(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    private static func littleEndian(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}

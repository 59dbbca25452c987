// Proves that an upload is known by its own bytes: PNG, JPEG and WebP, whole, cut, wrong and too large.
import Testing

@testable import Server

struct ImageUploadTests {
    static let images: [(name: String, bytes: [UInt8], type: String)] = [
        ("PNG", png(1_600, 900), "image/png"),
        ("JPEG", jpeg(1_600, 900), "image/jpeg"),
        (
            "JPEG, progressive, behind two segments and fill bytes",
            jpeg(
                1_600,
                900,
                marker: 0xc2,
                before: [0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xdb, 0, 3, 9]
            ),
            "image/jpeg"
        ),
        (
            "JPEG behind markers without a segment",
            jpeg(1_600, 900, before: [0xff, 0x01, 0xff, 0xd0, 0xff, 0xd7]), "image/jpeg"
        ),
        ("WebP, lossy", vp8(1_600, 900), "image/webp"),
        ("WebP, lossless", vp8l(1_600, 900), "image/webp"),
        ("WebP, extended", vp8x(1_600, 900), "image/webp"),
    ]

    @Test(arguments: images)
    func `an image is known with its size`(name: String, bytes: [UInt8], type: String) throws {
        let image = try ImageUpload(bytes)
        #expect(image.type == type)
        #expect([image.width, image.height] == [1_600, 900])
        #expect(try ImageUpload(bytes + [0, 1, 2, 3]) == image)
    }

    @Test(arguments: images)
    func `an image in pieces is the same, and a stranger is known at once`(
        name: String,
        bytes: [UInt8],
        type: String
    ) throws {
        let image = try ImageUpload(bytes)
        for cut in bytes.indices {
            var sniffer = ImageSniffer()
            try sniffer.take(Array(bytes[..<cut]))
            #expect(sniffer.image == nil, "\(cut)")
            try sniffer.take(Array(bytes[cut...]))
            #expect(sniffer.image == image, "\(cut)")
        }
        var sniffer = ImageSniffer()
        for byte in bytes + [1, 2, 3] { try sniffer.take([byte]) }
        #expect(sniffer.image == image)
        #expect(throws: ImageUpload.Fault.unknown) {
            var sniffer = ImageSniffer()
            try sniffer.take([UInt8](repeating: 0x47, count: 33))
        }
    }

    @Test(arguments: images)
    func `the limit of a setting holds on either side`(
        name: String,
        bytes: [UInt8],
        type: String
    ) throws {
        var sniffer = ImageSniffer(sideLimit: 1_600)
        try sniffer.take(bytes)
        #expect(sniffer.image?.type == type)
        #expect(throws: ImageUpload.Fault.tooLarge(width: 1_600, height: 900, limit: 1_599)) {
            var sniffer = ImageSniffer(sideLimit: 1_599)
            try sniffer.take(bytes)
        }
    }

    @Test func `a JPEG may hide its size behind a megabyte of segments`() throws {
        var sniffer = ImageSniffer()
        let segment = [0xff, 0xe1, 0xff, 0xff] + [UInt8](repeating: 0, count: 65_533)
        try sniffer.take([0xff, 0xd8])
        for _ in 0..<20 { try sniffer.take(segment) }
        #expect(sniffer.image == nil)
        try sniffer.take(Array(Self.jpeg(7, 9).dropFirst(2)))
        #expect(sniffer.image?.height == 9)
    }

    @Test(arguments: images)
    func `an image cut at any byte of its head is refused, never misread`(
        name: String,
        bytes: [UInt8],
        type: String
    ) {
        for length in bytes.indices {
            #expect(throws: ImageUpload.Fault.unknown, "\(length) bytes") {
                try ImageUpload(Array(bytes.prefix(length)))
            }
        }
    }

    static let sizes: [(make: @Sendable (Int, Int) -> [UInt8], name: String)] = [
        ({ png($0, $1) }, "PNG"), ({ jpeg($0, $1) }, "JPEG"), ({ vp8($0, $1) }, "VP8"),
        ({ vp8l($0, $1) }, "VP8L"), ({ vp8x($0, $1) }, "VP8X"),
    ]

    @Test(arguments: sizes.map(\.name))
    func `sides go from 1 to the limit`(name: String) throws {
        let make = try #require(Self.sizes.first { $0.name == name }).make
        let limit = ImageUpload.sideLimit
        #expect(try ImageUpload(make(1, 1)).width == 1)
        #expect(try ImageUpload(make(limit, limit)).height == limit)
        #expect(throws: ImageUpload.Fault.tooLarge(width: limit + 1, height: 1, limit: limit)) {
            try ImageUpload(make(limit + 1, 1))
        }
        #expect(throws: ImageUpload.Fault.tooLarge(width: 1, height: limit + 1, limit: limit)) {
            try ImageUpload(make(1, limit + 1))
        }
    }

    @Test(arguments: [(0, 1), (1, 0), (0, 0)])
    func `an image without pixels is none`(width: Int, height: Int) {
        for bytes in [Self.png(width, height), Self.jpeg(width, height), Self.vp8(width, height)] {
            #expect(throws: ImageUpload.Fault.unknown) { try ImageUpload(bytes) }
        }
    }

    @Test func `a PNG may say 2^32 - 1 and is too large, no more`() {
        let most = Int(UInt32.max)
        #expect(
            throws: ImageUpload.Fault.tooLarge(
                width: most,
                height: most,
                limit: ImageUpload.sideLimit
            )
        ) {
            try ImageUpload(Self.png(most, most))
        }
    }

    static let others: [(name: String, bytes: [UInt8])] = [
        ("nothing", []),
        ("a page", Array("<!doctype html><script>alert(1)</script> and so on and on".utf8)),
        (
            "SVG",
            Array(#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>"#.utf8)
        ),
        ("GIF", Array("GIF89a".utf8) + [UInt8](repeating: 1, count: 40)),
        ("PNG without IHDR first", png(9, 9, chunk: "IDAT")),
        ("PNG signature with a line feed lost", png(9, 9).filter { $0 != 0x0d }),
        ("JPEG whose frame does not come before its scan", jpeg(9, 9, before: [0xff, 0xda, 0, 2])),
        ("JPEG that ends at once", jpeg(9, 9, before: [0xff, 0xd9])),
        ("JPEG whose segment leads past the end", jpeg(9, 9, before: [0xff, 0xe0, 0xff, 0xff])),
        ("JPEG with bytes between segments", jpeg(9, 9, before: [0xff, 0xe0, 0, 2, 7])),
        ("JPEG with Huffman tables for a frame", jpeg(9, 9, marker: 0xc4)),
        ("WAVE", riff("fmt ", [UInt8](repeating: 1, count: 20), form: "WAVE")),
        ("WebP of a strange chunk", riff("ALPH", [UInt8](repeating: 1, count: 20))),
        ("WebP without VP8's start code", riff("VP8 ", [UInt8](repeating: 1, count: 20))),
        ("WebP without VP8L's signature", riff("VP8L", [UInt8](repeating: 1, count: 20))),
    ]

    @Test(arguments: others)
    func `anything else is refused`(name: String, bytes: [UInt8]) {
        #expect(throws: ImageUpload.Fault.unknown) { try ImageUpload(bytes) }
    }
}

// The least of each format up to where its size is known.
extension ImageUploadTests {
    static func png(_ width: Int, _ height: Int, chunk: String = "IHDR") -> [UInt8] {
        [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13] + Array(chunk.utf8)
            + big(width, 4) + big(height, 4) + [8, 6, 0, 0, 0, 1, 2, 3, 4]
    }

    static func jpeg(
        _ width: Int,
        _ height: Int,
        marker: UInt8 = 0xc0,
        before: [UInt8] = []
    ) -> [UInt8] {
        [0xff, 0xd8] + before + [0xff, marker, 0, 11, 8] + big(height, 2) + big(width, 2)
    }

    static func vp8(_ width: Int, _ height: Int) -> [UInt8] {
        riff("VP8 ", [0x10, 0, 0, 0x9d, 0x01, 0x2a] + little(width, 2) + little(height, 2))
    }

    static func vp8l(_ width: Int, _ height: Int) -> [UInt8] {
        riff("VP8L", [0x2f] + little((width - 1) | (height - 1) << 14, 4) + [0, 0, 0, 0, 0])
    }

    static func vp8x(_ width: Int, _ height: Int) -> [UInt8] {
        riff("VP8X", [0x10, 0, 0, 0] + little(width - 1, 3) + little(height - 1, 3))
    }

    static func riff(_ chunk: String, _ body: [UInt8], form: String = "WEBP") -> [UInt8] {
        Array("RIFF".utf8) + little(body.count + 12, 4) + Array(form.utf8) + Array(chunk.utf8)
            + little(body.count, 4) + body
    }

    private static func big(_ value: Int, _ count: Int) -> [UInt8] {
        little(value, count).reversed()
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}

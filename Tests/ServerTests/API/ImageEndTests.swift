// Proves that an image which was cut short is told from a whole one, however its bytes come.
import Testing

@testable import Server

struct ImageEndTests {
    typealias Images = ImageUploadTests

    static let images: [(name: String, head: [UInt8], rest: [UInt8])] = [
        (
            "PNG", Images.png(9, 9),
            [0, 0, 0, 1] + Array("IDAT".utf8) + [0, 1, 2, 3, 4, 0, 0, 0, 0] + Array("IEND".utf8)
        ),
        (
            "JPEG", Images.jpeg(9, 9),
            [1, 1, 0x11, 0, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 7, 0xff, 0xd9]
        ),
        ("WebP", Array(Images.vp8l(9, 9).prefix(28)), [0, 0, 0]),
    ]

    @Test(arguments: images)
    func `only a whole image has its end`(name: String, head: [UInt8], rest: [UInt8]) {
        var whole = head + rest
        if name == "WebP" { whole[4] = UInt8(whole.count - 8) }
        for length in whole.indices {
            var end = ImageEnd()
            end.take(Array(whole.prefix(length)))
            #expect(!end.isReached, "\(length) of \(whole.count)")
            end.take(Array(whole.dropFirst(length)))
            #expect(end.isReached, "cut at \(length)")
            end.take([1, 2, 3])
            #expect(end.isReached)
        }
        var slow = ImageEnd()
        for byte in whole { slow.take([byte]) }
        #expect(slow.isReached)
    }

    @Test
    func `an extended WebP without an image has no end`() {
        var end = ImageEnd()
        end.take(Images.vp8x(9, 9))
        #expect(!end.isReached)
    }

    @Test
    func `what is no image has none`() {
        var end = ImageEnd()
        end.take(Array("a page that says IEND".utf8) + [0xff, 0xd9])
        #expect(!end.isReached)
    }
}

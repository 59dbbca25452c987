// Proves that where a stream of frames is cut changes nothing: every vector, every pair of cuts.
import Testing
import WebSocket

struct SplitTests {
    struct Vector: Sendable {
        let name: String
        let bytes: [UInt8]
        let heard: [Heard]
    }

    static let vectors: [Vector] = [
        Vector(
            name: "text, ping, pong, close",
            bytes: frame(.text, "héllo") + frame(.ping, "p") + frame(.pong, "q")
                + closing(1000, Array("bye".utf8)) + frame(.text, "after the close"),
            heard: [
                .text("héllo"), .ping([0x70]), .pong([0x71]), .close(1000, "bye"),
            ]
        ),
        Vector(
            name: "fragments with control frames between",
            bytes: frame(.text, "路", final: false) + frame(.ping, "1")
                + frame(.continuation, [0xE6, 0xBC], final: false) + frame(.pong)
                + frame(.continuation, [0x94]) + frame(.binary, [1, 2, 3]),
            heard: [.ping([0x31]), .pong([]), .text("路演"), .message(.binary, [1, 2, 3])]
        ),
        Vector(
            name: "empty frames",
            bytes: frame(.text, "", final: false) + frame(.continuation, "", final: false)
                + frame(.continuation, "") + frame(.binary) + frame(.ping) + frame(.close),
            heard: [.text(""), .message(.binary, []), .ping([]), .close(nil, "")]
        ),
        Vector(
            name: "a key of zeros",
            bytes: frame(.text, Array("plain".utf8), key: 0),
            heard: [.text("plain")]
        ),
        Vector(
            name: "text that stops being UTF-8",
            bytes: frame(.text, [0x61, 0xC3, 0x28, 0x62]),
            heard: [.violation(.notUTF8)]
        ),
        Vector(
            name: "a character cut by the end of its message",
            bytes: frame(.text, [0x61, 0xE8, 0xB7], final: false) + frame(.continuation),
            heard: [.violation(.notUTF8)]
        ),
        Vector(
            name: "a reserved bit after a good message",
            bytes: frame(.binary, [9]) + [0xC1, 0x80, 0, 0, 0, 0],
            heard: [.message(.binary, [9]), .violation(.reservedBits(4))]
        ),
    ]

    @Test(arguments: vectors)
    func `a stream cut anywhere gives the same events`(vector: Vector) {
        #expect(hear([vector.bytes]) == vector.heard, "\(vector.name), whole")
        #expect(hear(vector.bytes.map { [$0] }) == vector.heard, "\(vector.name), byte by byte")
        let bytes = vector.bytes
        for first in 0...bytes.count {
            for second in first...bytes.count {
                let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]]
                let heard = hear(pieces.map(Array.init))
                #expect(heard == vector.heard, "\(vector.name), cut at \(first) and \(second)")
            }
        }
    }

    /// 126 and 127 in the length byte; the cuts are those around the header.
    @Test(arguments: [125, 126, 127, 65_535, 65_536, 70_000])
    func `each form of the length is cut anywhere`(length: Int) {
        let payload = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let bytes = frame(.binary, payload) + frame(.ping)
        let heard: [Heard] = [.message(.binary, payload), .ping([])]
        for cut in Array(0...20) + [length / 2, length, bytes.count - 1, bytes.count] {
            let pieces = [Array(bytes[..<min(cut, bytes.count)]), Array(bytes.dropFirst(cut))]
            #expect(hear(pieces) == heard, "cut at \(cut)")
        }
    }
}

// Proves that each rule of RFC 6455 §5 is kept at its border, and which close code tells of it.
import Testing
import WebSocket

struct ViolationTests {
    struct Row: Sendable {
        let name: String
        let bytes: [UInt8]
        let heard: Heard
        let code: UInt16?

        init(_ name: String, _ bytes: [UInt8], _ heard: Heard, _ code: UInt16? = nil) {
            (self.name, self.bytes, self.heard, self.code) = (name, bytes, heard, code)
        }

        init(_ name: String, _ bytes: [UInt8], breaks violation: ProtocolViolation, _ code: UInt16)
        {
            self.init(name, bytes, .violation(violation), code)
        }
    }

    static let key: [UInt8] = [0, 0, 0, 0]

    static let headers: [Row] = [
        Row("no reserved bit", [0x82, 0x80] + key, .message(.binary, [])),
        Row("RSV1", [0xC2, 0x80] + key, breaks: .reservedBits(4), 1002),
        Row("RSV2", [0xA2, 0x80] + key, breaks: .reservedBits(2), 1002),
        Row("RSV3", [0x92, 0x80] + key, breaks: .reservedBits(1), 1002),
        Row("RSV1 of a ping", [0xC9, 0x80] + key, breaks: .reservedBits(4), 1002),
        Row("opcode 2", [0x82, 0x80] + key, .message(.binary, [])),
        Row("opcode 3", [0x83, 0x80] + key, breaks: .unknownOpcode(3), 1002),
        Row("opcode 7", [0x87, 0x80] + key, breaks: .unknownOpcode(7), 1002),
        Row("opcode 8", [0x88, 0x80] + key, .close(nil, "")),
        Row("opcode 10", [0x8A, 0x80] + key, .pong([])),
        Row("opcode 11", [0x8B, 0x80] + key, breaks: .unknownOpcode(11), 1002),
        Row("opcode 15", [0x8F, 0x80] + key, breaks: .unknownOpcode(15), 1002),
        Row("unmasked", [0x82, 0x00], breaks: .notMasked, 1002),
        Row("a whole ping", [0x89, 0x80] + key, .ping([])),
        Row("a ping in fragments", [0x09, 0x80] + key, breaks: .fragmentedControl(.ping), 1002),
        Row("a close in fragments", [0x08, 0x80] + key, breaks: .fragmentedControl(.close), 1002),
        Row("ping of 125", frame(.ping, zeros(125)), .ping(zeros(125))),
        Row("ping of 126", frame(.ping, zeros(126)), breaks: .controlTooLong(.ping), 1002),
        Row("close of 126", frame(.close, zeros(126)), breaks: .controlTooLong(.close), 1002),
    ]

    static let lengths: [Row] = [
        Row("126 in two", [0x82, 0xFE, 0, 126] + key + zeros(126), .message(.binary, zeros(126))),
        Row("125 in two", [0x82, 0xFE, 0, 125] + key + zeros(125), breaks: .badLength(125), 1002),
        Row("0 in two", [0x82, 0xFE, 0, 0] + key, breaks: .badLength(0), 1002),
        Row(
            "65536 in eight",
            [0x82, 0xFF, 0, 0, 0, 0, 0, 1, 0, 0] + key + zeros(65_536),
            .message(.binary, zeros(65_536))
        ),
        Row(
            "65535 in eight",
            [0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] + key,
            breaks: .badLength(65_535),
            1002
        ),
        Row(
            "the highest bit",
            [0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0] + key,
            breaks: .badLength(1 << 63),
            1002
        ),
        Row(
            "the greatest length",
            [0x82, 0xFF, 0x7F] + [UInt8](repeating: 0xFF, count: 7) + key,
            breaks: .frameTooLong(bytes: .max, limit: 1 << 20),
            1009
        ),
    ]

    static let sequences: [Row] = [
        Row("a continuation of nothing", frame(.continuation), breaks: .nothingToContinue, 1002),
        Row(
            "a continuation after a whole message",
            frame(.text, "a") + frame(.continuation),
            breaks: .nothingToContinue,
            1002
        ),
        Row(
            "a second message inside the first",
            frame(.text, "a", final: false) + frame(.text, "b"),
            breaks: .messageNotFinished,
            1002
        ),
        Row(
            "a second beginning inside the first",
            frame(.binary, "a", final: false) + frame(.binary, "b", final: false),
            breaks: .messageNotFinished,
            1002
        ),
        Row("bad text", frame(.text, [0xFF]), breaks: .notUTF8, 1007),
        Row("bytes that are no text, as binary", frame(.binary, [0xFF]), .message(.binary, [0xFF])),
    ]

    @Test(arguments: headers + lengths + sequences)
    func `a frame has one answer`(row: Row) {
        let heard = hear([row.bytes]).last
        #expect(heard == row.heard, "\(row.name)")
        guard case .violation(let violation) = heard else { return }
        #expect(violation.closeCode.rawValue == row.code, "\(row.name)")
    }

    @Test func `a client wants frames without a mask`() {
        #expect(hear([frame(.text, [0x61], key: nil)], as: .client) == [.text("a")])
        #expect(hear([frame(.text, [0x61])], as: .client) == [.violation(.masked)])
    }

    @Test func `a violation shows before its frame is whole`() {
        #expect(hear([[0xC1, 0x80]]) == [.violation(.reservedBits(4))])
        #expect(hear([[0x89, 0xFE]]) == [.violation(.controlTooLong(.ping))])
        #expect(hear([[0x81, 0x05]]) == [.violation(.notMasked)])
        // Ten bytes are announced, the second that came is wrong.
        #expect(hear([[0x81, 0x8A, 0, 0, 0, 0, 0x61, 0xFF]]) == [.violation(.notUTF8)])
    }

    @Test func `what was refused once is refused for ever`() {
        var reader = FrameReader(role: .server, frameLimit: 10, messageLimit: 10)
        for bytes in [[0xC1, 0x80], frame(.text, "fine"), []] as [[UInt8]] {
            var bytes = bytes
            bytes.withUnsafeMutableBytes { buffer in
                var rest = buffer
                #expect(throws: ProtocolViolation.reservedBits(4)) { try reader.next(&rest) }
            }
        }
    }

    static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
}

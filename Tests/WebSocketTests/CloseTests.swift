// Proves which close frames are taken and how ours are written (RFC 6455 §5.5.1, §7.4).
import Testing
import WebSocket

struct CloseTests {
    static let codes: [(code: UInt16, isTaken: Bool)] = [
        (0, false), (999, false), (1000, true), (1003, true), (1004, false), (1005, false),
        (1006, false), (1007, true), (1011, true), (1014, true), (1015, false), (1016, false),
        (2999, false), (3000, true), (4999, true), (5000, false), (65_535, false),
    ]

    @Test(arguments: codes)
    func `a code is taken or not`(code: UInt16, isTaken: Bool) {
        let expected: Heard = isTaken ? .close(code, "") : .violation(.badCloseCode(code))
        #expect(hear([closing(code)]) == [expected])
        #expect(CloseCode(rawValue: code).isSendable == isTaken)
    }

    @Test func `half a code is a violation`() {
        #expect(hear([frame(.close, [3])]) == [.violation(.halfCloseCode)])
        #expect(ProtocolViolation.halfCloseCode.closeCode == .protocolError)
        #expect(ProtocolViolation.badCloseCode(5).closeCode == .protocolError)
    }

    @Test func `a reason is UTF-8 of at most 123 bytes`() {
        let longest = [UInt8](repeating: 0x61, count: 123)
        #expect(
            hear([closing(1000, longest)])
                == [.close(1000, String(repeating: "a", count: 123))]
        )
        #expect(hear([closing(1000, [0xC3])]) == [.violation(.notUTF8)])
        #expect(hear([closing(1000, Array("再见".utf8))]) == [.close(1000, "再见")])
    }

    @Test func `nothing counts after a close frame`() {
        #expect(hear([closing(1001) + [0xFF, 0xFF, 0xFF]]) == [.close(1001, "")])
        #expect(hear([closing(1001), frame(.text, "x"), [0xFF]]) == [.close(1001, "")])
    }

    @Test func `our reason is cut between characters`() {
        #expect(FrameWriter.closePayload(nil) == [])
        #expect(FrameWriter.closePayload(.normal) == [3, 232])
        let payload = FrameWriter.closePayload(.normal, reason: String(repeating: "再", count: 60))
        #expect(payload.count == 2 + 41 * 3)
        #expect(String(validating: payload.dropFirst(2), as: UTF8.self) != nil)
    }
}

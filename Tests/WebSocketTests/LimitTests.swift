// Proves that the limits of frames and messages hold at their border, before memory is taken.
import Testing
import WebSocket

struct LimitTests {
    static let frames: [(length: Int, heard: Heard)] = [
        (99, .message(.binary, [UInt8](repeating: 7, count: 99))),
        (100, .message(.binary, [UInt8](repeating: 7, count: 100))),
        (101, .violation(.frameTooLong(bytes: 101, limit: 100))),
    ]

    @Test(arguments: frames)
    func `a frame has a limit`(length: Int, heard: Heard) {
        let bytes = frame(.binary, [UInt8](repeating: 7, count: length))
        #expect(hear([bytes], frameLimit: 100) == [heard])
        // The header alone is refused or not: 6 bytes of it came.
        let early = hear([Array(bytes.prefix(6))], frameLimit: 100)
        #expect(early == (length > 100 ? [heard] : []))
    }

    static let messages: [(second: Int, isWhole: Bool)] = [(39, true), (40, true), (41, false)]

    @Test(arguments: messages)
    func `a message has a limit over its fragments`(second: Int, isWhole: Bool) {
        let first = frame(.binary, [UInt8](repeating: 1, count: 60), final: false)
        let rest = frame(.continuation, [UInt8](repeating: 2, count: second))
        let heard = hear([first + rest], messageLimit: 100)
        guard isWhole else {
            #expect(heard == [.violation(.messageTooLong(bytes: 101, limit: 100))])
            return
        }
        let expected = [UInt8](repeating: 1, count: 60) + [UInt8](repeating: 2, count: second)
        #expect(heard == [.message(.binary, expected)])
    }

    /// Empty fragments make no message longer.
    @Test(arguments: [(more: 3, isTaken: true), (more: 4, isTaken: false)])
    func `a message has a limit of fragments`(more: Int, isTaken: Bool) {
        var bytes = frame(.binary, [1], final: false)
        for _ in 0..<more { bytes += frame(.continuation, final: false) }
        // A control frame between them is none of them.
        bytes += frame(.ping, "p") + frame(.continuation, [2])
        let violation = ProtocolViolation.tooManyFragments(limit: 5)
        let expected: [Heard] =
            isTaken
            ? [.ping(Array("p".utf8)), .message(.binary, [1, 2])]
            : [.ping(Array("p".utf8)), .violation(violation)]
        #expect(hear([bytes], fragmentLimit: 5) == expected)
        #expect(hear(bytes.map { [$0] }, fragmentLimit: 5) == expected)
        #expect(violation.closeCode == .policyViolation)
    }

    @Test func `each message has its fragments anew`() {
        let message = frame(.binary, [1], final: false) + frame(.continuation, [2])
        let heard = hear([message + message + message], fragmentLimit: 2)
        #expect(heard == Array(repeating: .message(.binary, [1, 2]), count: 3))
    }

    @Test func `one frame is bound by the message's limit too`() {
        let bytes = frame(.binary, [UInt8](repeating: 1, count: 101))
        #expect(
            hear([bytes], messageLimit: 100)
                == [.violation(.messageTooLong(bytes: 101, limit: 100))]
        )
        #expect(ProtocolViolation.messageTooLong(bytes: 1, limit: 0).closeCode == .tooBig)
        #expect(ProtocolViolation.frameTooLong(bytes: 1, limit: 0).closeCode == .tooBig)
    }

    @Test func `fragments whose lengths would overflow together are refused`() {
        let first = frame(.binary, [1], final: false)
        let huge: [UInt8] = [0x80, 0xFF, 0x7F] + [UInt8](repeating: 0xFF, count: 7) + [0, 0, 0, 0]
        #expect(
            hear([first + huge], frameLimit: .max, messageLimit: .max)
                == [.violation(.frameTooLong(bytes: .max, limit: Int(UInt32.max)))]
        )
    }
}

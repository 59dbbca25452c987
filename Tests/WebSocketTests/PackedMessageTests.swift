// Proves that compressed messages come back whatever their frames and cuts (RFC 7692 §6, §7.2), and
// that size, ratio and nonsense are refused.
import TestSupport
import Testing
import WebSocket

struct PackedMessageTests {
    static func inflater(
        keepsContext: Bool = false,
        _ change: (inout DeflatePolicy) -> Void = { _ in }
    ) throws -> MessageInflater {
        var policy = DeflatePolicy()
        change(&policy)
        return try MessageInflater(keepsContext: keepsContext, windowBits: 15, policy: policy)
    }

    static func pack(_ message: [UInt8], by deflater: MessageDeflater? = nil) throws -> [UInt8] {
        let deflater =
            try deflater ?? MessageDeflater(keepsContext: false, windowBits: 15, level: 6)
        var packed: [UInt8] = []
        deflater.pack(message.span.bytes, into: &packed)
        return packed
    }

    /// A client's frames of one packed message.
    static func frames(_ opcode: Opcode, _ packed: [UInt8], sizes: [Int] = []) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = packed[...]
        for (place, size) in (sizes + [.max]).enumerated() {
            bytes += FrameWriter.frame(
                place == 0 ? opcode : .continuation,
                Array(rest.prefix(size)),
                key: 0x0403_0201,
                isFinal: place == sizes.count,
                isPacked: place == 0
            )
            rest = rest.dropFirst(size)
        }
        return bytes
    }

    /// RFC 7692 §7.2.3.1, §7.2.3.2.
    @Test func `the examples of the RFC say Hello`() throws {
        let hello: [UInt8] = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]
        let whole = Self.frames(.text, hello)
        let split = Self.frames(.text, hello, sizes: [3])
        #expect(
            hear([whole, split], inflater: try Self.inflater()) == [.text("Hello"), .text("Hello")]
        )
        let again = Self.frames(.text, [0xF2, 0x00, 0x11, 0x00, 0x00])
        let kept = try Self.inflater(keepsContext: true)
        #expect(hear([whole, again], inflater: kept) == [.text("Hello"), .text("Hello")])
        // Without the context before it, the second one refers to nothing.
        let heard = hear([whole, again], inflater: try Self.inflater())
        #expect(heard == [.text("Hello"), .violation(.notDeflate)])
    }

    @Test func `packed and plain messages may alternate`() throws {
        let long = String(repeating: "路演 ", count: 300)
        let bytes =
            frame(.text, "plain")
            + Self.frames(.text, try Self.pack(Array(long.utf8)), sizes: [5, 0])
            + frame(.ping, "p") + frame(.text, "plain again")
        #expect(
            hear([bytes], inflater: try Self.inflater())
                == [.text("plain"), .text(long), .ping([0x70]), .text("plain again")]
        )
    }

    @Test func `a packed message cut anywhere is the same`() throws {
        let text = "路演 roadshow 路演 roadshow"
        let bytes =
            Self.frames(.text, try Self.pack(Array(text.utf8)), sizes: [2, 7]) + frame(.ping)
            + Self.frames(.binary, [])
        for first in 0...bytes.count {
            for second in first...bytes.count {
                let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]]
                let heard = hear(pieces.map(Array.init), inflater: try Self.inflater())
                #expect(heard == [.text(text), .ping([]), .message(.binary, [])])
            }
        }
    }

    @Test(arguments: Seeds.first(20), [true, false])
    func `any messages in any frames come back`(seed: UInt64, keepsContext: Bool) throws {
        var random = SplitMix64(seed: seed)
        let deflater = try MessageDeflater(
            keepsContext: keepsContext,
            windowBits: Int.random(in: 9...15, using: &random),
            level: 1
        )
        var said: [Heard] = []
        var bytes: [UInt8] = []
        for _ in 0..<12 {
            let size = [0, 1, 200, 5_000, 70_000].randomElement(using: &random) ?? 0
            let limit = Bool.random(using: &random) ? UInt8(3) : .max
            let message = (0..<size).map { _ in UInt8.random(in: 0...limit, using: &random) }
            let packed = try Self.pack(message, by: deflater)
            let cuts = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                Int.random(in: 0...packed.count, using: &random)
            }
            bytes += Self.frames(.binary, packed, sizes: cuts)
            said.append(.message(.binary, message))
        }
        let inflater = try Self.inflater(keepsContext: keepsContext)
        #expect(hear([bytes], inflater: inflater) == said)
    }

    // MARK: What is refused

    @Test func `only the first frame of a message says that it is packed`() throws {
        let continued: [UInt8] = [0xC0, 0x80, 0, 0, 0, 0]
        let begun = FrameWriter.frame(.binary, [0x00], key: 1, isFinal: false, isPacked: true)
        #expect(
            hear([begun, continued], inflater: try Self.inflater())
                == [.violation(.reservedBits(4))]
        )
        #expect(
            hear([continued], inflater: try Self.inflater()) == [.violation(.nothingToContinue)]
        )
    }

    @Test func `the bit means something on data frames only, and only where it was agreed on`()
        throws
    {
        let ping: [UInt8] = [0xC9, 0x80, 0, 0, 0, 0]
        #expect(hear([ping], inflater: try Self.inflater()) == [.violation(.reservedBits(4))])
        let both: [UInt8] = [0xE2, 0x80, 0, 0, 0, 0]
        #expect(hear([both], inflater: try Self.inflater()) == [.violation(.reservedBits(6))])
        #expect(hear([Self.frames(.text, [0])]) == [.violation(.reservedBits(4))])
    }

    @Test func `text is checked when it is unpacked`() throws {
        let bytes = Self.frames(.text, try Self.pack([0x61, 0xC3, 0x28]))
        #expect(hear([bytes], inflater: try Self.inflater()) == [.violation(.notUTF8)])
        #expect(ProtocolViolation.notDeflate.closeCode == .invalidPayload)
    }

    @Test(arguments: [[0x06], [0xFF, 0xFF, 0xFF], [0x01, 0x05, 0x00, 0x00, 0x00]] as [[UInt8]])
    func `what is no deflate stream is refused`(packed: [UInt8]) throws {
        let heard = hear([Self.frames(.binary, packed)], inflater: try Self.inflater())
        #expect(heard == [.violation(.notDeflate)])
    }

    @Test func `the limit is that of the message, not of its frames`() throws {
        let message = (0..<2_000).map { UInt8(truncatingIfNeeded: $0 &* $0 / 7) }
        let bytes = Self.frames(.binary, try Self.pack(message))
        let at = hear([bytes], messageLimit: 2_000, inflater: try Self.inflater())
        #expect(at == [.message(.binary, message)])
        let above = hear([bytes], messageLimit: 1_999, inflater: try Self.inflater())
        guard case .violation(.messageTooLong(_, limit: 1_999)) = above.first else {
            Issue.record("\(above)")
            return
        }
        #expect(ProtocolViolation.messageTooLong(bytes: 2_000, limit: 1_999).closeCode == .tooBig)
    }

    @Test func `a bomb is refused by its ratio`() throws {
        let packed = try Self.pack([UInt8](repeating: 0, count: 1 << 20))
        let bytes = Self.frames(.binary, packed)
        #expect(bytes.count < 1_100)
        let limit = packed.count * 200
        #expect(
            hear([bytes], messageLimit: 8 << 20, inflater: try Self.inflater())
                == [.violation(.inflatedTooMuch(packed: packed.count, limit: limit))]
        )
        let bears = try Self.inflater { $0.ratio = 2_000 }
        #expect(hear([bytes], messageLimit: 8 << 20, inflater: bears).count == 1)
        let small = Self.frames(.binary, try Self.pack([UInt8](repeating: 0, count: 64 << 10)))
        #expect(hear([small], inflater: try Self.inflater()).first?.isMessage == true)
    }
}

extension Heard {
    fileprivate var isMessage: Bool {
        if case .message = self { return true }
        return false
    }
}

// What all tests of this target need: bytes in pieces through a reader, as values to compare.
import WebSocket

/// What a reader made of bytes.
enum Heard: Equatable {
    case message(MessageKind, [UInt8])
    case ping([UInt8])
    case pong([UInt8])
    case close(UInt16?, String)
    case violation(ProtocolViolation)

    static func text(_ text: String) -> Heard { .message(.text, Array(text.utf8)) }
}

/// Feeds pieces as a transport does: what is left over stands before the next piece.
func hear(
    _ pieces: [[UInt8]],
    as role: Role = .server,
    frameLimit: Int = 1 << 20,
    messageLimit: Int = 1 << 20,
    fragmentLimit: Int = 16_384,
    inflater: MessageInflater? = nil
) -> [Heard] {
    var reader = FrameReader(
        role: role,
        frameLimit: frameLimit,
        messageLimit: messageLimit,
        fragmentLimit: fragmentLimit,
        inflater: inflater
    )
    var heard: [Heard] = []
    var leftover: [UInt8] = []
    for piece in pieces {
        var buffer = leftover + piece
        leftover = buffer.withUnsafeMutableBytes { bytes in
            var rest = bytes
            do throws(ProtocolViolation) {
                while let event = try reader.next(&rest) { heard.append(Heard(event)) }
            } catch {
                heard.append(.violation(error))
                rest = UnsafeMutableRawBufferPointer(start: nil, count: 0)
            }
            return [UInt8](rest)
        }
        if case .violation = heard.last { return heard }
        assert(leftover.count < FrameReader.longestLeftover)
    }
    return heard
}

extension Heard {
    init(_ event: FrameEvent) {
        self =
            switch event {
            case .message(let kind, let bytes): .message(kind, [UInt8](bytes))
            case .assembled(let kind, let bytes): .message(kind, bytes)
            case .ping(let bytes): .ping([UInt8](bytes))
            case .pong(let bytes): .pong([UInt8](bytes))
            case .close(let code, let reason): .close(code?.rawValue, reason)
            }
    }
}

/// One frame of a client with a key, or of a server without.
func frame(
    _ opcode: Opcode,
    _ payload: [UInt8] = [],
    final: Bool = true,
    key: UInt32? = 0x0403_0201
) -> [UInt8] {
    FrameWriter.frame(opcode, payload, key: key, isFinal: final)
}

func frame(_ opcode: Opcode, _ text: String, final: Bool = true) -> [UInt8] {
    frame(opcode, Array(text.utf8), final: final)
}

/// A close frame of a client with this code.
func closing(_ code: UInt16, _ reason: [UInt8] = []) -> [UInt8] {
    frame(.close, [UInt8(code >> 8), UInt8(code & 255)] + reason)
}

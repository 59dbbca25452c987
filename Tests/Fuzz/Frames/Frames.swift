// Proves that no bytes trap the reader of frames, and that pieces of any length tell it the same.
import FuzzSupport
import WebSocket

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFrames(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzInput.take(start, count) { input in
        let setting = Setting(input.choice())
        let seed = input.choice()
        let whole = setting.hear([input.rest])
        let pieced = setting.hear(input.pieces(seed: seed))
        demand(whole == pieced, "whole: \(whole)\npieced: \(pieced)")
        for case .message(_, let bytes) in whole {
            demand(bytes.count <= Setting.messageLimit, "a message of \(bytes.count) bytes")
        }
    }
}

/// What a reader told.
enum Heard: Equatable {
    case message(MessageKind, [UInt8])
    case ping([UInt8])
    case pong([UInt8])
    case close(UInt16?, String)
    case violation(ProtocolViolation)

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

/// Which reader is fed.
struct Setting {
    static let frameLimit = 2_000
    static let messageLimit = 3_000

    let role: Role
    let isPacked: Bool
    let keepsContext: Bool
    let windowBits: Int

    init(_ choice: UInt8) {
        role = choice & 1 == 0 ? .server : .client
        isPacked = choice & 2 != 0
        keepsContext = choice & 4 != 0
        windowBits = 8 + Int(choice >> 3) % 8
    }

    private func inflater() -> MessageInflater? {
        guard isPacked else { return nil }
        var policy = DeflatePolicy()
        policy.ratioFrom = 1_000
        return try? MessageInflater(
            keepsContext: keepsContext,
            windowBits: windowBits,
            policy: policy
        )
    }

    /// Feeds pieces as a transport does: what is left over stands before the next piece.
    func hear(_ pieces: [[UInt8]]) -> [Heard] {
        var reader = FrameReader(
            role: role,
            frameLimit: Self.frameLimit,
            messageLimit: Self.messageLimit,
            inflater: inflater()
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
            demand(leftover.count < FrameReader.longestLeftover, "\(leftover.count) bytes left")
        }
        return heard
    }
}

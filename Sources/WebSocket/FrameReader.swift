/// What a peer sent (RFC 6455 §5.4, §5.5).
public enum FrameEvent {
    /// A message in one frame that was whole in the buffer: unmasked in place, borrowed from it.
    case message(MessageKind, UnsafeRawBufferPointer)
    /// A message that came in pieces, or compressed.
    case assembled(MessageKind, [UInt8])
    /// To be answered with a pong of the same payload, at most 125 bytes.
    case ping(UnsafeRawBufferPointer)
    case pong(UnsafeRawBufferPointer)
    /// The last event; `nil` when the frame named no code. `reason` is at most 123 bytes.
    case close(CloseCode?, reason: String)
}

/// A message in one frame: unmasked in place, borrowed from the buffer.
public struct WholeMessage {
    public let kind: MessageKind
    public let bytes: UnsafeRawBufferPointer
}

/// Turns the bytes of one peer into events. Holds no socket, clock or task; what it refuses it
/// refuses for ever.
public struct FrameReader {
    private enum State {
        case header
        /// Inside a data frame whose payload did not come whole.
        case payload(remaining: Int, key: UInt32, isFinal: Bool)
        case closed
        case failed(ProtocolViolation)
    }

    private var state = State.header
    /// The message begun and not finished.
    private var message: MessageAssembler?
    private let role: Role
    /// Brings back compressed messages; `nil` where none were agreed on.
    private let inflater: MessageInflater?
    private let frameLimit: UInt32
    private let messageLimit: UInt32
    private let fragmentLimit: UInt32

    /// What `next` leaves is shorter than this: a header and a control frame's payload.
    public static let longestLeftover = FrameHeader.longest + FrameHeader.longestControl

    /// - Parameters:
    ///   - role: ours; a server wants masked frames, a client unmasked ones (§5.1).
    ///   - frameLimit: longest payload of a frame, in bytes.
    ///   - messageLimit: longest message over all its frames, in bytes.
    ///   - fragmentLimit: most frames of a message. Empty ones make no message longer, but work.
    ///   - inflater: brings back compressed messages, where permessage-deflate was agreed on.
    public init(
        role: Role,
        frameLimit: Int,
        messageLimit: Int,
        fragmentLimit: Int = 16_384,
        inflater: MessageInflater? = nil
    ) {
        self.role = role
        self.frameLimit = UInt32(clamping: frameLimit)
        self.messageLimit = UInt32(clamping: messageLimit)
        self.fragmentLimit = UInt32(clamping: fragmentLimit)
        self.inflater = inflater
    }

    /// The reserved bits that mean something: RSV1 with permessage-deflate (RFC 7692 §6).
    private var extensionBits: UInt8 { inflater == nil ? 0 : FrameHeader.packedBit }

    /// Takes the next event from the front of `bytes`, which are unmasked in place and moved on
    /// past what was used.
    /// - Returns: `nil` when more is needed; the caller puts what `bytes` still has, always less
    ///   than `longestLeftover`, before what comes next.
    /// - Throws: the first violation, and the same one ever after.
    public mutating func next(
        _ bytes: inout UnsafeMutableRawBufferPointer
    ) throws(ProtocolViolation) -> FrameEvent? {
        if let message = try nextWhole(&bytes) { return .message(message.kind, message.bytes) }
        do {
            return try advance(&bytes)
        } catch {
            throw fail(error)
        }
    }

    /// The fast path of `next`: the next message, if it is one frame and whole at the front of
    /// `bytes`. Nothing is copied or counted; what is anything else is left to `next`.
    /// - Returns: `nil` when something else comes first, or more is needed.
    /// - Throws: the first violation, and the same one ever after.
    public mutating func nextWhole(
        _ bytes: inout UnsafeMutableRawBufferPointer
    ) throws(ProtocolViolation) -> WholeMessage? {
        guard case .header = state, message == nil else { return nil }
        do throws(ProtocolViolation) {
            let parsed = try FrameHeader.parse(
                UnsafeRawBufferPointer(bytes),
                as: role,
                extensionBits: extensionBits
            )
            // The limit first: a length below it can be added to.
            guard let header = parsed, header.isFinal, header.reserved == 0,
                header.length <= Int(min(frameLimit, messageLimit)),
                bytes.count >= header.size + header.length
            else { return nil }
            let kind: MessageKind
            switch header.opcode {
            case .text: kind = .text
            case .binary: kind = .binary
            case .continuation, .close, .ping, .pong: return nil
            }
            let payload = unmasked(header, &bytes)
            guard kind == .binary || UTF8Validator.isText(payload) else { throw .notUTF8 }
            return WholeMessage(kind: kind, bytes: payload)
        } catch {
            throw fail(error)
        }
    }

    private mutating func fail(_ violation: ProtocolViolation) -> ProtocolViolation {
        state = .failed(violation)
        message = nil
        return violation
    }

    private mutating func advance(
        _ bytes: inout UnsafeMutableRawBufferPointer
    ) throws(ProtocolViolation) -> FrameEvent? {
        while true {
            switch state {
            case .failed(let violation): throw violation
            case .closed:
                // §5.5.1: nothing after a close frame counts.
                bytes = bytes.dropping(bytes.count)
                return nil
            case .payload(let remaining, let key, let isFinal):
                guard !bytes.isEmpty else { return nil }
                let count = min(remaining, bytes.count)
                if let event = try take(
                    count,
                    of: remaining,
                    key: key,
                    isFinal: isFinal,
                    from: &bytes
                ) {
                    return event
                }
            case .header:
                guard
                    let header = try FrameHeader.parse(
                        UnsafeRawBufferPointer(bytes),
                        as: role,
                        extensionBits: extensionBits
                    )
                else { return nil }
                if header.opcode.isControl {
                    return try control(header, &bytes)
                }
                if let event = try data(header, &bytes) { return event }
            }
        }
    }

    /// A data frame's header: the whole message when it is all here, else its beginning.
    private mutating func data(
        _ header: FrameHeader,
        _ bytes: inout UnsafeMutableRawBufferPointer
    ) throws(ProtocolViolation) -> FrameEvent? {
        guard header.length <= Int(frameLimit) else {
            throw .frameTooLong(bytes: header.length, limit: Int(frameLimit))
        }
        let size = header.size
        if header.opcode == .continuation {
            guard message != nil else { throw .nothingToContinue }
            // RFC 7692 §6.1: only a message's first frame says that it is compressed.
            guard header.reserved == 0 else { throw .reservedBits(header.reserved) }
            try message?.expect(frameOf: header.length)
        } else {
            guard message == nil else { throw .messageNotFinished }
            let kind: MessageKind = header.opcode == .text ? .text : .binary
            var begun = MessageAssembler(
                kind: kind,
                isPacked: header.reserved != 0,
                limit: Int(messageLimit),
                fragmentLimit: Int(fragmentLimit)
            )
            try begun.expect(frameOf: header.length)
            message = begun
        }
        bytes = bytes.dropping(size)
        let count = min(header.length, bytes.count)
        return try take(
            count,
            of: header.length,
            key: header.key ?? 0,
            isFinal: header.isFinal,
            from: &bytes
        )
    }

    /// Moves `count` payload bytes into the message.
    /// - Returns: the message, when they were the last ones of its last frame.
    private mutating func take(
        _ count: Int,
        of remaining: Int,
        key: UInt32,
        isFinal: Bool,
        from bytes: inout UnsafeMutableRawBufferPointer
    ) throws(ProtocolViolation) -> FrameEvent? {
        let piece = bytes.prefix(bytes: count)
        bytes = bytes.dropping(count)
        if key != 0 { Masking.apply(key, to: piece) }
        try message?.append(UnsafeRawBufferPointer(piece))
        guard count == remaining else {
            state = .payload(
                remaining: remaining - count,
                key: Masking.rotated(key, by: count),
                isFinal: isFinal
            )
            return nil
        }
        state = .header
        guard isFinal, let finished = message.take() else { return nil }
        let kind = finished.kind
        guard finished.isPacked, let inflater else {
            return .assembled(kind, try finished.finish())
        }
        let bytes = try inflater.message(try finished.finish(), limit: Int(messageLimit))
        guard kind == .binary || bytes.withUnsafeBytes(UTF8Validator.isText) else {
            throw .notUTF8
        }
        return .assembled(kind, bytes)
    }

    private mutating func control(
        _ header: FrameHeader,
        _ bytes: inout UnsafeMutableRawBufferPointer
    ) throws(ProtocolViolation) -> FrameEvent? {
        guard bytes.count >= header.size + header.length else { return nil }
        let payload = unmasked(header, &bytes)
        switch header.opcode {
        case .ping: return .ping(payload)
        case .pong: return .pong(payload)
        default:
            let event = try Self.close(payload)
            state = .closed
            message = nil
            return event
        }
    }

    /// Reads a close frame's payload (§5.5.1).
    private static func close(
        _ payload: UnsafeRawBufferPointer
    ) throws(ProtocolViolation) -> FrameEvent {
        guard payload.count > 0 else { return .close(nil, reason: "") }
        guard payload.count >= 2 else { throw .halfCloseCode }
        let code = CloseCode(
            rawValue: UInt16(bigEndian: payload.loadUnaligned(as: UInt16.self))
        )
        guard code.isSendable else { throw .badCloseCode(code.rawValue) }
        let reason = UnsafeRawBufferPointer(rebasing: payload.dropFirst(2))
        guard UTF8Validator.isText(reason) else { throw .notUTF8 }
        return .close(code, reason: String(decoding: reason, as: UTF8.self))
    }

    /// Unmasks a frame that is whole in `bytes`, which move on past it.
    private func unmasked(
        _ header: FrameHeader,
        _ bytes: inout UnsafeMutableRawBufferPointer
    ) -> UnsafeRawBufferPointer {
        let rest = bytes.dropping(header.size)
        let payload = rest.prefix(bytes: header.length)
        if let key = header.key, key != 0 { Masking.apply(key, to: payload) }
        bytes = rest.dropping(header.length)
        return UnsafeRawBufferPointer(payload)
    }
}

extension UnsafeMutableRawBufferPointer {
    /// What follows the first `count` bytes.
    fileprivate func dropping(_ count: Int) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: self[(startIndex + count)...])
    }

    fileprivate func prefix(bytes count: Int) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: self[..<count])
    }
}

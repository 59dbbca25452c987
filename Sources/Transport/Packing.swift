import Synchronization
public import WebSocket

/// How one WebSocket's messages are compressed; only where permessage-deflate was agreed on.
final class Packing {
    let deflater: MessageDeflater
    /// Messages of fewer bytes go as they are.
    let threshold: Int
    /// How far back the peer can look, in bytes: a shared frame whose messages are no longer fits.
    let window: Int
    /// Bytes of the longest message that its own deflater may pack without reaching too far back.
    private let longest: Int

    init(deflater: MessageDeflater, threshold: Int, window: Int, longest: Int) {
        self.deflater = deflater
        self.threshold = threshold
        self.window = window
        self.longest = longest
    }

    /// Whether a message of so many bytes is to be packed.
    func packs(_ count: Int) -> Bool { count >= threshold && count <= longest }

    /// Whether what another deflater packed may be sent: not where messages refer to those before.
    func takes(_ frame: SharedFrame) -> Bool {
        !deflater.keepsContext && frame.longest <= window
    }
}

/// How many WebSockets of all shards have compression: without any, no frame is packed.
final class PackingCensus: Sendable {
    private let count = Atomic(0)

    var isEmpty: Bool { count.load(ordering: .relaxed) == 0 }

    func add(_ change: Int) { count.add(change, ordering: .relaxed) }
}

/// What the connections of a shard that take no context over pack and unpack with; made at the
/// first use.
struct SharedPackers {
    private var inflater: MessageInflater?
    /// By the window's bits.
    private var deflaters: [Int: MessageDeflater] = [:]
    /// Reused for each packed message.
    var scratch: [UInt8] = []

    mutating func inflater(
        of policy: DeflatePolicy
    ) throws(DeflateFailure) -> MessageInflater {
        if let inflater { return inflater }
        let made = try MessageInflater(keepsContext: false, windowBits: 15, policy: policy)
        inflater = made
        return made
    }

    mutating func deflater(
        windowBits: Int,
        of policy: DeflatePolicy
    ) throws(DeflateFailure) -> MessageDeflater {
        if let deflater = deflaters[windowBits] { return deflater }
        let made = try MessageDeflater(
            keepsContext: false,
            windowBits: windowBits,
            level: policy.level
        )
        deflaters[windowBits] = made
        return made
    }
}

extension Shard {
    /// Frames a message for any number of connections; a long one is compressed, once, where
    /// connections with compression are about. Text is to be UTF-8.
    public func share(_ kind: MessageKind, _ message: [UInt8]) -> SharedFrame {
        guard let policy = limits.deflate, !census.isEmpty, message.count >= policy.threshold,
            let deflater = try? packers.deflater(windowBits: policy.ownWindowBits, of: policy)
        else { return SharedFrame(kind, message) }
        var packed: [UInt8] = []
        deflater.pack(message.span.bytes, into: &packed)
        return SharedFrame(kind, message, packed: packed)
    }

    /// Gives a connection what it agreed on.
    /// - Returns: what reads the peer's messages.
    /// - Throws: `DeflateFailure.memory`; what the peer sends could not be read then.
    func agree(
        _ parameters: DeflateParameters,
        _ policy: DeflatePolicy,
        role: Role,
        at index: Int
    ) throws(DeflateFailure) -> MessageInflater {
        let peer: Role = role == .server ? .client : .server
        let bits = parameters.windowBits(of: role)
        // Of a window of 8 bits zlib has none: messages then refer to themselves alone.
        let keepsOwnContext = parameters.keepsContext(of: role) && bits >= 9
        let deflater =
            keepsOwnContext
            ? try MessageDeflater(keepsContext: true, windowBits: bits, level: policy.level)
            : try packers.deflater(windowBits: bits, of: policy)
        let inflater =
            parameters.keepsContext(of: peer)
            ? try MessageInflater(
                keepsContext: true,
                windowBits: parameters.windowBits(of: peer),
                policy: policy
            )
            : try packers.inflater(of: policy)
        slab.base[index].packing = Packing(
            deflater: deflater,
            threshold: policy.threshold,
            window: 1 << bits,
            longest: bits >= 9 ? .max : 1 << bits
        )
        census.add(1)
        return inflater
    }

    /// Frames one message behind what was said before, compressed where that was agreed on.
    func putMessage(
        _ kind: MessageKind,
        _ message: RawSpan,
        to index: Int,
        droppable: Bool
    ) {
        guard let packing = slab.base[index].packing, packing.packs(message.byteCount),
            // What is left out would be missing from the context of those that follow.
            !(droppable && packing.deflater.keepsContext)
        else {
            put(kind.opcode, message, to: index, droppable: droppable)
            return
        }
        var packed = packers.scratch
        packers.scratch = []
        packed.removeAll(keepingCapacity: true)
        packing.deflater.pack(message, into: &packed)
        // A context has this message in it now, so the peer must get it the same way.
        let isPacked =
            packing.deflater.keepsContext || packed.count < message.byteCount
            || packing.threshold == 0
        if isPacked {
            put(kind.opcode, packed.span.bytes, to: index, droppable: droppable, isPacked: true)
        } else {
            put(kind.opcode, message, to: index, droppable: droppable)
        }
        if packed.capacity <= ShardBuffers.corkCapacity { packers.scratch = packed }
    }
}

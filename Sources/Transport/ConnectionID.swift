/// One connection of one shard, as long as it lives; never given twice.
public struct ConnectionID: Hashable, Sendable, CustomStringConvertible {
    /// Place of the shard in its group, from 0.
    public let shard: UInt16
    /// Place in the shard's slab, from 0; dense and used again, so that it may index arrays.
    public let index: UInt32
    /// Tells apart the connections that used one place after another.
    public let generation: UInt32

    init(shard: UInt16, index: UInt32, generation: UInt32) {
        self.shard = shard
        self.index = index
        self.generation = generation
    }

    /// For logs: `shard.index.generation`.
    public var description: String { "\(shard).\(index).\(generation)" }
}

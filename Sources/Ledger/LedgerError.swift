/// Why bytes or numbers do not fit the ledger.
public enum LedgerError: Error, Hashable, Sendable {
    /// A header has another length than 65 bytes.
    case headerLength(Int)
    /// A header of a version that is not known here.
    case version(UInt8)
    /// The tree has no such leaf: `index` counts from 0.
    case noSuchLeaf(index: Int, size: Int)
    /// The tree never had that size, or the sizes of a proof are out of order.
    case noSuchSize(Int, size: Int)
    /// A server's name has 1 to 64 of `a-z A-Z 0-9 . _ -`.
    case serverName(String)
    /// A note is not a signed checkpoint of this kind; `line` counts from 1.
    case malformedCheckpoint(line: Int)
}

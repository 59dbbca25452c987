import Synchronization

/// What connections of one peer have in common: its address of IPv4, or the network of its address
/// of IPv6 (RFC 6177: a site has at least so much to itself).
enum PeerAddress: Hashable, Sendable {
    case four(UInt32)
    /// The first 64 bits.
    case six(UInt64)
}

/// How many connections each address has with the shards of a group together.
final class AddressCensus: Sendable {
    /// `TransportLimits.connectionsPerAddress`.
    let limit: Int
    /// Only of those who have any; touched at a connection's begin and end alone.
    private let counts = Mutex<[PeerAddress: Int]>([:])

    init(limit: Int) {
        self.limit = limit
    }

    /// Whether anything is counted.
    var isOn: Bool { limit > 0 }

    /// - Returns: whether there was room for one more, which is then counted.
    func enter(_ address: PeerAddress) -> Bool {
        counts.withLock { counts in
            let count = counts[address] ?? 0
            guard count < limit else { return false }
            counts[address] = count + 1
            return true
        }
    }

    func leave(_ address: PeerAddress) {
        counts.withLock { counts in
            guard let count = counts[address] else { return }
            counts[address] = count > 1 ? count - 1 : nil
        }
    }
}

import Ledger
import OpenSSL

/// What was read of a log so far; all of it fits.
struct Reading {
    let room: RoomID
    let server: String
    let key: Ed25519PublicKey
    private(set) var head: ChainHead
    private var tree = MerkleTree()
    private var draws: DrawCheck
    private var scores = ScoreCheck()
    private(set) var files = FileCheck()
    private var checkpoints = 0
    private var covered: UInt64 = 0
    private var withheld = 0

    init(room: RoomID, genesis: [UInt8]) throws(UnusableLog) {
        let facts = try Genesis(genesis)
        self.room = room
        server = facts.server
        key = facts.key
        head = .start(room: room, genesis: genesis)
        draws = DrawCheck(room: room)
    }

    mutating func take(_ event: SealedEvent) throws(LogFault) {
        let expected = head.sequence + 1
        guard event.sequence == expected else {
            throw .sequence(event.sequence, expected: expected)
        }
        guard event.header.time >= head.time else { throw .time(of: expected) }
        let content = EventHeader.contentDigest(of: event.parts.lazy.map(\.digest))
        guard event.header.contentDigest == content else { throw .content(of: expected) }
        guard event.header.room == room, event.header.hash(after: head.hash) == event.hash else {
            throw .chain(at: expected)
        }
        head = ChainHead(
            room: room,
            sequence: expected,
            hash: event.hash,
            time: event.header.time
        )
        try draws.take(event)
        try scores.take(event)
        files.take(event)
        tree.append(event.hash)
        withheld += event.parts.count { $0.part == nil }
    }

    mutating func take(_ signed: SignedCheckpoint) throws(LogFault) {
        let checkpoint = signed.checkpoint
        guard isOfThisLog(checkpoint) else { throw .checkpointOrigin(size: checkpoint.size) }
        guard let root = root(of: checkpoint.size) else {
            throw .checkpointPlace(size: checkpoint.size, events: head.sequence)
        }
        guard root == checkpoint.root else { throw .checkpointRoot(size: checkpoint.size) }
        guard signed.isSigned(by: key) else { throw .checkpointSignature(size: checkpoint.size) }
        checkpoints += 1
        covered = max(covered, checkpoint.size)
    }

    mutating func verdict(kept: SignedCheckpoint?, isFile: Bool, isKeyAsked: Bool) -> Verdict {
        do throws(LogFault) {
            try scores.finish()
        } catch {
            return .broken(error)
        }
        var covered = covered
        if let kept {
            let checkpoint = kept.checkpoint
            guard isOfThisLog(checkpoint) else { return .unusable(.keptOrigin) }
            guard kept.isSigned(by: key) else { return .broken(.keptSignature) }
            guard let root = root(of: checkpoint.size) else {
                return .broken(.truncated(events: head.sequence, kept: checkpoint.size))
            }
            guard root == checkpoint.root else { return .broken(.keptRoot(size: checkpoint.size)) }
            covered = max(covered, checkpoint.size)
        }
        if isFile, covered < head.sequence || checkpoints == 0 {
            return .broken(.uncovered(events: head.sequence, covered: covered))
        }
        let report = LogReport(
            room: room,
            server: server,
            fingerprint: key.fingerprint,
            events: head.sequence,
            checkpoints: checkpoints,
            covered: covered,
            withheld: withheld,
            draws: draws.checked,
            scores: scores.checked,
            root: tree.root
        )
        // An empty log that nobody signed is nobody's.
        let isSigned = covered == head.sequence && (checkpoints > 0 || kept != nil)
        return isKeyAsked && isSigned ? .verified(report) : .consistent(report)
    }

    private func isOfThisLog(_ checkpoint: Checkpoint) -> Bool {
        checkpoint.room == room && checkpoint.server == server
    }

    private func root(of size: UInt64) -> Digest? {
        guard let size = Int(exactly: size), size <= tree.count else { return nil }
        return try? tree.root(of: size)
    }
}

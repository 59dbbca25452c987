// Proves the bytes that are hashed, that a chain takes the next event only, and its golden file.
import Ledger
import OpenSSL
import Testing

struct ChainTests {
    @Test
    func `a part's digest is that of its bytes in order`() {
        let part = Part(audience: .staff, salt: [UInt8](repeating: 7, count: 32), bytes: [1, 2])
        let whole = [2] + part.salt + [5] + Array("staff".utf8) + [1, 2]
        #expect(part.digest == SHA256.hash(whole))
        #expect(KeptPart.whole(part).digest == part.digest)
        #expect(KeptPart.erased(.staff, part.digest).digest == part.digest)
        #expect(KeptPart.withheld(part.digest).digest == part.digest)
    }

    @Test
    func `a header is 65 bytes, and reads back`() throws {
        let header = EventHeader(
            room: Sample.room,
            sequence: 0x0102_0304_0506_0708,
            time: Timestamp(milliseconds: 0x1112_1314_1516_1718),
            contentDigest: SHA256.hash([])
        )
        let bytes = header.encoded
        let expected =
            [1] + Sample.room.bytes + [1, 2, 3, 4, 5, 6, 7, 8]
            + [0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18] + SHA256.hash([]).bytes
        #expect(bytes == expected)
        #expect(try EventHeader(decoding: bytes) == header)
        #expect(throws: LedgerError.headerLength(64)) {
            try EventHeader(decoding: Array(bytes.dropLast()))
        }
        #expect(throws: LedgerError.headerLength(66)) { try EventHeader(decoding: bytes + [0]) }
        for version in [0, 2, 255] as [UInt8] {
            #expect(throws: LedgerError.version(version)) {
                try EventHeader(decoding: [version] + bytes.dropFirst())
            }
        }
    }

    @Test
    func `an event's hash holds the one before, and the first holds the genesis`() throws {
        let genesis = Array("{}".utf8)
        var head = ChainHead.start(room: Sample.room, genesis: genesis)
        let start = head.hash
        #expect(start == SHA256.hash([5] + Sample.room.bytes + genesis))
        let event = head.seal(
            [(.everyone, [1]), (.server, [])],
            at: Timestamp(milliseconds: 9),
            command: nil,
            salts: { [UInt8](repeating: 3, count: 32) }
        )
        let content = SHA256.hash([3] + event.parts.flatMap(\.digest.bytes))
        #expect(event.header.contentDigest == content)
        #expect(event.hash == SHA256.hash([4] + start.bytes + event.header.encoded))
        #expect(head.hash == event.hash)
        #expect(head.sequence == 1)
    }

    @Test(arguments: [(0, 5), (4, 5), (5, 5), (6, 6)])
    func `times never decrease`(clock: UInt64, expected: UInt64) {
        var head = Sample.head(at: 5)
        let event = Sample.seal(&head, at: clock)
        #expect(event.header.time.milliseconds == expected)
        #expect(head.time == event.header.time)
    }

    @Test
    func `a chain moves on to the next event and to no other`() {
        var head = Sample.head(at: 5)
        let before = head
        let event = Sample.seal(&head, at: 6)
        var other = ChainHead.start(room: Sample.room, genesis: [1])
        #expect(!event.fits(after: other))
        #expect(!event.fits(after: head))
        let moved = other.advance(to: event)
        #expect(!moved)
        #expect(other == ChainHead.start(room: Sample.room, genesis: [1]))
        var follower = before
        let followed = follower.advance(to: event)
        #expect(followed)
        #expect(follower == head)
        let kept = event.parts.map { KeptPart.withheld($0.digest) }
        let shown = SealedEvent(header: event.header, parts: kept, hash: event.hash, command: nil)
        #expect(shown.fits(after: before))
        let short = SealedEvent(
            header: event.header,
            parts: Array(kept.dropLast()),
            hash: event.hash,
            command: nil
        )
        #expect(!short.fits(after: before))
        let late = ChainHead(
            room: before.room,
            sequence: before.sequence,
            hash: before.hash,
            time: Timestamp(milliseconds: 7)
        )
        #expect(!event.fits(after: late))
    }

    @Test
    func `a failing source of salts leaves the chain as it was`() {
        struct NoSalt: Error {}
        var head = Sample.head(at: 5)
        let before = head
        #expect(throws: NoSalt.self) {
            try head.seal([(.everyone, [1])], at: before.time, command: nil) {
                () throws(NoSalt) -> [UInt8] in throw NoSalt()
            }
        }
        #expect(head == before)
    }

    @Test
    func `the bytes of a small log are the golden ones`() throws {
        var salts = Sample.salts()
        let genesis = Array(#"{"v":1,"server":"test","kind":"roadshow"}"#.utf8)
        var head = ChainHead.start(room: Sample.room, genesis: genesis)
        var lines = ["start \(head.hash)"]
        var tree = MerkleTree()
        let contents: [[(Audience, [UInt8])]] = [
            [(.everyone, Array(#"{"type":"room.created"}"#.utf8))],
            [
                (.server, Array(#"{"actor":"a"}"#.utf8)), (.everyone, Array("{}".utf8)),
                (.member(Sample.member), Array("路演".utf8)),
            ],
            [(.role("presenter"), []), (.members, [0xff]), (.staff, [0])],
        ]
        for (index, parts) in contents.enumerated() {
            let event = head.seal(
                parts,
                at: Timestamp(milliseconds: 1_790_000_000_000 + UInt64(index)),
                command: nil,
                salts: { salts.next() }
            )
            tree.append(event.hash)
            lines.append("header \(Hex.encode(event.header.encoded))")
            for part in event.parts.compactMap(\.part) {
                lines.append("part \(part.audience.name) \(Hex.encode(part.salt)) \(part.digest)")
            }
            lines.append("hash \(event.hash)")
            lines.append("root \(tree.root)")
        }
        try Golden.check(lines.joined(separator: "\n") + "\n", "chain.txt")
    }
}

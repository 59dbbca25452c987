// Proves that whoever kept a checkpoint gets a proof that the log continues it, or a refusal by name.
import Ledger
import OpenSSL
import Rooms
import RoomsTestSupport
import Testing
import Wire

@testable import Server
@testable import Transport

struct CheckpointTests {
    private func say(_ count: Int, in hall: Hall) {
        for place in 0..<count { hall.give(.say("\(place)"), by: .audience) }
        hall.settleAll()
    }

    @Test(arguments: [0, 1, 2, 7, 8, 9, 100])
    func `a kept checkpoint is proved to be continued`(added: Int) throws {
        let hall = try Hall.live()
        let kept = try #require(hall.host.makeCheckpoint())
        say(added, in: hall)
        let viewer = hall.seat(.audience, JoinRequest(checkpoint: kept.note))
        let ok = try #require(hall[viewer].answers.last?["ok"])
        let newest = try SignedCheckpoint(parsing: #require(ok["checkpoint"]?.text))
        #expect(newest.isSigned(by: hall.key.publicKey))
        #expect(newest.checkpoint.size == UInt64(hall.log.events.count))
        let proof = try #require(ok["consistency"])
        #expect(proof["from"]?.integer == Int64(kept.checkpoint.size))
        #expect(proof["to"]?.integer == Int64(newest.checkpoint.size))
        let hashes = try #require(proof["hashes"]?.items).map {
            try #require($0.text.flatMap { Digest(hex: $0) })
        }
        #expect(
            MerkleProof.continues(
                from: Int(kept.checkpoint.size),
                root: kept.checkpoint.root,
                to: Int(newest.checkpoint.size),
                root: newest.checkpoint.root,
                proof: hashes
            )
        )
    }

    @Test func `it is proved after a restart too`() throws {
        let hall = try Hall.live()
        let kept = try #require(hall.host.makeCheckpoint())
        say(5, in: hall)
        try hall.restart()
        let viewer = hall.seat(nil, JoinRequest(checkpoint: kept.note))
        #expect(hall[viewer].answers.last?["ok"]?["consistency"] != nil)
        #expect(hall.host.newestCheckpoint?.checkpoint.size == UInt64(hall.log.events.count))
    }

    @Test func `a checkpoint covers durable events alone`() throws {
        let hall = try Hall.live()
        let durable = UInt64(hall.log.events.count)
        hall.give(.say("一"), by: .audience)
        #expect(hall.host.makeCheckpoint()?.checkpoint.size == durable)
        hall.settle()
        #expect(hall.host.makeCheckpoint()?.checkpoint.size == durable + 1)
    }

    @Test func `nothing new makes no new checkpoint`() throws {
        let hall = try Hall.live()
        let first = try #require(hall.host.makeCheckpoint())
        hall.clock.turn(byMilliseconds: 1_000)
        #expect(hall.host.makeCheckpoint() == first)
    }

    @Test func `a room without events has no checkpoint`() throws {
        let hall = try Hall()
        #expect(hall.host.makeCheckpoint() == nil)
    }

    enum Forgery: CaseIterable {
        case noNote, empty, otherKey, otherRoom, largerThanTheLog, changedRoot, changedSize
    }

    static let refusals: [(Forgery, String)] = [
        (.noNote, "checkpoint.malformed"), (.empty, "checkpoint.malformed"),
        (.otherKey, "checkpoint.not_ours"), (.otherRoom, "checkpoint.not_ours"),
        (.largerThanTheLog, "checkpoint.ahead"),
        (.changedRoot, "checkpoint.not_ours"), (.changedSize, "checkpoint.not_ours"),
    ]

    @Test(arguments: refusals)
    func `what is no checkpoint of this log is refused by name`(
        forgery: Forgery,
        code: String
    ) throws {
        let hall = try Hall.live()
        let viewer = hall.seat(.audience, JoinRequest(checkpoint: try note(forgery, of: hall)))
        #expect(hall[viewer].answers.map { $0["error"]?["code"]?.text } == [code])
        #expect(hall[viewer].following == nil)
        #expect(hall.host.here == 0)
        // Without it the same person gets in.
        hall.join(viewer)
        #expect(hall[viewer].answers.last?["ok"] != nil)
    }

    @Test func `the log's and the checkpoint's sizes are told when the log is shorter`() throws {
        let hall = try Hall.live()
        let note = try note(.largerThanTheLog, of: hall)
        let data = hall[hall.seat(nil, JoinRequest(checkpoint: note))].answers.last?["error"]?[
            "data"
        ]
        #expect(data?["size"]?.integer == Int64(hall.log.events.count))
        #expect(data?["kept"]?.integer == Int64(hall.log.events.count) + 1)
    }

    private func note(_ forgery: Forgery, of hall: Hall) throws -> String {
        let size = UInt64(hall.log.events.count)
        let room = try #require(Hall.room)
        let kept = try #require(hall.host.makeCheckpoint())
        let root = kept.checkpoint.root
        switch forgery {
        case .noNote: return "no note"
        case .empty: return ""
        case .otherKey:
            return try hall.signed(room, size, root, by: Ed25519PrivateKey()).note
        case .otherRoom:
            let other = try #require(RoomID(bytes: [UInt8](repeating: 1, count: 16)))
            return try hall.signed(other, size, root, by: hall.key).note
        case .largerThanTheLog: return try hall.signed(room, size + 1, root, by: hall.key).note
        case .changedRoot:
            let other = Base64.encode(SHA256.hash([1]).bytes)
            return kept.note.replacing(Base64.encode(root.bytes), with: other)
        case .changedSize: return kept.note.replacing("\n\(size)\n", with: "\n\(size - 1)\n")
        }
    }
}

extension Hall {
    fileprivate func signed(
        _ room: RoomID,
        _ size: UInt64,
        _ root: Digest,
        by key: Ed25519PrivateKey
    ) throws -> SignedCheckpoint {
        let checkpoint = try Checkpoint(
            server: "test",
            room: room,
            size: size,
            root: root,
            time: clock.now
        )
        return try checkpoint.signed(by: key)
    }
}

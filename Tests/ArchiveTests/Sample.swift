// The small log that the other files here check and forge.
import Archive
import Foundation
import Ledger
import OpenSSL
import TestSupport
import Testing

/// A room's log as its server would have it.
struct SampleLog {
    let room: RoomID
    let key: Ed25519PrivateKey
    let genesis: [UInt8]
    private(set) var head: ChainHead
    private(set) var events: [SealedEvent] = []
    private(set) var tree = MerkleTree()
    private var salts = SplitMix64(seed: 5)

    /// `seed` gives the key: another seed is another server.
    init(seed: UInt8 = 42, changing old: String = "", to new: String = "") throws {
        room = try #require(RoomID("000102030405060708090a0b0c0d0e0f"))
        key = try Ed25519PrivateKey(raw: [UInt8](repeating: seed, count: 32))
        let raw = Hex.encode(key.publicKey.raw)
        let text =
            #"{"v":1,"server":"hall","kind":"roadshow","at":1790000000000,"hash":"sha256","#
            + #""sign":"ed25519","key":"\#(raw)","rules":1}"#
        genesis = Array(text.replacing(old, with: new).utf8)
        head = .start(room: room, genesis: genesis)
    }

    /// A log of four events, one with bytes that are no text.
    static func small(seed: UInt8 = 42) throws -> SampleLog {
        var log = try SampleLog(seed: seed)
        log.add([(.everyone, #"{"type":"room.created","by":null,"data":{}}"#)])
        log.add([
            (.server, #"{"type":"chat.said","by":"a0a1a2a3a4a5a6a7"}"#),
            (.everyone, "{\"texts\":{\"text\":\"路演 \\\"开始\\\"\\n\u{1}\u{7f}\u{2028}\"}}"),
        ])
        log.add([(.staff, "for staff"), (.members, ""), (.role("presenter"), "é\u{301}👍")])
        log.add(bytes: [(.everyone, [0xff, 0x00, 0xfe])])
        return log
    }

    mutating func add(_ parts: [(Audience, String)], at time: UInt64 = 0) {
        add(bytes: parts.map { ($0.0, Array($0.1.utf8)) }, at: time)
    }

    mutating func add(bytes parts: [(Audience, [UInt8])], at time: UInt64 = 0) {
        let event = head.seal(
            parts,
            at: Timestamp(milliseconds: time > 0 ? time : 1_790_000_000_001 + head.sequence),
            command: nil,
            salts: {
                (0..<Part.saltByteCount).map { _ in UInt8.random(in: 0...255, using: &salts) }
            }
        )
        events.append(event)
        tree.append(event.hash)
    }

    func checkpoint(of size: Int? = nil, server: String = "hall") throws -> SignedCheckpoint {
        let size = size ?? events.count
        return try Checkpoint(
            server: server,
            room: room,
            size: UInt64(size),
            root: tree.root(of: size),
            time: Timestamp(milliseconds: 1_790_000_001_000)
        ).signed(by: key)
    }

    /// The file as that reader gets it.
    func file(_ isVisible: (Audience) -> Bool = { _ in true }) throws -> [UInt8] {
        LogFile.bytes(
            room: room,
            genesis: genesis,
            events: events,
            checkpoint: try checkpoint(),
            isVisible: isVisible
        )
    }

    var fingerprint: Digest { key.publicKey.fingerprint }
}

/// What is found in a whole file.
func verdict(
    _ file: [UInt8],
    key: Digest? = nil,
    kept: SignedCheckpoint? = nil
) -> Verdict {
    var verifier = Verifier(key: key, kept: kept)
    verifier.take(file)
    return verifier.finish()
}

/// A file of these lines.
func file(_ lines: LogLine...) -> [UInt8] { lines.flatMap(\.bytes) }

enum Golden {
    /// Compares with a file beside this one, or writes it when `UPDATE_GOLDEN` is set.
    static func check(_ bytes: [UInt8], _ name: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let file = folder.appending(path: "Golden").appending(path: name)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try Data(bytes).write(to: file)
        }
        let kept = try [UInt8](Data(contentsOf: file))
        #expect(kept == bytes)
    }
}

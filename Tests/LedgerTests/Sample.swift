// The rooms, heads and salts that the other files here use, and their golden files.
import Foundation
import Ledger
import Testing
import TestSupport

enum Sample {
    static let room = id(RoomID.init(bytes:), (0..<16).map { UInt8($0) })
    static let member = id(MemberID.init(bytes:), (0..<8).map { UInt8(0xa0 + $0) })

    /// A head whose last event has that time.
    static func head(at milliseconds: UInt64) -> ChainHead {
        var head = ChainHead.start(room: room, genesis: [])
        _ = seal(&head, at: milliseconds)
        return head
    }

    /// Seals an event of two parts.
    static func seal(_ head: inout ChainHead, at milliseconds: UInt64) -> SealedEvent {
        var salts = salts()
        return head.seal(
            [(.everyone, [1]), (.staff, [2])],
            at: Timestamp(milliseconds: milliseconds),
            command: nil,
            salts: { salts.next() }
        )
    }

    static func salts() -> Salts { Salts(random: SplitMix64(seed: 1)) }

    struct Salts {
        var random: SplitMix64
        mutating func next() -> [UInt8] {
            (0..<Part.saltByteCount).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
    }

    private static func id<ID>(_ make: ([UInt8]) -> ID?, _ bytes: [UInt8]) -> ID {
        guard let id = make(bytes) else { preconditionFailure("bytes of the wrong count") }
        return id
    }
}

enum Golden {
    /// Compares with a file beside this one, or writes it when `UPDATE_GOLDEN` is set.
    static func check(_ text: String, _ name: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let file = folder.appending(path: "Golden").appending(path: name)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try Data(text.utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }
}

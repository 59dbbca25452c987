// Proves that ids, audiences and moments have one spelling each, and bounded arithmetic.
import Ledger
import Testing

struct NameTests {
    static let audiences: [(Audience, String)] = [
        (.everyone, "everyone"), (.members, "members"), (.staff, "staff"), (.server, "server"),
        (.role("presenter"), "role:presenter"), (.role("a_9"), "role:a_9"),
        (.role(String(repeating: "r", count: 32)), "role:" + String(repeating: "r", count: 32)),
        (.member(Sample.member), "member:a0a1a2a3a4a5a6a7"),
    ]

    @Test(arguments: audiences)
    func `an audience has one name`(audience: Audience, name: String) {
        #expect(audience.name == name)
        #expect(Audience(name: name) == audience)
    }

    @Test(arguments: [
        "", "Everyone", "everyone ", "role", "role:", "role:A", "role:a:b", "role:a b", "member:",
        "member:a0a1a2a3a4a5a6a", "member:A0A1A2A3A4A5A6A7", "staff:", ":staff", "role:é",
        "role:" + String(repeating: "r", count: 33),
    ])
    func `no other name is an audience`(name: String) {
        #expect(Audience(name: name) == nil)
    }

    @Test
    func `ids are their bytes in lower-case digits`() {
        let digits = "000102030405060708090a0b0c0d0e0f"
        #expect(Sample.room.description == digits)
        #expect(RoomID(digits) == Sample.room)
        #expect(RoomID(digits.uppercased()) == nil)
        #expect(RoomID(digits + "00") == nil)
        #expect(RoomID(bytes: [1]) == nil)
        #expect(Sample.room.bytes == (0..<16).map { UInt8($0) })
        #expect(Sample.member.description == "a0a1a2a3a4a5a6a7")
        #expect(MemberID("a0a1a2a3a4a5a6a7") == Sample.member)
        #expect(MemberID("a0a1a2a3a4a5a6") == nil)
        #expect(MemberID(bytes: Sample.member.bytes) == Sample.member)
        #expect(MemberID(bytes: [1]) == nil)
    }

    @Test(arguments: [(0, false), (1, true), (64, true), (65, false)])
    func `a command's actor and id have 1 to 64 bytes`(count: Int, isKey: Bool) {
        let text = String(repeating: "x", count: count)
        #expect((CommandKey(actor: text, id: "1") != nil) == isKey)
        #expect((CommandKey(actor: "1", id: text) != nil) == isKey)
    }

    @Test
    func `commands are told apart by their bytes`() throws {
        let keys = ["\u{e9}", "e\u{301}"].compactMap { CommandKey(actor: "a", id: $0) }
        let actors = ["\u{e9}", "e\u{301}"].compactMap { CommandKey(actor: $0, id: "1") }
        #expect(Set(keys + actors).count == 4)
        #expect(CommandKey(actor: "a", id: "1") == CommandKey(actor: "a", id: "1"))
    }

    static let shifts: [(from: UInt64, by: Int64, to: UInt64)] = [
        (5, 3, 8), (5, -3, 2), (5, -5, 0), (5, -6, 0), (5, .min, 0),
        (.max - 1, 1, .max), (.max, 1, .max), (0, .max, UInt64(Int64.max)),
    ]

    @Test(arguments: shifts)
    func `moments move within bounds`(from: UInt64, by shift: Int64, to: UInt64) {
        let moved = Timestamp(milliseconds: from).advanced(byMilliseconds: shift)
        #expect(moved == Timestamp(milliseconds: to))
    }

    static let distances: [(from: UInt64, to: UInt64, distance: Int64)] = [
        (5, 8, 3), (8, 5, -3), (5, 5, 0), (0, .max, .max), (.max, 0, -.max),
    ]

    @Test(arguments: distances)
    func `distances stay within bounds`(from: UInt64, to: UInt64, distance: Int64) {
        let (start, end) = (Timestamp(milliseconds: from), Timestamp(milliseconds: to))
        #expect(start.milliseconds(to: end) == distance)
        #expect((start < end) == (distance > 0))
    }
}

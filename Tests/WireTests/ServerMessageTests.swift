// Proves the bytes of every kind of message of the server by golden file.
import Ledger
import Rooms
import RoomsTestSupport
import Testing
import Wire

struct ServerMessageTests {
    static let room = RoomID(bytes: (0..<16).map { UInt8($0) })
    static let hash = String(repeating: "5a", count: 32)

    /// A chat line's event, all of it or for one member.
    static func event(in room: RoomID, to member: MemberID? = nil) -> [UInt8] {
        let draft = Draft(.chatSaid(), .said(by: Byline("李四"), text: "\"hi\""))
        let author = Actor.member(.sample(0xa1))
        let parts = EventEncoding.parts(of: draft, by: author, command: EventSamples.mark)
        return ServerMessage.event(
            in: room,
            sequence: 42,
            previous: 40,
            at: .start,
            hash: hash,
            to: member,
            parts: zip(0..., parts).dropFirst().map { (place: $0, bytes: $1.1) }
        )
    }

    @Test
    func `the messages are the golden ones`() throws {
        let room = try #require(Self.room)
        let answer = ServerMessage.answer(to: "k7Qz-1") { $0.member("now", 1) }
        var list = GoldenList()
        for (name, message) in [
            ("answer", answer),
            ("empty answer", ServerMessage.answer(to: "\"", ok: { _ in })),
            ("refusal", ServerMessage.refusal(to: "k7Qz-1", .rateLimited(retryMilliseconds: 250))),
            (
                "refusal of what has no id",
                ServerMessage.refusal(to: nil, .unavailable("disk_full"))
            ),
            ("event", Self.event(in: room)),
            ("personal event", Self.event(in: room, to: .sample(0xa1))),
            (
                "event of erased texts",
                ServerMessage.event(
                    in: room,
                    sequence: 1,
                    previous: 0,
                    at: .start,
                    hash: Self.hash,
                    parts: []
                )
            ),
            ("signal", ServerMessage.signal("presence", in: room) { $0.member("here", 12) }),
            ("signal without a room", ServerMessage.signal("drain", in: nil)),
            ("joined", ServerMessage.joined([answer, ServerMessage.signal("drain", in: nil)])),
        ] {
            list.add([("name", JSON.string(name).bytes), ("message", message)])
        }
        #expect(list.text == (try list.expected("messages.json")))
    }

    @Test
    func `one message is joined to itself, and none to an empty array`() throws {
        let room = try #require(Self.room)
        let event = Self.event(in: room)
        #expect(ServerMessage.joined([event]) == event)
        #expect(ServerMessage.joined([]) == Array("[]".utf8))
        #expect(ServerMessage.list([event]) == Array("[".utf8) + event + Array("]".utf8))
        let two = try JSONParser.parse(ServerMessage.joined([event, event]))
        let one = try JSONParser.parse(event)
        #expect(two == .array([one, one]))
    }

    @Test
    func `an event holds its parts as they were stored`() throws {
        let bytes = Array(#"{ "type" : "x" }"#.utf8)
        let message = ServerMessage.event(
            in: try #require(Self.room),
            sequence: 1,
            previous: 0,
            at: .start,
            hash: "",
            parts: [(place: 3, bytes: bytes)]
        )
        #expect(message.suffix(bytes.count + 3) == (bytes + Array("}]}".utf8))[...])
        #expect(try JSONParser.parse(message)["parts"]?.items?.first?["n"] == .integer(3))
    }
}

// Proves how a client's text is taken apart: batches, ids, rooms, and what is left whole when one is bad.
import Ledger
import Rooms
import Testing
import Wire

struct ClientMessageTests {
    private func read(_ text: String) -> [Result<ClientMessage, BadMessage>] {
        ClientMessage.read(Array(text.utf8))
    }

    private func code(_ text: String) -> ErrorCode? {
        guard case .failure(let bad)? = read(text).first else { return nil }
        return bad.error.code
    }

    static let sync = #"{"id":"1","type":"time.sync"}"#

    @Test
    func `a message without data is read, and signs its type alone`() throws {
        let message = try #require(read(Self.sync).first).get()
        #expect(message.request == .syncTime)
        #expect(message.room == nil)
        #expect(message.signedBytes == Array("time.sync\n".utf8))
    }

    @Test
    func `what is signed are the bytes as they came`() throws {
        let data = "{ \"text\" : \"\\u0061\",\"x\":[ 1.0 ,\n{} ] }"
        let room = CommandSample.room
        let texts = [
            #"{"id":"1","type":"chat.say","room":"\#(room)","data":\#(data)}"#,
            #" { "data" : \#(data) , "room":"\#(room)", "type":"chat.say" , "id":"1" } "#,
            #"[{"id":"1","type":"chat\u002esay","data":\#(data),"room":"\#(room)"}]"#,
        ]
        for text in texts {
            let message = try #require(read(text).first).get()
            #expect(message.request == .act(.say("a")))
            #expect(message.signedBytes == Array("chat.say\n\(data)".utf8))
        }
    }

    @Test(arguments: [(1, true), (2, true), (64, true), (65, false), (1_000, false)])
    func `an array holds 64 messages at most`(count: Int, isTaken: Bool) throws {
        let text =
            "["
            + (1...count).map { #"{"id":"\#($0)","type":"time.sync"}"# }
            .joined(separator: " , ") + "]"
        let results = read(text)
        if isTaken {
            #expect(try results.map { try $0.get().id } == (1...count).map(String.init))
        } else {
            #expect(results.count == 1)
            #expect(code(text) == .messageMalformed)
        }
    }

    @Test
    func `one bad message spoils no other`() throws {
        let results = read(#"[\#(Self.sync),{"id":"2","type":"no.such"},{"id":"3"},\#(Self.sync)]"#)
        #expect(results.count == 4)
        #expect(try results[0].get().id == "1")
        #expect(try results[3].get().id == "1")
        guard case .failure(let second) = results[1], case .failure(let third) = results[2] else {
            Issue.record("\(results)")
            return
        }
        #expect(second.id == "2")
        #expect(second.error.code == .commandUnknown)
        #expect(second.error.values == [JSON.Member("type", .string("no.such"))])
        #expect(third.id == "3")
        #expect(third.error.code == .commandMalformed)
    }

    static let malformed: [String] = [
        "", " ", "null", "1", "\"x\"", "[]", "[ ]", "[[]]", "[null]", "[{}", "[{},]", "{", "{}}",
        "{} {}", "[{}] x", #"{"id":"1","id":"1","type":"time.sync"}"#,
        #"{"id":"1","type":"time.sync","\u0069d":"2"}"#, "\(sync)\u{0}", "\(sync),\(sync)",
        #"{"id":"1","type":"time.sync","data":{"a":1,"a":2}}"#,
    ]

    @Test(arguments: malformed)
    func `what is no object and no array of objects is malformed as a whole`(text: String) {
        let results = read(text)
        #expect(results.count == 1)
        #expect(code(text) == .messageMalformed)
        guard case .failure(let bad)? = results.first else { return }
        #expect(bad.id == nil)
    }

    @Test
    func `a text that is not UTF-8 is malformed`() throws {
        var bytes = Array(Self.sync.utf8)
        let place = try #require(bytes.firstIndex(of: UInt8(ascii: "1")))
        bytes[place] = 0xff
        #expect(ClientMessage.read(bytes).count == 1)
        guard case .failure(let bad)? = ClientMessage.read(bytes).first else {
            Issue.record("taken")
            return
        }
        #expect(bad.error.code == .messageMalformed)
    }

    static let ids: [(json: String, isTaken: Bool)] = [
        (#""""#, false), (#""x""#, true), ("\"\(String(repeating: "x", count: 64))\"", true),
        ("\"\(String(repeating: "x", count: 65))\"", false),
        (#""!~""#, true), (#"" ""#, false), (#""a b""#, false), ("\"\u{7f}\"", false),
        (#""\n""#, false), ("\"路\"", false), ("\"e\u{301}\"", false),
        ("1", false), ("null", false), ("[]", false), ("{}", false), ("true", false),
    ]

    @Test(arguments: ids)
    func `an id is 1 to 64 visible ASCII characters`(json: String, isTaken: Bool) throws {
        let result = try #require(read(#"{"id":\#(json),"type":"time.sync"}"#).first)
        switch result {
        case .success(let message):
            #expect(isTaken)
            #expect(JSON.string(message.id).bytes == Array(json.utf8))
        case .failure(let bad):
            #expect(!isTaken)
            #expect(bad.id == nil)
            #expect(bad.error.code == .commandMalformed)
            #expect(JSON.object(bad.error.values)["field"] == .string("id"))
        }
    }

    /// Members beside the id, and the field that is named in the refusal.
    static let members: [(json: String, field: String)] = [
        (#""x":1"#, "type"), (#""type":null"#, "type"), (#""type":1"#, "type"),
        (#""type":["time.sync"]"#, "type"),
        (#""type":"time.sync","data":null"#, "data"), (#""type":"time.sync","data":[]"#, "data"),
        (#""type":"time.sync","data":"{}""#, "data"),
        (#""type":"room.open""#, "room"), (#""type":"room.open","room":null"#, "room"),
        (#""type":"room.open","room":1"#, "room"), (#""type":"time.sync","room":"x""#, "room"),
        (#""type":"room.open","room":"000102030405060708090a0b0c0d0e0""#, "room"),
        (#""type":"room.open","room":"000102030405060708090a0b0c0d0e0f0""#, "room"),
        (#""type":"room.open","room":"000102030405060708090A0B0C0D0E0F""#, "room"),
        (#""type":"room.open","room":" 00102030405060708090a0b0c0d0e0f""#, "room"),
    ]

    @Test(arguments: members)
    func `a bad member is refused by its name, to the id that came`(json: String, field: String) {
        guard case .failure(let bad)? = read(#"{"id":"7",\#(json)}"#).first else {
            Issue.record("taken")
            return
        }
        #expect(bad.id == "7")
        #expect(bad.error.code == .commandMalformed)
        #expect(JSON.object(bad.error.values)["field"] == .string(field))
    }

    @Test(
        arguments: [
            "", "room", "room.opens", "Room.open", "room.open ", "create", "admit", "keepTime",
        ]
    )
    func `an unknown type is told back`(type: String) {
        let text = #"{"id":"7","type":"\#(type)","room":"\#(CommandSample.room)"}"#
        guard case .failure(let bad)? = read(text).first else {
            Issue.record("taken")
            return
        }
        #expect(bad.error.code == .commandUnknown)
        #expect(bad.error.values == [JSON.Member("type", .string(type))])
    }

    @Test
    func `of a long unknown type the beginning is told`() throws {
        let text = #"{"id":"7","type":"\#(String(repeating: "x", count: 10_000))"}"#
        guard case .failure(let bad)? = read(text).first else {
            Issue.record("taken")
            return
        }
        #expect(JSON.object(bad.error.values)["type"] == .string(String(repeating: "x", count: 64)))
    }

    @Test(arguments: CommandSample.all)
    func `a message cut anywhere is malformed`(sample: CommandSample) {
        let bytes = Array(sample.message.utf8)
        for length in bytes.indices {
            guard case .failure(let bad)? = ClientMessage.read(Array(bytes[..<length])).first else {
                Issue.record("taken at \(length)")
                return
            }
            #expect(bad.error.code == .messageMalformed)
        }
    }
}

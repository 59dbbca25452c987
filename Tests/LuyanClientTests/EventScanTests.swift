// Proves that events, stamps and answers are found in a text's bytes as reading its JSON would find them.
import LuyanClient
import Testing

struct EventScanTests {
    private func links(_ text: String) -> [EventScan.Link] {
        var found: [EventScan.Link] = []
        EventScan.links(in: [UInt8](text.utf8).span.bytes) { found.append($0) }
        return found
    }

    private func stamps(_ text: String) -> [UInt64] {
        var found: [UInt64] = []
        EventScan.stamps(in: [UInt8](text.utf8).span.bytes) { found.append($0) }
        return found
    }

    @Test
    func `events are found alone and in arrays, with their chain`() {
        let link = EventScan.Link(sequence: 12, previous: 11, isOwn: false)
        let own = EventScan.Link(sequence: 13, previous: 0, isOwn: true)
        #expect(links(Text.event(12, after: 11)) == [link])
        let both = "[\(Text.event(12, after: 11)),\(Text.event(13, after: 0, own: true))]"
        #expect(links(both) == [link, own])
    }

    static let others = [
        "", "{", #"{"room":""#, #"{"room":"\#(room)","signal":"presence","data":{"here":1}}"#,
        #"{"re":"a","ok":{"seq":1,"prev":0}}"#, #"{"room":"\#(room)","seq":,"prev":1}"#,
        #"{"text":"{\"room\":\"\#(room)\",\"seq\":2,\"prev\":1,"}"#,
        #"{"room":"\#(room)","seq":99999999999999999999,"prev":1}"#,
    ]

    @Test(arguments: others)
    func `anything else is no event`(text: String) {
        #expect(links(text) == [])
    }

    @Test
    func `no part of an event makes the reader go past the end`() {
        let text = Text.event(13, after: 0, own: true)
        for count in 0..<text.utf8.count {
            let found = links(String(text.prefix(count)))
            #expect(found.isEmpty || found.first?.sequence == 13)
        }
    }

    static let values: [UInt64] = [0, 1, 0xdead_beef, .max]

    @Test(arguments: values)
    func `a stamp is read as it was written, wherever it stands`(value: UInt64) {
        let stamp = EventScan.stamp(value)
        #expect(stamp.utf8.count == 18)
        #expect(stamps("x\(stamp)@@T\(stamp)y") == [value, value])
        #expect(stamps(String(stamp.dropLast())) == [])
        #expect(stamps("@T000000000000000G") == [])
    }

    static let answers: [(text: String, id: String?)] = [
        (#"{"re":"a-1","ok":{}}"#, "a-1"), (#"{"re":null,"error":{}}"#, nil),
        (#"{"re":"a\"b","ok":{}}"#, nil), (#"{"re":"a"#, nil), ("", nil), ("[]", nil),
    ]

    @Test(arguments: answers)
    func `an answer says what it answers`(text: String, id: String?) {
        #expect(EventScan.answeredID(in: [UInt8](text.utf8).span.bytes) == id)
    }

    @Test
    func `a number is found by its name`() {
        let bytes = [UInt8](Text.snapshot("j", ofClass: 71, own: 5).utf8)
        #expect(EventScan.number(named: "class", in: bytes.span.bytes) == 71)
        #expect(EventScan.number(named: "own", in: bytes.span.bytes) == 5)
        #expect(EventScan.number(named: "member", in: bytes.span.bytes) == nil)
        #expect(EventScan.number(named: "absent", in: bytes.span.bytes) == nil)
    }
}

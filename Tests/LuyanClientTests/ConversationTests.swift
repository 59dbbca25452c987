// Proves the client's side of the protocol without sockets: joining, gaps, and what is sent again.
import Ledger
import Testing
import Wire

@testable import LuyanClient

struct ConversationTests {
    /// A conversation whose room is joined with event 7 as the last one.
    private func joined() -> Conversation {
        var conversation = Conversation(idPrefix: "x")
        _ = conversation.opened()
        _ = conversation.join(room, id: "j", since: nil, checkpoint: nil)
        #expect(hear(Text.snapshot("j", ofClass: 7), &conversation) == [.ok("j")])
        return conversation
    }

    private func hear(_ text: String, _ conversation: inout Conversation) -> [Doing] {
        conversation.received([UInt8](text.utf8)).map(Doing.init)
    }

    private func join(_ id: String, since: Int? = nil, own: Int = 0) -> Doing {
        let cursor = since.map { #""since":\#($0),"own":\#(own)"# } ?? ""
        return .send(#"{"id":"\#(id)","type":"room.join","room":"\#(room)","data":{\#(cursor)}}"#)
    }

    @Test
    func `events come in order, each once`() {
        var conversation = joined()
        #expect(hear(Text.event(8, after: 7), &conversation) == [.event(8)])
        #expect(hear(Text.event(8, after: 7), &conversation) == [])
        let both = "[\(Text.event(10, after: 8)),\(Text.event(11, after: 10))]"
        #expect(hear(both, &conversation) == [.event(10), .event(11)])
    }

    @Test
    func `events of a room that is not followed are nobody's`() {
        var conversation = Conversation(idPrefix: "x")
        _ = conversation.opened()
        #expect(hear(Text.event(8, after: 7), &conversation) == [])
    }

    @Test
    func `a gap is told, and what was lost is fetched`() {
        var conversation = joined()
        let gap = [Doing.gap(after: 7, before: 9), join("x-1", since: 7)]
        #expect(hear(Text.event(9, after: 8), &conversation) == gap)
        // Until the answer, what else comes is in the answer too.
        #expect(hear(Text.event(10, after: 9), &conversation) == [])
        let tail = [Text.event(8, after: 7), Text.event(9, after: 8), Text.event(10, after: 9)]
        let answer = Text.tail("x-1", ofClass: 10, tail)
        #expect(hear(answer, &conversation) == [.event(8), .event(9), .event(10)])
        #expect(hear(Text.event(11, after: 10), &conversation) == [.event(11)])
    }

    @Test
    func `a personal event has its own chain`() {
        var conversation = joined()
        #expect(hear(Text.event(8, after: 0, own: true), &conversation) == [.event(8)])
        #expect(hear(Text.event(8, after: 7), &conversation) == [.event(8)])
        let gap = [Doing.gap(after: 8, before: 12), join("x-1", since: 8, own: 8)]
        #expect(hear(Text.event(12, after: 11, own: true), &conversation) == gap)
    }

    @Test
    func
        `after a new connection the room is joined from where the reader was, then commands go again`()
    {
        var conversation = joined()
        let text = [UInt8]("say".utf8)
        #expect(
            conversation.command(id: "c", room: room, text: text).map(Doing.init) == [.send("say")]
        )
        conversation.closed()
        let later = conversation.command(id: "d", room: room, text: [UInt8]("ask".utf8))
        #expect(later == [])
        #expect(conversation.opened().map(Doing.init) == [join("x-1", since: 7)])
        let answer = Text.tail("x-1", ofClass: 8, [Text.event(8, after: 7)])
        #expect(hear(answer, &conversation) == [.event(8), .send("say"), .send("ask")])
        #expect(hear(#"{"re":"c","ok":{}}"#, &conversation) == [.ok("c")])
        #expect(hear(#"{"re":"c","ok":{}}"#, &conversation) == [])
        #expect(
            hear(Text.refusal("d", "text.empty", "mend"), &conversation) == [
                .refused("d", "text.empty")
            ]
        )
    }

    @Test
    func `a first join that was never answered is sent again with its id`() {
        var conversation = Conversation(idPrefix: "x")
        #expect(
            conversation.join(room, id: "j", since: Cursor(ofClass: 4, own: 2), checkpoint: nil)
                == []
        )
        #expect(conversation.opened().map(Doing.init) == [join("j", since: 4, own: 2)])
        conversation.closed()
        #expect(conversation.opened().map(Doing.init) == [join("j", since: 4, own: 2)])
    }

    @Test
    func `more was missed than is kept: the reader gets the room as it is`() {
        var conversation = joined()
        conversation.closed()
        _ = conversation.opened()
        #expect(hear(Text.snapshot("x-1", ofClass: 900), &conversation) == [.snapshot(900)])
        #expect(hear(Text.event(901, after: 900), &conversation) == [.event(901)])
    }

    @Test
    func `changed roles: the room is joined anew, from the beginning`() {
        var conversation = joined()
        let restart = #"{"room":"\#(room)","signal":"restart","data":{}}"#
        #expect(hear(restart, &conversation) == [.signal("restart"), join("x-1")])
    }

    @Test
    func `a command refused because the stream had ended is sent again after the join`() {
        var conversation = joined()
        _ = conversation.command(id: "c", room: room, text: [UInt8]("say".utf8))
        let refusal = Text.refusal("c", "room.not_joined", "reload")
        #expect(hear(refusal, &conversation) == [join("x-1", since: 7)])
        #expect(hear(Text.tail("x-1", ofClass: 7, []), &conversation) == [.send("say")])
        #expect(hear(refusal, &conversation) == [join("x-2", since: 7)])
        #expect(hear(Text.tail("x-2", ofClass: 7, []), &conversation) == [.send("say")])
        #expect(hear(refusal, &conversation) == [join("x-3", since: 7)])
        #expect(hear(Text.tail("x-3", ofClass: 7, []), &conversation) == [.send("say")])
        // Not for ever.
        #expect(hear(refusal, &conversation) == [.refused("c", "room.not_joined")])
    }

    @Test
    func `a refused join fails the room's commands`() {
        var conversation = Conversation(idPrefix: "x")
        _ = conversation.opened()
        _ = conversation.join(room, id: "j", since: nil, checkpoint: nil)
        #expect(conversation.command(id: "c", room: room, text: [1]) == [])
        let refusal = Text.refusal("j", "room.not_found", "give_up")
        let both: [Doing] = [.refused("j", "room.not_found"), .refused("c", "room.not_found")]
        #expect(hear(refusal, &conversation) == both)
    }

    @Test
    func `a join again that is to wait is sent again later, one that is refused ends`() {
        var conversation = joined()
        conversation.closed()
        _ = conversation.opened()
        let wait = Text.refusal("x-1", "unavailable", "wait")
        #expect(hear(wait, &conversation) == [.rejoin(after: 70)])
        #expect(conversation.rejoin(room).map(Doing.init) == [join("x-2", since: 7)])
        let refusal = Text.refusal("x-2", "room.not_found", "give_up")
        #expect(hear(refusal, &conversation) == [.left("room.not_found")])
        #expect(conversation.rejoin(room) == [])
    }

    @Test
    func `a reader that is too slow gets the rest by joining again`() {
        var conversation = joined()
        #expect(hear(Text.event(8, after: 7), &conversation) == [.event(8)])
        #expect(conversation.hold(.sample(8, after: 7)).map(Doing.init) == [.rejoin(after: 200)])
        #expect(conversation.isBehind(in: room))
        #expect(hear(Text.event(9, after: 8), &conversation) == [])
        #expect(conversation.hold(.sample(9, after: 8)) == [])
        #expect(conversation.rejoin(room).map(Doing.init) == [join("x-1", since: 7)])
    }

    @Test
    func `when the line ends for good, all that waits fails`() {
        var conversation = joined()
        _ = conversation.command(id: "c", room: room, text: [1])
        _ = conversation.join(room, id: "k", since: nil, checkpoint: nil)
        let ends = conversation.end(.cancelled).map(Doing.init)
        #expect(ends == [.failed("c"), .failed("k")])
    }

    @Test
    func `so many commands may wait, and one more not`() {
        var conversation = Conversation(idPrefix: "x")
        for number in 0..<Conversation.pendingLimit {
            #expect(conversation.command(id: "\(number)", room: nil, text: []) == [])
        }
        let error = ClientError.tooManyPending(limit: Conversation.pendingLimit)
        #expect(
            conversation.command(id: "more", room: nil, text: []) == [
                .settle("more", .failure(error))
            ]
        )
        conversation.forget("0")
        #expect(conversation.command(id: "more", room: nil, text: []) == [])
    }

    @Test
    func `what the server could not read, and what we cannot, is told`() {
        var conversation = joined()
        let fault =
            #"{"re":null,"error":{"code":"message.malformed","message":"","action":"mend"}}"#
        #expect(hear(fault, &conversation) == [.fault("message.malformed")])
        #expect(hear("{", &conversation) == [.unreadable])
        #expect(hear(#"{"of":"a later version"}"#, &conversation) == [])
    }

    @Test
    func `an answer to a join that is none fails it`() {
        var conversation = Conversation(idPrefix: "x")
        _ = conversation.opened()
        _ = conversation.join(room, id: "j", since: nil, checkpoint: nil)
        #expect(hear(#"{"re":"j","ok":{}}"#, &conversation) == [.failed("j")])
    }
}

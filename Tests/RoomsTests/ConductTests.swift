// Proves the chat's order: slow mode, approval, words, mute, and the one key that stops a room.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct ConductTests {
    static let speaker = Person.audience

    static func after(_ commands: [Command], limits: RoomLimits = RoomLimits()) -> Rehearsal {
        var rehearsal = Rehearsal.at(.live, limits: limits)
        rehearsal.give(commands)
        return rehearsal
    }

    static let paces: [(after: UInt64, retry: UInt64?)] = [
        (0, 10_000), (9_999, 1), (10_000, nil), (10_001, nil),
    ]

    @Test(arguments: paces)
    func `slow mode counts from one's own last message`(after: UInt64, retry: UInt64?) {
        var rehearsal = Self.after([.setSlowMode(seconds: 10)])
        rehearsal.give(.say("one"), by: Self.speaker.actor)
        let decision = rehearsal.give(.say("two"), by: Self.speaker.actor, after: after)
        if let retry {
            #expect(decision == .failure(.tooSoon(retry: retry)))
        } else {
            #expect((try? decision.get())?.count == 1)
        }
        // Others wait for themselves alone, moderators for nobody.
        for person in [Person.otherAudience, .moderator, .moderator] {
            #expect((try? rehearsal.give(.say("hi"), by: person.actor).get())?.count == 1)
        }
    }

    @Test
    func `slow mode has a limit, and the same again is no event`() {
        var rehearsal = Self.after([])
        let limit: UInt64 = 3_600
        let over = rehearsal.give(.setSlowMode(seconds: limit + 1))
        #expect(over == .failure(.slowModeOutOfRange(limit: limit)))
        #expect((try? rehearsal.give(.setSlowMode(seconds: limit)).get())?.count == 1)
        #expect(rehearsal.give(.setSlowMode(seconds: limit)) == .success([]))
    }

    @Test
    func `a held message is its author's and staff's until it is approved`() throws {
        var rehearsal = Self.after([.holdChat(true)])
        let held = try rehearsal.give(.say("hi"), by: Self.speaker.actor).get()
        let member = Self.speaker.id
        let draft = try #require(held.first)
        #expect(draft.event == .chatHeld(by: member))
        let audiences: [Audience] = [.server, .staff, .staff, .member(member), .member(member)]
        #expect(draft.parts.map(\.audience) == audiences)
        let number = rehearsal.room.sequence
        let words = HeldWords(by: Byline("x"), text: "hi")
        #expect(rehearsal.give(.approve(number, words: nil)) == .failure(.noSuchHeld(number)))
        let approved = try rehearsal.give(.approve(number, words: words)).get()
        #expect(approved.first?.event == .chatApproved(number, author: member))
        #expect(approved.first?.texts == .said(by: Byline("x"), text: "hi"))
        #expect(approved.first?.parts.map(\.audience) == [.server, .everyone, .everyone])
        let again = rehearsal.give(.approve(number, words: words))
        #expect(again == .failure(.noSuchHeld(number)))
        // Whoever wrote it removes it, and what was held goes with it.
        let told = rehearsal.room.sequence
        let removed = try rehearsal.give(.redact(told, .mistake), by: Self.speaker.actor).get()
        #expect(
            removed.map(\.event) == [
                .contentRedacted(told, parts: [2], .mistake),
                .contentRedacted(number, parts: [2, 4], .mistake),
            ]
        )
    }

    @Test
    func `a held message is declined, or taken back by its author`() {
        var rehearsal = Self.after([.holdChat(true)])
        rehearsal.give(.say("one"), by: Self.speaker.actor)
        let first = rehearsal.room.sequence
        rehearsal.give(.refuseHeld(first, reason: "重复"))
        #expect(rehearsal.room.conduct.held.isEmpty)
        rehearsal.give(.say("two"), by: Self.speaker.actor)
        let second = rehearsal.room.sequence
        rehearsal.give(.redact(second, .mistake), by: Self.speaker.actor)
        let late = rehearsal.give(.approve(second, words: HeldWords(by: Byline("x"), text: "two")))
        #expect(late == .failure(.noSuchHeld(second)))
    }

    static let words: [(text: String, isHit: Bool)] = [
        ("你好", false), ("这是坏词", true), ("坏 词", true), ("坏\u{200b}词", true),
        ("a BAD word", true), ("B a D", true), ("ba", false), ("坏", false),
    ]

    @Test(arguments: words, WordList.Consequence.allCases)
    func `a word of the list holds or refuses`(
        word: (text: String, isHit: Bool),
        consequence: WordList.Consequence
    ) {
        var limits = RoomLimits()
        limits.words = WordList(["坏词", "Bad", "", " "], consequence: consequence)
        var rehearsal = Self.after([], limits: limits)
        let question = rehearsal.answer(to: .ask(word.text, about: nil), by: Self.speaker.actor)
        #expect((question == .failure(.wordRefused)) == word.isHit)
        let decision = rehearsal.give(.say(word.text), by: Self.speaker.actor)
        switch (word.isHit, consequence) {
        case (false, _): #expect((try? decision.get())?.first?.event == .chatSaid())
        case (true, .hold):
            #expect((try? decision.get())?.first?.event == .chatHeld(by: Self.speaker.id))
        case (true, .refuse): #expect(decision == .failure(.wordRefused))
        }
    }

    @Test
    func `who is muted neither says nor asks, and votes`() {
        var rehearsal = Self.after([])
        rehearsal.give(.ask("why?", about: nil), by: Person.presenter.actor)
        let question = rehearsal.room.sequence
        rehearsal.give(.mute(Self.speaker.id))
        #expect(rehearsal.give(.mute(Self.speaker.id)) == .success([]))
        for command in [Command.say("hi"), .ask("hi", about: nil)] {
            #expect(rehearsal.answer(to: command, by: Self.speaker.actor) == .failure(.muted))
        }
        #expect(
            (try? rehearsal.answer(to: .vote(for: question), by: Self.speaker.actor).get()) != nil
        )
        rehearsal.give(.unmute(Self.speaker.id))
        #expect((try? rehearsal.give(.say("hi"), by: Self.speaker.actor).get())?.count == 1)
        let stranger = Person.stranger.id
        #expect(rehearsal.give(.mute(stranger)) == .failure(.noSuchMember(stranger)))
    }

    @Test
    func `one key stops everybody but moderators, and starts again`() {
        var rehearsal = Self.after([.stopOutput])
        #expect(rehearsal.give(.stopOutput) == .success([]))
        for person in [Person.audience, .presenter] {
            for command in [Command.say("hi"), .ask("hi", about: nil)] {
                let decision = rehearsal.answer(to: command, by: person.actor)
                #expect(decision == .failure(.outputStopped))
            }
        }
        #expect((try? rehearsal.give(.say("请稍候")).get())?.count == 1)
        rehearsal.give(.resumeOutput)
        #expect(rehearsal.give(.resumeOutput) == .success([]))
        #expect((try? rehearsal.give(.say("hi"), by: Self.speaker.actor).get())?.count == 1)
    }
}

// Proves the chat's channels: who writes and reads in each, when, who is told, and who is called.
import Ledger
import Rooms
import RoomsTestSupport
import Testing

struct ChannelTests {
    /// The people of a room, one of whom audits.
    enum Who: String, CaseIterable {
        case moderator, auditor, judge, presenter, otherPresenter, audience

        var id: MemberID {
            switch self {
            case .moderator: Person.moderator.id
            case .auditor: Person.otherAudience.id
            case .judge: Person.judge.id
            case .presenter: Person.presenter.id
            case .otherPresenter: Person.otherPresenter.id
            case .audience: Person.audience.id
            }
        }
    }

    static let table: [(channel: Channel, writers: Set<Who>, readers: Set<Who>)] = [
        (.everyone, Set(Who.allCases).subtracting([.auditor]), Set(Who.allCases)),
        (.staff, [.moderator], [.moderator, .auditor]),
        (.judges, [.moderator, .judge], [.moderator, .auditor, .judge]),
        (.slot(.first), [.moderator, .presenter], [.moderator, .auditor, .presenter]),
        (.slot(.second), [.moderator, .otherPresenter], [.moderator, .auditor, .otherPresenter]),
    ]

    static func room(at state: Lifecycle.Name = .live, limits: RoomLimits = RoomLimits())
        -> Rehearsal
    {
        var rehearsal = Rehearsal(limits: limits)
        rehearsal.give(.setRoles(Who.auditor.id, roles: [.auditor], slots: []))
        switch state {
        case .open: rehearsal.give([.openRoom])
        case .live: rehearsal.give([.openRoom, .startRoom])
        case .paused: rehearsal.give([.openRoom, .startRoom, .pauseRoom])
        case .followUp: rehearsal.give([.openRoom, .startRoom, .endRoom, .confirmEnd])
        case .closed:
            rehearsal.give([.openRoom, .startRoom, .endRoom, .confirmEnd, .closeRoom])
        case .archived:
            rehearsal.give([.openRoom, .startRoom, .endRoom, .confirmEnd] + Rehearsal.toSeal())
        case .cancelled: rehearsal.give([.cancelRoom(reason: nil)])
        case .unborn, .scheduled: break
        }
        return rehearsal
    }

    @Test(arguments: table, Who.allCases)
    func `who writes and who reads in each channel`(
        row: (channel: Channel, writers: Set<Who>, readers: Set<Who>),
        who: Who
    ) {
        var rehearsal = Self.room()
        #expect(rehearsal.room.reads(row.channel, who.id) == row.readers.contains(who))
        let decision = rehearsal.give(.say("hi", in: row.channel), by: .member(who.id))
        if row.writers.contains(who) {
            #expect((try? decision.get())?.count == 1)
        } else {
            let needs = who == .auditor ? Rights.speakers : row.channel.writers
            #expect(decision == .failure(.notPermitted(needs: needs)))
        }
        let outsider = Person.stranger
        #expect(!rehearsal.room.reads(row.channel, outsider.id))
        #expect(
            rehearsal.answer(to: .say("hi", in: row.channel), by: outsider.actor)
                == .failure(.notAdmitted)
        )
    }

    @Test(arguments: table)
    func `exactly its readers are told of a private message and of its removal`(
        row: (channel: Channel, writers: Set<Who>, readers: Set<Who>)
    ) throws {
        guard row.channel.isPrivate else { return }
        var rehearsal = Self.room()
        let said = try #require(try rehearsal.give(.say("hi", in: row.channel)).get().first)
        let number = rehearsal.room.sequence
        let removal = try #require(try rehearsal.give(.redact(number, .mistake)).get().first)
        for draft in [said, removal] {
            let audiences = Set(draft.parts.map(\.audience))
            #expect(audiences.isDisjoint(with: [.everyone, .members]))
            for who in Who.allCases {
                let isTold =
                    audiences.contains { rehearsal.room.readerClass(of: who.id).sees($0) }
                    || audiences.contains(.member(who.id))
                #expect(isTold == row.readers.contains(who), "\(row.channel.name) \(who)")
            }
        }
        #expect(removal.event == .contentRedacted(number, parts: said.textPlaces, .mistake))
        #expect(rehearsal.room.redactedParts[number] == said.textPlaces)
    }

    @Test(arguments: Channel.samples)
    func `outsiders do not learn that there is something to remove`(channel: Channel) {
        var rehearsal = Self.room()
        rehearsal.give(.say("hi", in: channel))
        let number = rehearsal.room.sequence
        let decision = rehearsal.answer(to: .redact(number, .spam), by: Person.audience.actor)
        #expect(decision == .failure(.noSuchText(number)))
    }

    static let states = Lifecycle.Name.allCases.filter { $0 != .unborn }

    @Test(arguments: states, Channel.samples)
    func `private channels are open from planning to follow-up`(
        state: Lifecycle.Name,
        channel: Channel
    ) {
        let rehearsal = Self.room(at: state)
        let isOpen = ![.closed, .archived, .cancelled].contains(state)
        #expect(((try? rehearsal.answer(to: .say("hi", in: channel)).get()) != nil) == isOpen)
        let isOngoing = [.open, .live, .paused].contains(state)
        #expect(((try? rehearsal.answer(to: .say("hi")).get()) != nil) == isOngoing)
    }

    @Test
    func `slow mode, approval and the stop of output are for everyone's channel`() {
        var rehearsal = Self.room()
        rehearsal.give([.setSlowMode(seconds: 60), .holdChat(true)])
        let judge = Person.judge.actor
        for _ in 0..<2 {
            let decision = rehearsal.give(.say("hi", in: .judges), by: judge)
            guard case .chatSaid? = (try? decision.get())?.first?.event else {
                Issue.record("it is told at once")
                return
            }
        }
        // Nor does what was said there keep anybody waiting elsewhere.
        let held = rehearsal.give(.say("hi"), by: judge)
        #expect((try? held.get())?.first?.event == .chatHeld(by: Person.judge.id))
        rehearsal.give([.stopOutput])
        #expect((try? rehearsal.give(.say("hi", in: .judges), by: judge).get())?.count == 1)
    }

    @Test
    func `mute and words that are not taken hold in every channel`() {
        var limits = RoomLimits()
        limits.words = WordList(["坏词"], consequence: .refuse)
        var rehearsal = Self.room(limits: limits)
        let bad = Command.say("坏词", in: .slot(.first))
        #expect(rehearsal.answer(to: bad, by: Person.presenter.actor) == .failure(.wordRefused))
        #expect((try? rehearsal.answer(to: bad).get())?.count == 1)
        rehearsal.give(.mute(Person.presenter.id))
        let said = rehearsal.answer(to: .say("hi", in: .slot(.first)), by: Person.presenter.actor)
        #expect(said == .failure(.muted))
        limits.words = WordList(["坏词"], consequence: .hold)
        let holding = Self.room(limits: limits)
        let told = holding.answer(to: .say("坏词", in: .judges), by: Person.judge.actor)
        guard case .chatSaid? = (try? told.get())?.first?.event else {
            Issue.record("words that wait for approval elsewhere are told here")
            return
        }
    }

    @Test
    func `a back room is of a slot that there is`() {
        let decision = Self.room().answer(to: .say("hi", in: .slot(.unknown)))
        #expect(decision == .failure(.noSuchSlot(.unknown)))
    }

    @Test
    func `those are called who read the channel, each once`() throws {
        let rehearsal = Self.room()
        let (judge, audience) = (Person.judge.id, Person.audience.id)
        let said = Command.say("@judge", in: .judges, mentioning: [judge, judge])
        let draft = try #require(try rehearsal.answer(to: said).get().first)
        guard case .chatSaid(let address) = draft.event else {
            Issue.record("another event")
            return
        }
        #expect(address.mentions == [judge])
        #expect(address.told == [judge, Person.otherJudge.id].sorted { "\($0)" < "\($1)" })
        let outside = Command.say("@audience", in: .judges, mentioning: [judge, audience])
        #expect(rehearsal.answer(to: outside) == .failure(.mentionsOutsider(audience)))
        let open = Command.say("@audience", mentioning: [audience])
        #expect((try? rehearsal.answer(to: open).get())?.count == 1)
        let nobody = Person.stranger.id
        #expect(
            rehearsal.answer(to: .say("?", mentioning: [nobody]))
                == .failure(.mentionsOutsider(nobody))
        )
    }

    @Test
    func `a held message calls whom it called, once it is approved`() throws {
        var rehearsal = Self.room()
        rehearsal.give([.holdChat(true)])
        let (judge, presenter) = (Person.judge.id, Person.presenter.id)
        rehearsal.give(.say("@", mentioning: [judge, presenter]), by: Person.audience.actor)
        let held = rehearsal.room.sequence
        rehearsal.give(.remove(presenter, reason: nil))
        let words = HeldWords(by: Byline("x"), text: "@")
        let approved = try rehearsal.give(.approve(held, words: words)).get()
        let event = Event.chatApproved(held, author: Person.audience.id, mentioning: [judge])
        #expect(approved.map(\.event) == [event])
    }

    @Test
    func `mentions and readers have limits`() {
        var limits = RoomLimits()
        (limits.mentions, limits.channelTold) = (1, 1)
        let rehearsal = Self.room(limits: limits)
        let two = [Person.audience.id, Person.presenter.id]
        #expect(
            rehearsal.answer(to: .say("hi", mentioning: two))
                == .failure(.tooManyMentions(limit: 1))
        )
        // The room has two judges.
        #expect(rehearsal.answer(to: .say("hi", in: .judges)) == .failure(.roomFull(limit: 1)))
        #expect((try? rehearsal.answer(to: .say("hi", in: .staff)).get())?.count == 1)
    }

    static let names = ["everyone", "staff", "judges", "slot:1", "slot:A-7"]

    @Test(arguments: names)
    func `a channel has one name`(name: String) {
        #expect(Channel(name: name)?.name == name)
    }

    @Test(arguments: ["", "Staff", "slot", "slot:", "slot:a b", "judge", "slot:1:2", "staff "])
    func `other names are none`(name: String) {
        #expect(Channel(name: name) == nil)
    }
}

extension Channel {
    /// The private ones of the sample room.
    static let samples: [Channel] = [.staff, .judges, .slot(.first)]
}

extension Draft {
    /// The places of the parts with texts.
    var textPlaces: [Int] {
        parts.indices.filter { parts[$0].projection == .texts }
    }
}

// Proves that events are kept with their rooms in order, within their limits, and outlive their owner.
import Ledger
import Testing

@testable import Storage

struct PublicEventTests {
    private static let now = Timestamp(milliseconds: 1_000)
    private static let profile = PublicEvent.Profile(title: "Day", language: "en")

    private static func room(_ number: UInt8) throws -> RoomID {
        try #require(RoomID(bytes: Array(repeating: number, count: 16)))
    }

    private static func halls(_ numbers: UInt8...) throws -> [PublicEvent.Hall] {
        try numbers.map { PublicEvent.Hall(room: try room($0), name: "H\($0)") }
    }

    private let folder: TemporaryFolder
    private let store: Store
    private let owner: Person

    init() async throws {
        folder = try TemporaryFolder()
        store = try Store(.init(folder: folder.path))
        owner = try await store.people.add(Card(name: "Olga"), isOrganiser: true)
    }

    private func make(as chosen: PublicEvent.ID? = nil) async throws -> PublicEvent {
        try await store.people.makePublicEvent(
            Self.profile,
            as: chosen,
            by: owner.id,
            at: Self.now
        ).get()
    }

    @Test func `rooms keep their order, and a room is in one event`() async throws {
        let (first, second) = (try await make(), try await make())
        let people = store.people
        let halls = try Self.halls(3, 1, 2)
        let changed = try await people.change(first.id, to: Self.profile, halls: halls).get()
        #expect(changed.halls == halls)
        #expect(try await people.publicEvent(holding: try Self.room(1))?.id == first.id)
        let taken = try await people.change(second.id, to: Self.profile, halls: Self.halls(4, 1))
        #expect(taken == .failure(.roomTaken(try Self.room(1))))
        // A change that is refused changes nothing.
        #expect(try await people.publicEvent(second.id)?.halls == [])
        let extra = try Self.halls(5)[0]
        #expect(try await people.add(extra, to: first.id) == nil)
        #expect(try await people.add(extra, to: first.id) == nil)
        #expect(try await people.add(extra, to: second.id) == .roomTaken(extra.room))
        #expect(try await people.publicEvent(first.id)?.halls == halls + [extra])
    }

    @Test func `a request that comes again makes no second event`() async throws {
        let chosen = try #require(owner.event(madeBy: "once"))
        let (first, again) = (try await make(as: chosen), try await make(as: chosen))
        #expect(first == again && first.id == chosen)
        #expect(owner.event(madeBy: "twice") != chosen)
    }

    @Test func `a person has so many events, an event so many rooms`() async throws {
        for _ in 0..<People.publicEventLimit { _ = try await make() }
        let refused = try await store.people.makePublicEvent(
            Self.profile,
            as: nil,
            by: owner.id,
            at: Self.now
        )
        #expect(refused == .failure(.tooMany(limit: People.publicEventLimit)))
        let event = try #require(try await store.people.publicEvents(of: owner.id).first)
        let numbers = 0...UInt8(People.publicEventRoomLimit)
        let halls = try numbers.map { PublicEvent.Hall(room: try Self.room($0), name: nil) }
        let limit = PublicEventRefusal.tooManyRooms(limit: People.publicEventRoomLimit)
        let people = store.people
        #expect(
            try await people.change(event.id, to: Self.profile, halls: halls) == .failure(limit)
        )
        let most = Array(halls.dropLast())
        #expect(
            try await people.change(event.id, to: Self.profile, halls: most).get().halls == most
        )
        #expect(try await people.add(halls[halls.count - 1], to: event.id) == limit)
    }

    @Test func `an event outlives who made it, and its rooms outlive it`() async throws {
        let event = try await make()
        let people = store.people
        _ = try await people.change(event.id, to: Self.profile, halls: Self.halls(1)).get()
        try await people.setCode("12345678", of: event.id)
        _ = try await people.erase(owner.id)
        let left = try #require(try await people.publicEvent(event.id))
        #expect(left.owner == nil && left.halls.count == 1)
        #expect(try await people.code(of: event.id) == "12345678")
        try await people.removePublicEvent(event.id)
        #expect(try await people.publicEvent(event.id) == nil)
        #expect(try await people.publicEvent(holding: try Self.room(1)) == nil)
        #expect(try await people.add(try Self.halls(1)[0], to: event.id) == .noSuchEvent)
        let changed = try await people.change(event.id, to: Self.profile, halls: [])
        #expect(changed == .failure(.noSuchEvent))
    }

    @Test func `a moderator's rooms without an event can be put into one`() async throws {
        let people = store.people
        for number in UInt8(1)...3 {
            let role = number == 3 ? "audience" : "moderator"
            try await people.give(Grant(role: role), to: owner.id, in: try Self.room(number))
        }
        let event = try await make()
        #expect(Set(try await people.roomsWithoutPublicEvent(moderatedBy: owner.id)).count == 2)
        _ = try await people.add(try Self.halls(1)[0], to: event.id)
        let left = try await people.roomsWithoutPublicEvent(moderatedBy: owner.id)
        #expect(left == [try Self.room(2)])
    }
}

internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Transport

/// A socket that is open: who is behind it, and what it follows.
struct Viewer {
    /// Rooms that one socket may follow at once.
    static let roomLimit = 16
    /// Malformed messages after which a socket is closed.
    static let faultLimit = 20

    /// `nil` for a visitor.
    let person: Person?
    /// How well the place knows that person.
    let standing: Standing
    /// The session it came with.
    let session: Digest?
    var following: [RoomID: Following] = [:]
    var bucket: TokenBucket
    var faults = 0
    /// Commands beyond the rate, less those that were taken since.
    var excess = 0

    /// How it follows one room.
    struct Following {
        let member: MemberID?
        let reader: ReaderClass
        /// Its place in the class's list.
        var place: Int
    }

    private var card = FreshCard()

    init(person: Person?, standing: Standing, session: Digest?, bucket: TokenBucket) {
        self.person = person
        self.standing = standing
        self.session = session
        self.bucket = bucket
    }

    /// What others see of the person at this moment.
    mutating func readCard(in world: World) throws(StorageError) -> NameCard {
        try card.read(of: person, in: world)
    }
}

/// The connections of one shard that follow one room.
struct Followers {
    private(set) var byClass: [ReaderClass: [ConnectionID]] = [:]
    private(set) var byMember: [MemberID: [ConnectionID]] = [:]

    var isEmpty: Bool { byClass.isEmpty }

    /// - Returns: its place in its class.
    mutating func add(_ connection: ConnectionID, _ reader: ReaderClass, _ member: MemberID?) -> Int
    {
        if let member { byMember[member, default: []].append(connection) }
        byClass[reader, default: []].append(connection)
        return (byClass[reader]?.count ?? 1) - 1
    }

    /// Takes a connection out; the last of its class takes its place.
    /// - Returns: the connection that moved to `following.place`, if any did.
    mutating func remove(
        _ connection: ConnectionID,
        _ following: Viewer.Following
    ) -> ConnectionID? {
        if let member = following.member {
            byMember[member]?.removeAll { $0 == connection }
            if byMember[member]?.isEmpty ?? false { byMember[member] = nil }
        }
        guard var list = byClass[following.reader], list.indices.contains(following.place) else {
            return nil
        }
        byClass[following.reader] = nil
        list.swapAt(following.place, list.count - 1)
        list.removeLast()
        let moved = list.indices.contains(following.place) ? list[following.place] : nil
        if !list.isEmpty { byClass[following.reader] = list }
        return moved
    }
}

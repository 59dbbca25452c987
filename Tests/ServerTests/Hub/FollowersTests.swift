// Proves that lists of followers stay true while people come, go and swap places.
import Ledger
import Rooms
import RoomsTestSupport
import TestSupport
import Testing

@testable import Server
@testable import Transport

struct FollowersTests {
    @Test func `the last takes the place of the one that leaves`() throws {
        var followers = Followers()
        let connections = (0..<3).map { ConnectionID(shard: 0, index: $0, generation: 0) }
        for (place, connection) in connections.enumerated() {
            #expect(followers.add(connection, .visitor, nil) == place)
        }
        let first = Viewer.Following(member: nil, reader: .visitor, place: 0)
        #expect(followers.remove(connections[0], first) == connections[2])
        #expect(followers.byClass[.visitor] == [connections[2], connections[1]])
        let last = Viewer.Following(member: nil, reader: .visitor, place: 1)
        #expect(followers.remove(connections[1], last) == nil)
        #expect(followers.remove(connections[2], first) == nil)
        #expect(followers.isEmpty)
        #expect(followers.remove(connections[2], first) == nil)
    }

    @Test(arguments: Seeds.first(30))
    func `random comers and goers are where they say`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var followers = Followers()
        var following: [ConnectionID: Viewer.Following] = [:]
        let classes = ReaderClass.all
        for index in 0..<UInt32(400) {
            if Int.random(in: 0..<5, using: &random) < 3 {
                let connection = ConnectionID(shard: 0, index: index, generation: 0)
                let reader = classes[Int.random(in: classes.indices, using: &random)]
                let member =
                    Bool.random(using: &random)
                    ? Person.allCases.randomElement(using: &random) : nil
                let place = followers.add(connection, reader, member?.id)
                following[connection] = .init(member: member?.id, reader: reader, place: place)
            } else if let connection = following.keys.sorted(by: { $0.index < $1.index })
                .randomElement(using: &random), let gone = following.removeValue(forKey: connection)
            {
                if let moved = followers.remove(connection, gone) {
                    following[moved]?.place = gone.place
                }
            }
            for (connection, its) in following {
                #expect(followers.byClass[its.reader]?[its.place] == connection, "SEED=\(seed)")
                if let member = its.member {
                    #expect(followers.byMember[member]?.contains(connection) == true)
                }
            }
            let listed = followers.byClass.values.reduce(0) { $0 + $1.count }
            #expect(listed == following.count, "SEED=\(seed)")
            let members = followers.byMember.values.reduce(0) { $0 + $1.count }
            #expect(members == following.values.count { $0.member != nil }, "SEED=\(seed)")
            #expect(!followers.byClass.values.contains { $0.isEmpty })
            #expect(!followers.byMember.values.contains { $0.isEmpty })
        }
    }
}

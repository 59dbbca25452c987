import Ledger
import LuyanClient
import Wire

/// What a load needs before it begins: a room that is open, and guests.
struct BenchStage {
    let url: String
    let client: Client

    /// The room, and its moderator's connection where it was made for this.
    struct Place {
        let room: RoomID
        let host: RoomConnection?
    }

    /// Requests that are under way at once.
    private static let requestsAtOnce = 16

    /// Makes a room and opens it.
    func makeRoom(token: String?, link: String?) async throws -> Place {
        var token = token
        if let link {
            let anybody = try Site(url, client: client)
            token = try await anybody.signIn(byLink: link, name: "bench").token
        }
        let site = try Site(url, token: token, client: client)
        let host = try await client.connect(to: url, token: token)
        let now = try await host.serverTime()
        let room = try await site.makeRoom(title: "bench", startsAt: now, slots: ["load"])
        _ = try await host.join(room)
        try await host.send("room.open", in: room)
        return Place(room: room, host: host)
    }

    /// Opens guests' sessions.
    /// Returns their tokens.
    func guests(_ count: Int) async throws -> [String] {
        let site = try Site(url, client: client)
        return try await withThrowingTaskGroup(of: String.self, returning: [String].self) { group in
            var tokens: [String] = []
            for number in 0..<count {
                if number >= Self.requestsAtOnce, let token = try await group.next() {
                    tokens.append(token)
                }
                group.addTask {
                    try await site.signInAsGuest(name: "bench \(number + 1)").token
                }
            }
            for try await token in group { tokens.append(token) }
            return tokens
        }
    }
}

// Proves that every address takes its own methods and no others, and that nothing else is an address.
import HTTP
import HTTPTypes
import Ledger
import Testing

@testable import Server

struct RouteTests {
    static let hex = "00112233445566778899aabbccddeeff"
    static let methods: [HTTPRequest.Method] = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect,
    ]

    /// Each address with what its methods lead to; every other method is refused with these named.
    static func table(_ room: RoomID) -> [(path: String, routes: [HTTPRequest.Method: Route])] {
        let base = "/api/v1/rooms/\(hex)"
        return [
            ("/healthz", read(.health)),
            ("/readyz", read(.readiness)),
            ("/api/v1/site", read(.site)),
            ("/api/v1/session", read(.session).merging([.delete: .endSession]) { $1 }),
            ("/api/v1/session/guest", [.post: .makeGuest]),
            ("/api/v1/session/invite", [.post: .redeemInvite]),
            ("/api/v1/rooms", read(.rooms).merging([.post: .createRoom]) { $1 }),
            (base, read(.room(room))),
            ("/api/v1/ws-ticket", [.post: .ticket]),
            (base + "/invites", read(.invites(room)).merging([.post: .invite(room)]) { $1 }),
            (base + "/invites/abc", [.delete: .revokeInvite(room, "abc")]),
            (base + "/code", read(.code(room)).merging([.post: .renewCode(room)]) { $1 }),
            (base + "/enter", [.post: .enter(room)]),
            (base + "/people", read(.people(room))),
            (base + "/files", [.post: .upload(room)]),
            (base + "/files/abc", read(.file(room, "abc"))),
            (base + "/files/abc/text", read(.fileText(room, "abc"))),
            (base + "/events", read(.events(room))),
            (base + "/events/17/proof", read(.proof(room, 17))),
            (base + "/checkpoint", read(.checkpoint(room))),
            (base + "/transcript", read(.transcript(room))),
            (base + "/log", read(.log(room))),
        ]
    }

    private static func read(_ route: Route) -> [HTTPRequest.Method: Route] {
        [.get: route, .head: route]
    }

    @Test func `every address answers to its methods and refuses every other`() throws {
        for (path, routes) in Self.table(try #require(RoomID(Self.hex))) {
            for method in Self.methods {
                let route = Route(try head(method, path))
                if let known = routes[method] {
                    #expect(route == known, "\(method) \(path)")
                } else if case .wrongMethod(let allowed) = route {
                    #expect(Set(allowed) == Set(routes.keys), "\(method) \(path)")
                } else {
                    Issue.record("\(method) \(path) is \(String(describing: route))")
                }
            }
        }
    }

    static let nowhere = [
        "/", "/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/site", "/api/v1/sites",
        "/api/v1/site/", "/api/v1/session/", "/api/v1/session/guests", "/api/v1/rooms/",
        "/api/v1/rooms/xyz", "/api/v1/rooms/\(hex)0", "/api/v1/rooms/\(hex.uppercased())",
        "/api/v1/rooms/\(hex)/", "/api/v1/rooms/\(hex)/secrets", "/api/v1/rooms/\(hex)/files/a/b",
        "/api/v1/rooms/\(hex)/events/17", "/api/v1/rooms/\(hex)/events/x/proof",
        "/api/v1/rooms/\(hex)/events/-1/proof", "/api/v1/rooms/\(hex)/events/17/proofs",
        "/api/v1/rooms/\(hex)/events/18446744073709551616/proof",
        "/healthz/", "/HEALTHZ", "/r/\(hex)", "/v1/site", "/%61pi/v1/site/x",
    ]

    @Test(arguments: nowhere)
    func `nothing is anywhere else`(path: String) throws {
        for method in Self.methods { #expect(Route(try head(method, path)) == nil, "\(method)") }
    }

    @Test func `a query does not change the address`() throws {
        #expect(Route(try head(.get, "/api/v1/rooms?x=1")) == .rooms)
    }

    static let limits: [(HTTPRequest.Method, String, Int)] = [
        (.post, "/api/v1/rooms", 256 << 10),
        (.get, "/api/v1/rooms/\(hex)/files", 0),
        (.delete, "/api/v1/session", 0),
        (.put, "/api/v1/rooms/\(hex)/files", 0),
        (.put, "/api/v1/rooms/\(hex)/slots/1/notes/1", 64 << 10),
    ]

    @Test(arguments: limits)
    func `a body is as long as its address lets it`(
        method: HTTPRequest.Method,
        path: String,
        limit: Int
    ) throws {
        #expect(Route.bodyLimit(of: try head(method, path)) == limit)
    }

    @Test func `only what makes a session counts against an address's guests`() throws {
        for (_, routes) in Self.table(try #require(RoomID(Self.hex))) {
            for route in routes.values {
                #expect(route.isGuestEntry == [.makeGuest, .redeemInvite].contains(route))
            }
        }
    }

    private func head(_ method: HTTPRequest.Method, _ path: String) throws -> RequestHead {
        let request = HTTPRequest(method: method, scheme: "http", authority: "host", path: path)
        return RequestHead(request: request, target: try RequestTarget(path))
    }
}

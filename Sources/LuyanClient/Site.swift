internal import HTTP
internal import HTTPTypes
public import Ledger
internal import Transport
public import Wire

/// A server's HTTP side, as one person (or nobody) sees it.
public struct Site: Sendable {
    /// A session that was opened, and whose it is.
    public struct Session: Equatable, Sendable {
        /// For `Client.connect` and `Site.init`.
        public let token: String
        /// Name, organisation, kind and whether an organiser, as they were sent.
        public let person: JSON
        /// The room that a sign-in link leads to.
        public let room: RoomID?
        /// What the link made of the person there.
        public let role: String?

        init?(_ json: JSON) {
            guard let token = json["token"]?.text else { return nil }
            self.token = token
            person = json["person"] ?? .null
            room = json["room"]?.text.flatMap { RoomID($0) }
            role = json["role"]?.text
        }
    }

    public let address: ServerAddress
    /// Of a session; `nil` for nobody.
    public var token: String?
    private let client: Client

    public init(_ url: String, token: String? = nil, client: Client) throws(ClientError) {
        address = try ServerAddress(url)
        self.token = token
        self.client = client
    }

    /// Opens a guest's session with a name card.
    ///
    /// `kind`: such as `investor`; the server knows which there are.
    public func signInAsGuest(
        name: String,
        organisation: String? = nil,
        kind: String? = nil
    ) async throws(ClientError) -> Session {
        var card = [JSON.Member("name", .string(name))]
        if let organisation { card.append(JSON.Member("organisation", .string(organisation))) }
        if let kind { card.append(JSON.Member("kind", .string(kind))) }
        return try await session("/api/v1/session/guest", .object(card))
    }

    /// Opens a session by a sign-in link, or by its token alone; each works once.
    ///
    /// `name`: for a link that carries none.
    public func signIn(
        byLink link: String,
        name: String? = nil
    ) async throws(ClientError) -> Session {
        let token = link.split(separator: "#").last.map(String.init) ?? link
        var values = [JSON.Member("token", .string(token))]
        if let name { values.append(JSON.Member("name", .string(name))) }
        return try await session("/api/v1/session/invite", .object(values))
    }

    /// Makes a room; its maker must be an organiser, and is its moderator.
    ///
    /// `slots`: titles of the slots.
    public func makeRoom(
        title: String,
        startsAt: Timestamp,
        slots: [String]
    ) async throws(ClientError) -> RoomID {
        let values = JSON.object([
            JSON.Member("title", .string(title)),
            JSON.Member("startsAt", .integer(Int64(clamping: startsAt.milliseconds))),
            JSON.Member(
                "slots",
                .array(slots.map { .object([JSON.Member("title", .string($0))]) })
            ),
        ])
        let json = try await post("/api/v1/rooms", values)
        guard let room = json["room"]?.text.flatMap({ RoomID($0) }) else {
            throw .malformedAnswer("/api/v1/rooms")
        }
        return room
    }

    /// A JSON answer.
    /// `path`: with its query, as it is sent.
    public func get(_ path: String) async throws(ClientError) -> JSON {
        try Self.json(await download(path), path)
    }

    /// Sends JSON and gets JSON.
    public func post(_ path: String, _ values: JSON) async throws(ClientError) -> JSON {
        let fields: HTTPFields = [.contentType: "application/json"]
        return try Self.json(await call(.post, path, fields, values.bytes), path)
    }

    /// A file's bytes: a log, a transcript, a page image.
    public func download(_ path: String) async throws(ClientError) -> [UInt8] {
        try await call(.get, path, [:], [])
    }

    /// A part of a file; less where the file ends before.
    public func download(
        _ path: String,
        bytes range: Range<Int>
    ) async throws(ClientError) -> [UInt8] {
        let fields: HTTPFields = [.range: "bytes=\(range.lowerBound)-\(range.upperBound - 1)"]
        return try await call(.get, path, fields, [])
    }

    private func session(_ path: String, _ values: JSON) async throws(ClientError) -> Session {
        guard let session = Session(try await post(path, values)) else {
            throw .malformedAnswer(path)
        }
        return session
    }

    private func call(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ fields: HTTPFields,
        _ body: [UInt8]
    ) async throws(ClientError) -> [UInt8] {
        var fields = fields
        if let token { fields[.authorization] = "Bearer \(token)" }
        let target = OutboundTarget(
            host: address.host,
            port: address.port,
            path: path,
            fields: fields,
            tls: address.isTLS ? client.tls : nil
        )
        let response = try await client.request(method, target, body)
        guard (200..<300).contains(response.status.code) else {
            let problem = (try? JSONParser.parse(response.body)) ?? .object([])
            throw .refused(Refusal(status: response.status.code, problem: problem))
        }
        return response.body
    }

    private static func json(_ bytes: [UInt8], _ path: String) throws(ClientError) -> JSON {
        do throws(JSONError) {
            return try JSONParser.parse(bytes, limits: JSONLimits(depth: 64, members: 4_096))
        } catch {
            throw .malformedAnswer("\(path): \(error)")
        }
    }
}

extension Client {
    /// One request on a connection of its own.
    func request(
        _ method: HTTPRequest.Method,
        _ target: OutboundTarget,
        _ body: [UInt8]
    ) async throws(ClientError) -> Response {
        let result: Result<Response, ClientError> = await withCheckedContinuation { continuation in
            onShard(0) { _, shard in
                do throws(TransportError) {
                    try shard.request(method, of: target, body: body) { reply, _ in
                        continuation.resume(returning: reply.mapError(ClientError.init))
                    }
                } catch {
                    continuation.resume(returning: .failure(.transport(error)))
                }
            }
        }
        return try result.get()
    }
}

extension ClientError {
    fileprivate init(_ failure: RequestFailure) {
        switch failure {
        case .ended(let reason): self = .ended(reason)
        case .malformed(let error): self = .malformedAnswer("\(error)")
        }
    }
}

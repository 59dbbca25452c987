internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import Media
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Transport
internal import Wire

extension Hub {
    static let sessionCookie = "luyan_session"

    func plan(
        _ head: RequestHead,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) -> RequestPlan {
        if head.path == ["ws"] || head.path == ["ws", "media"], head.method != .options {
            return planSocket(head, from: connection, on: shard)
        }
        if !head.isSafe, let error = head.originError(asksForProof: true) {
            return .refuse(response(error, to: head))
        }
        switch Route(head) {
        case .some(let route) where route.isUpload:
            planUpload(route, head, from: connection, on: shard)
            return .later
        case .wrongMethod(let known) where head.method != .options:
            let refusal = StaticFiles.methodNotAllowed(allowed: known + [.options])
            return .refuse(Self.secured(refusal, for: head, isTLS: world.settings.isReachedByTLS))
        default: break
        }
        return .read(bodyLimit: Route.bodyLimit(of: head))
    }

    /// A socket: from this site's own pages, or from a client that is no browser and sends no Origin.
    private func planSocket(
        _ head: RequestHead,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) -> RequestPlan {
        if let error = head.originError(asksForProof: false) {
            return .refuse(response(error, to: head))
        }
        // Without proxies, who connects was counted when they did.
        if world.settings.proxies != .none, let client = client(of: head, connection, on: shard),
            client != shard.address(of: connection), !shard.count(connection, for: client)
        {
            let sentence = "this address has too many connections"
            return .refuse(response(WireError(.tooManyConnections, sentence), to: head))
        }
        do {
            let bucket = TokenBucket(
                burst: world.settings.commandBurst,
                perSecond: Double(world.settings.commandRate),
                at: shard.now
            )
            let offers = head.fields[values: .secWebSocketProtocol]
                .flatMap { $0.split(separator: ",") }
                .map { String($0.filter { !$0.isWhitespace }) }
            let caller: Caller
            if let offer = offers.first(where: { $0.hasPrefix(Ticket.offer) }) {
                // A ticket alone says who comes; a cookie beside it counts for nothing.
                let text = String(offer.dropFirst(Ticket.offer.count))
                guard let found = try world.caller(byTicket: text, from: head) else {
                    let sentence = "the ticket was used, has expired or is another origin's"
                    return .refuse(response(WireError(.ticketInvalid, sentence), to: head))
                }
                caller = found
            } else {
                caller = try Caller(head, in: world)
            }
            let isMedia = head.path.count == 2
            let subprotocol = isMedia ? Self.mediaSubprotocol : Self.subprotocol
            guard offers.contains(subprotocol) else {
                let sentence = "offer the subprotocol \(subprotocol)"
                return .refuse(response(WireError(.requestMalformed, sentence), to: head))
            }
            let session = caller.person == nil ? nil : caller.token.flatMap(Token.init)?.digest
            if isMedia {
                enteringMedia[connection] = MediaSocket(
                    person: caller.person,
                    session: session,
                    bucket: bucket,
                    allowance: .byteRate(world.settings.media.publisherKilobits * 125)
                )
                // Encoded media do not get smaller.
                return .upgrade(subprotocol: subprotocol, fields: [:], isPacked: false)
            }
            entering[connection] = Viewer(
                person: caller.person,
                standing: caller.standing,
                session: session,
                bucket: bucket
            )
            return .upgrade(subprotocol: Self.subprotocol, fields: [:])
        } catch {
            return .refuse(response(.unavailable("people"), to: head))
        }
    }

    func receive(_ request: Request, from connection: ConnectionID, on shard: isolated Shard) {
        let head = request.head
        if let response = pages(head) {
            respond(response, to: connection, head, on: shard)
            return
        }
        guard let route = Route(head) else {
            let error = WireError(.notFound, "there is nothing at this address")
            respond(self.response(error, to: head), to: connection, head, on: shard)
            return
        }
        let client = client(of: head, connection, on: shard)
        if let wait = route.isGuestEntry ? world.guests.take(client) : nil {
            let error = WireError.rateLimited(retryMilliseconds: wait)
            respond(self.response(error, to: head), to: connection, head, on: shard)
            return
        }
        if let wait = route.isCodeEntry ? world.codeTries.take(client) : nil {
            let error = WireError.rateLimited(retryMilliseconds: wait)
            respond(self.response(error, to: head), to: connection, head, on: shard)
            return
        }
        answer(.request(route, request), head, from: client, to: connection, on: shard)
    }

    private func client(
        of head: RequestHead,
        _ connection: ConnectionID,
        on shard: isolated Shard
    ) -> String? {
        world.settings.proxies.client(of: head, peer: shard.address(of: connection))
    }

    // MARK: Uploads

    /// Checks the rights of an upload before a byte of it is read.
    private func planUpload(
        _ route: Route,
        _ head: RequestHead,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        let (world, home): (World, Shard) = (world, shard)
        Task {
            let plan = await Hub.uploadPlan(route, head, in: world)
            home.post { shard in _ = shard.proceed(connection, with: plan) }
        }
    }

    @concurrent
    private static func uploadPlan(
        _ route: Route,
        _ head: RequestHead,
        in world: World
    ) async -> RequestPlan {
        let isTLS = world.settings.isReachedByTLS
        let limits: UploadSettings.Limits
        let refusal: @Sendable (WireError) -> Response = { response($0, to: head, isTLS: isTLS) }
        do throws(WireError) {
            let caller = try Caller.reading(head, in: world)
            try caller.require(route.access)
            let api = API(world: world, caller: caller, client: nil, agent: "")
            if case .uploadRecording(let room, let slot) = route {
                try await api.checkRecordingUpload(to: room, of: slot)
                let upload = world.store.blobs.beginUpload()
                let sink = MarkedSink(.recording, upload, log: world.log, refusal: refusal)
                // The file and what is made of it lie beside each other for a while.
                let left = try await api.stored { try world.recordingSpace(in: room).left / 2 }
                let limit = min(world.settings.media.uploadMegabytes << 20, max(left, 1))
                return .stream(to: sink, bodyLimit: limit)
            }
            if case .uploadSlides(let room, let slot) = route {
                try await api.checkSlides(to: room, of: slot)
                let upload = world.store.blobs.beginUpload()
                let kind = MarkedSink.Kind.document(
                    orPresentation: PresentationConverter.isPossible
                )
                let sink = MarkedSink(kind, upload, log: world.log, refusal: refusal)
                return .stream(to: sink, bodyLimit: world.settings.uploads.documentBytes)
            }
            limits = try await api.checkUpload(route)
        } catch {
            return .refuse(refusal(error))
        }
        let sink = ImageSink(
            world.store.blobs.beginUpload(),
            sideLimit: limits.pixels,
            log: world.log,
            refusal: refusal
        )
        return .stream(to: sink, bodyLimit: limits.bytes)
    }

    func receive(
        _ head: RequestHead,
        takenBy sink: any BodySink,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        guard let route = Route(head) else { return }
        let client = client(of: head, connection, on: shard)
        answer(.upload(route, sink), head, from: client, to: connection, on: shard)
    }

    /// What came whole.
    private enum Arrival: Sendable {
        case request(Route, Request)
        case upload(Route, any BodySink)

        func answer(by api: API) async throws(WireError) -> Response {
            switch self {
            case .request(let route, let request): try await api.answer(route, request)
            case .upload(let route, let sink): try await api.take(route, sink)
            }
        }
    }

    /// Makes an answer away from the shard.
    private func answer(
        _ arrival: Arrival,
        _ head: RequestHead,
        from client: String?,
        to connection: ConnectionID,
        on shard: isolated Shard
    ) {
        let (world, home): (World, Shard) = (world, shard)
        Task {
            let response: Response
            do throws(WireError) {
                let caller = try Caller.reading(head, in: world)
                response = try await arrival.answer(
                    by: API(
                        world: world,
                        caller: caller,
                        client: client,
                        agent: head.fields[.userAgent] ?? ""
                    )
                )
            } catch {
                response = error.problem.response
            }
            home.post { shard in
                (shard.application as? Hub)?.respond(response, to: connection, head, on: shard)
            }
        }
    }

    // MARK: Answers

    /// The pages' own files, and the one document behind every page's address.
    private func pages(_ head: RequestHead) -> Response? {
        if head.target.raw == "*" {
            return StaticFiles.options(
                allowed: [.get, .head, .post, .put, .patch, .delete, .options]
            )
        }
        if head.path.first == "api"
            || [["healthz"], ["readyz"], ["ws"], ["ws", "media"]].contains(head.path)
        {
            return nil
        }
        let now = HTTPDate(world.clock.now())
        if let file = pages.response(to: head, now: now) { return file }
        if let page = PageAddress(head.path) {
            return preview(of: page, for: head)
                ?? pages.response(to: head, path: "index.html", now: now)
        }
        guard head.method == .get || head.method == .head else { return nil }
        // The page says that there is nothing, whatever was asked of it.
        return pages.whole("index.html", status: .notFound, for: head)
    }

    private func respond(
        _ response: Response,
        to connection: ConnectionID,
        _ head: RequestHead,
        on shard: isolated Shard
    ) {
        let secured = Self.secured(response, for: head, isTLS: world.settings.isReachedByTLS)
        shard.respond(to: connection, with: secured)
    }

    private func response(_ error: WireError, to head: RequestHead) -> Response {
        Self.response(error, to: head, isTLS: world.settings.isReachedByTLS)
    }

    private static func response(
        _ error: WireError,
        to head: RequestHead,
        isTLS: Bool
    ) -> Response {
        secured(error.problem.response, for: head, isTLS: isTLS)
    }

    private static func secured(
        _ response: Response,
        for head: RequestHead,
        isTLS: Bool
    ) -> Response {
        var response = response
        SecurityFields(isTLS: isTLS).add(to: &response, authority: head.authority)
        return response
    }
}

extension RequestHead {
    /// Whether it changes nothing (RFC 9110 §9.2.1).
    var isSafe: Bool {
        method == .get || method == .head || method == .options
    }
}

extension HTTPDate {
    /// The second that a time is in.
    init(_ time: Timestamp) {
        self.init(secondsSinceEpoch: Int64(clamping: time.milliseconds / 1_000))
    }
}

extension WireError {
    /// The same as an HTTP answer (RFC 9457).
    var problem: ProblemDetails {
        let retry = values.first { $0.name == "retryMs" }?.value.integer
        return ProblemDetails(
            status: HTTPResponse.Status(code: code.status),
            code: code.rawValue,
            action: ProblemAction(rawValue: code.action.rawValue) ?? .mend,
            detail: message,
            retryMilliseconds: retry.map { Int(clamping: $0) },
            data: values.isEmpty ? nil : String(decoding: JSON.object(values).bytes, as: UTF8.self)
        )
    }
}

internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import OpenSSL
internal import Storage
internal import Synchronization
internal import Wire

/// A right to open one socket, for clients whose sockets carry neither cookie nor field of their own.
struct Ticket: Sendable {
    /// What stands before it among the offered subprotocols: there, and not in the address, because
    /// addresses land in logs.
    static let offer = "luyan.ticket."
    /// Milliseconds.
    static let life: Int64 = 30_000

    /// The session that asked for it.
    let session: String
    /// The origin whose page asked; `nil` for a client that is no browser.
    let origin: String?
    let expires: Timestamp
}

/// Tickets given out and not used, in memory alone: none outlives the process.
final class Tickets: Sendable {
    /// Tickets that wait at once; beyond it the request is asked to come again.
    static let limit = 100_000

    private let waiting = Mutex<[Digest: Ticket]>([:])

    /// - Returns: `false` where too many wait.
    func add(_ ticket: Ticket, as token: Digest, at now: Timestamp) -> Bool {
        waiting.withLock { waiting in
            if waiting.count >= Self.limit { waiting = waiting.filter { $0.value.expires > now } }
            guard waiting.count < Self.limit else { return false }
            waiting[token] = ticket
            return true
        }
    }

    /// Uses a ticket up, good or not; `nil` where it is none, too late, or another origin's.
    func take(_ token: Digest, origin: String?, at now: Timestamp) -> Ticket? {
        let ticket = waiting.withLock { $0.removeValue(forKey: token) }
        guard let ticket, ticket.expires > now, ticket.origin == origin else { return nil }
        return ticket
    }
}

extension World {
    /// Whoever asked for that ticket; `nil` where it is not good.
    func caller(byTicket text: String, from head: RequestHead) throws(StorageError) -> Caller? {
        guard let token = Token(text),
            let ticket = tickets.take(
                token.digest,
                origin: head.fields[.origin],
                at: clock.now()
            )
        else { return nil }
        let caller = try Caller(session: ticket.session, in: self)
        // Signed out since: the ticket went with the session.
        return caller.person == nil ? nil : caller
    }
}

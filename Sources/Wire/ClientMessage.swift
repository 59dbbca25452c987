public import Ledger
public import Rooms

/// What a client asks for on its socket.
public enum ClientRequest: Equatable, Sendable {
    case syncTime
    case join(JoinRequest)
    case leave
    case act(Command)
    /// Page images by their digests; the server knows their types and sizes.
    case placeSlides(SlotID, files: [String])
    /// Told in passing, kept nowhere.
    case react(Reaction)
    case point(Pointer)
    /// Back to a slide that was shown before, by oneself; counted, kept nowhere.
    case lookBack(SlotID, page: Int)
    /// Of the media socket.
    case media(MediaRequest)
}

/// `room.join`: from the beginning, or from what the client has already.
public struct JoinRequest: Equatable, Sendable {
    /// The last event of its class that the client has.
    public var since: UInt64?
    /// The last event with a personal part that the client has.
    public var own: UInt64?
    /// The newest checkpoint it keeps, as it was signed.
    public var checkpoint: String?

    public init(since: UInt64? = nil, own: UInt64? = nil, checkpoint: String? = nil) {
        self.since = since
        self.own = own
        self.checkpoint = checkpoint
    }
}

/// One message of a client: `{"id", "type", "room"?, "data"?}`.
public struct ClientMessage: Equatable, Sendable {
    /// 1 to 64 visible ASCII characters, unique for its sender in its room.
    public let id: String
    public let type: String
    public let room: RoomID?
    public let request: ClientRequest
    /// The bytes that the digest of the command is made of: its type, a line feed, its data as received.
    public let signedBytes: [UInt8]
}

/// A message that cannot be taken: the error, and the id to answer it by where one could be read.
public struct BadMessage: Error, Equatable, Sendable {
    public let id: String?
    public let error: WireError

    public init(id: String?, error: WireError) {
        self.id = id
        self.error = error
    }
}

extension ClientMessage {
    /// Messages of one array at most.
    public static let batchLimit = 64

    /// The messages of one text: one object, or an array of them in order. Each is read for itself, so
    /// that one bad message spoils no other.
    public static func read(_ bytes: [UInt8]) -> [Result<ClientMessage, BadMessage>] {
        do throws(JSONError) {
            let objects = try JSONParser.objects(of: bytes, limit: batchLimit)
            return objects.map { members in
                do throws(BadMessage) {
                    return .success(try ClientMessage(members, in: bytes))
                } catch {
                    return .failure(error)
                }
            }
        } catch {
            let sentence = "a message is a JSON object, or an array of at most \(batchLimit)"
            let values = [JSON.Member("cause", .string("\(error)"))]
            let bad = WireError(.messageMalformed, sentence, values)
            return [.failure(BadMessage(id: nil, error: bad))]
        }
    }

    private init(
        _ members: [(member: JSON.Member, range: Range<Int>)],
        in bytes: [UInt8]
    ) throws(BadMessage) {
        func value(_ name: String) -> JSON? {
            members.first { $0.member.name == name }?.member.value
        }
        guard let id = value("id")?.text, (1...64).contains(id.utf8.count),
            id.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else {
            let expected = "1 to 64 visible ASCII characters"
            throw BadMessage(id: nil, error: FieldFault("id", expected).error)
        }
        do {
            guard let type = value("type")?.text else { throw FieldFault("type", "a string") }
            var room: RoomID?
            if let name = value("room"), !name.isNull {
                guard let known = name.text.flatMap({ RoomID($0) }) else {
                    throw FieldFault("room", "32 lower-case hex digits")
                }
                room = known
            }
            let fields = try Fields(value("data"))
            guard let request = try ClientRequest(type, fields) else {
                let values = [JSON.Member("type", .string(String(type.prefix(64))))]
                let error = WireError(.commandUnknown, "no such command", values)
                throw BadMessage(id: id, error: error)
            }
            guard room != nil || request == .syncTime else {
                throw FieldFault("room", "32 lower-case hex digits")
            }
            let range = members.first { $0.member.name == "data" }?.range
            var signed = Array(type.utf8)
            signed.append(0x0a)
            if let range { signed.append(contentsOf: bytes[range]) }
            self.init(id: id, type: type, room: room, request: request, signedBytes: signed)
        } catch let fault as FieldFault {
            throw BadMessage(id: id, error: fault.error)
        } catch let bad as BadMessage {
            throw bad
        } catch {
            throw BadMessage(id: id, error: WireError(.commandMalformed, "\(error)"))
        }
    }
}

extension JSONParser {
    /// The members of one object, or of each object of an array.
    static func objects(
        of bytes: [UInt8],
        limit: Int
    ) throws(JSONError) -> [[(member: JSON.Member, range: Range<Int>)]] {
        var parser = JSONParser(bytes, limits: JSONLimits())
        return try parser.objects(limit: limit)
    }
}

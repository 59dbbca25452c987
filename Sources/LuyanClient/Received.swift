public import Ledger
public import Wire

/// An event as this reader may see it.
public struct RoomEvent: Equatable, Sendable {
    public let room: RoomID
    public let sequence: UInt64
    /// The event that the same readers were told of before; 0 at first.
    public let previous: UInt64
    public let at: Timestamp
    /// The leaf hash, 64 lower-case hex digits.
    public let hash: String
    /// Whom it is for alone; `nil` where it is for all readers of a class.
    public let member: MemberID?
    /// Places and bodies of the parts that this reader may see.
    public let parts: [Part]

    /// A part's place in its event, and what it says.
    public struct Part: Equatable, Sendable {
        public let place: Int
        public let body: JSON

        public init(place: Int, body: JSON) {
            self.place = place
            self.body = body
        }
    }

    /// The event's type; `nil` where no part that says it is for this reader.
    public var type: String? { parts.lazy.compactMap { $0.body["type"]?.text }.first }
    /// What the event says.
    public var values: JSON? { parts.lazy.compactMap { $0.body["data"] }.first }
    /// Its erasable texts, unless they were removed.
    public var texts: JSON? { parts.lazy.compactMap { $0.body["texts"] }.first }

    init?(_ json: JSON) {
        guard let room = json["room"]?.text.flatMap({ RoomID($0) }),
            let sequence = json["seq"]?.integer, sequence > 0,
            let previous = json["prev"]?.integer, (0..<sequence).contains(previous),
            let at = json["at"]?.integer, at >= 0, let parts = json["parts"]?.items
        else { return nil }
        self.room = room
        self.sequence = UInt64(sequence)
        self.previous = UInt64(previous)
        self.at = Timestamp(milliseconds: UInt64(at))
        hash = json["hash"]?.text ?? ""
        member = json["to"]?.text.flatMap { MemberID($0) }
        self.parts = parts.compactMap { part in
            guard let place = part["n"]?.integer, let body = part["body"] else { return nil }
            return Part(place: Int(clamping: place), body: body)
        }
    }
}

/// A message of the server, read.
enum Received: Equatable {
    /// `re` is `nil` where the server could not read an id.
    case answer(to: String?, Result<JSON, Refusal>)
    case event(RoomEvent)
    case signal(name: String, room: RoomID?, values: JSON)

    /// The messages of one text: an object, or an array of them in order. Kinds that this version
    /// does not know are passed over.
    ///
    /// Throws `JSONError` when the text is no JSON.
    static func read(_ text: [UInt8]) throws(JSONError) -> [Received] {
        let json = try JSONParser.parse(text, limits: JSONLimits(depth: 64, members: 4_096))
        return (json.items ?? [json]).compactMap(Received.init)
    }

    private init?(_ json: JSON) {
        if let id = json["re"] {
            if let ok = json["ok"] {
                self = .answer(to: id.text, .success(ok))
            } else if let refusal = json["error"].flatMap({ Refusal(answer: $0) }) {
                self = .answer(to: id.text, .failure(refusal))
            } else {
                return nil
            }
        } else if let name = json["signal"]?.text {
            let room = json["room"]?.text.flatMap { RoomID($0) }
            self = .signal(name: name, room: room, values: json["data"] ?? .object([]))
        } else if let event = RoomEvent(json) {
            self = .event(event)
        } else {
            return nil
        }
    }
}

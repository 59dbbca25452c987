public import Ledger

/// The messages of the server, written once for all who get them.
public enum ServerMessage {
    /// `{"re", "ok"}`.
    public static func answer(to id: String, ok body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("re", id)
            writer.member("ok", object: body)
        }
        return writer.bytes
    }

    /// `{"re", "error"}`; `re` is `null` where no id could be read.
    public static func refusal(to id: String?, _ error: WireError) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("re", orNull: id)
            writer.name("error")
            error.write(to: &writer)
        }
        return writer.bytes
    }

    /// An event for one class of readers, or with `to` for one member.
    ///
    /// `previous` is the number of the event that the same readers were told of before, 0 at first;
    /// `parts` are places and stored bytes of the parts that they may see.
    public static func event(
        in room: RoomID,
        sequence: UInt64,
        previous: UInt64,
        at: Timestamp,
        hash: String,
        to member: MemberID? = nil,
        parts: [(place: Int, bytes: [UInt8])]
    ) -> [UInt8] {
        let size = parts.reduce(256) { $0 + $1.bytes.count + 24 }
        var writer = JSONWriter(reserving: size)
        writer.object { writer in
            writer.member("room", "\(room)")
            if let member { writer.member("to", "\(member)") }
            writer.member("seq", sequence)
            writer.member("prev", previous)
            writer.member("at", at.milliseconds)
            writer.member("hash", hash)
            writer.member(
                "parts",
                array: { array in
                    for part in parts {
                        array.object { object in
                            object.member("n", part.place)
                            object.member("body", raw: part.bytes)
                        }
                    }
                }
            )
        }
        return writer.bytes
    }

    /// A signal: not an event, not kept, merged and dropped first under load.
    public static func signal(
        _ name: String,
        in room: RoomID?,
        data: (inout JSONWriter) -> Void = { _ in }
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            if let room { writer.member("room", "\(room)") }
            writer.member("signal", name)
            writer.member("data", object: data)
        }
        return writer.bytes
    }

    /// Several messages as one text: an array, in order; one stays as it is.
    public static func joined(_ messages: [[UInt8]]) -> [UInt8] {
        if messages.count == 1, let only = messages.first { return only }
        return list(messages)
    }

    /// Messages as an array, also when there is one or none.
    public static func list(_ messages: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(messages.reduce(2) { $0 + $1.count + 1 })
        bytes.append(UInt8(ascii: "["))
        for (place, message) in messages.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: message)
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }
}

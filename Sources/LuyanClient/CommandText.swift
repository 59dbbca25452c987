public import Ledger
public import Wire

/// Writes what a client sends.
public enum CommandText {
    /// `{"id", "type", "room"?, "data"?}`.
    public static func bytes(id: String, type: String, room: RoomID?, values: JSON?) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { object in
            object.member("id", id)
            object.member("type", type)
            if let room { object.member("room", "\(room)") }
            if let values { object.member("data", values) }
        }
        return writer.bytes
    }

    /// `cursor`: what the reader has; `nil` for everything anew.
    public static func join(
        id: String,
        room: RoomID,
        cursor: Cursor? = nil,
        checkpoint: String? = nil
    ) -> [UInt8] {
        var values: [JSON.Member] = []
        if let cursor {
            values.append(JSON.Member("since", .integer(Int64(clamping: cursor.ofClass))))
            values.append(JSON.Member("own", .integer(Int64(clamping: cursor.own))))
        }
        if let checkpoint { values.append(JSON.Member("checkpoint", .string(checkpoint))) }
        return bytes(id: id, type: "room.join", room: room, values: .object(values))
    }
}

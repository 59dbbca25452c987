internal import Ledger
public import Rooms

extension Fields {
    /// Where a message is said: to everyone where it is absent.
    func channel() throws(FieldFault) -> Channel {
        guard let name = try optionalText("channel") else { return .everyone }
        guard let channel = Channel(name: name) else {
            throw FieldFault("channel", "everyone, staff, judges or slot: and a slot's id")
        }
        return channel
    }
}

extension ChatAddress {
    init(_ fields: Fields) throws(FieldFault) {
        self.init(
            try fields.channel(),
            told: try fields.optionalMembers("told"),
            mentions: try fields.optionalMembers("mentions")
        )
    }

    /// `channel`, `told` and `mentions`; what is said to everyone and calls nobody has none of them.
    public func write(to writer: inout JSONWriter) {
        writeHead(to: &writer)
        if !told.isEmpty { writer.member("told", texts: told.map { "\($0)" }) }
    }

    /// `channel` and `mentions` alone.
    public func writeHead(to writer: inout JSONWriter) {
        if channel.isPrivate { writer.member("channel", channel.name) }
        if !mentions.isEmpty { writer.member("mentions", texts: mentions.map { "\($0)" }) }
    }
}

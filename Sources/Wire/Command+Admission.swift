internal import Ledger
internal import Rooms

// Commands about people, and about the chat's order.
extension Command {
    init?(admission type: String, _ data: Fields) throws(FieldFault) {
        switch type {
        case "door.apply": self = .apply(answers: try data.texts("answers"))
        case "member.admit": self = .letIn(try data.member("member"), card: nil)
        case "member.admit_all": self = .letInAll(cards: [:])
        case "member.decline":
            self = .decline(try data.member("member"), reason: try data.optionalText("reason"))
        case "member.set_roles":
            self = .setRoles(
                try data.member("member"),
                roles: try data.roles("roles"),
                slots: try data.slots("slots")
            )
        case "member.mute": self = .mute(try data.member("member"))
        case "member.unmute": self = .unmute(try data.member("member"))
        case "member.check_in": self = .checkIn(try data.member("member"))
        case "member.check_out": self = .checkOut(try data.member("member"))
        case "member.remove":
            self = .remove(try data.member("member"), reason: try data.optionalText("reason"))
        case "member.ban":
            self = .ban(try data.member("member"), reason: try data.optionalText("reason"))
        case "member.unban": self = .unban(try data.member("member"))
        case "terms.sign":
            self = .sign(terms: try data.text("terms"), name: try data.text("name"))
        default: return nil
        }
    }

    init?(conduct type: String, _ data: Fields) throws(FieldFault) {
        switch type {
        case "chat.slow_mode": self = .setSlowMode(seconds: try data.natural("seconds"))
        case "chat.hold": self = .holdChat(try data.flag("on"))
        case "chat.approve": self = .approve(try data.natural("held"), words: nil)
        case "chat.decline":
            self = .refuseHeld(try data.natural("held"), reason: try data.optionalText("reason"))
        case "output.stop": self = .stopOutput
        case "output.resume": self = .resumeOutput
        case "announcement.make": self = .announce(try data.text("text"))
        default: return nil
        }
    }
}

extension Fields {
    func roles(_ name: String) throws(FieldFault) -> Set<Role> {
        Set(try choices(name, Role.self))
    }

    /// Slots that may be left out.
    fileprivate func slots(_ name: String) throws(FieldFault) -> [SlotID] {
        guard has(name) else { return [] }
        var slots: [SlotID] = []
        for text in try texts(name) {
            guard let slot = SlotID(text) else { throw FieldFault(name, "ids of slots") }
            slots.append(slot)
        }
        return slots
    }
}

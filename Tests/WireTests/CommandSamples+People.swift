// Messages about people and the chat's order, what they are read as, and the types their fields have.
import Ledger
import Rooms
import RoomsTestSupport
import Wire

extension CommandSample {
    static let who = MemberID.sample(0xa1)
    static let id = "a1a1a1a1a1a1a1a1"

    static let ofPeople: [CommandSample] = [
        CommandSample(
            type: "door.apply",
            data: #"{"answers":["做电池","x"]}"#,
            request: .act(.apply(answers: ["做电池", "x"])),
            fields: ["answers": .texts]
        ),
        about("member.admit", .letIn(who, card: nil)), about("member.mute", .mute(who)),
        about("member.unmute", .unmute(who)), about("member.unban", .unban(who)),
        about("member.check_in", .checkIn(who)), about("member.check_out", .checkOut(who)),
        reasoned("member.decline", .decline(who, reason: "满")),
        reasoned("member.remove", .remove(who, reason: "满")),
        reasoned("member.ban", .ban(who, reason: "满")),
        CommandSample(
            type: "member.set_roles",
            data: #"{"member":"\#(id)","roles":["judge","presenter"],"slots":["1"]}"#,
            request: .act(.setRoles(who, roles: [.judge, .presenter], slots: [.first])),
            fields: ["member": .member, "roles": .texts, "slots": .optionalTexts]
        ),
    ]

    static let ofMatters: [CommandSample] = [
        CommandSample(
            type: "terms.sign",
            data: #"{"terms":"5e5e","name":"李四"}"#,
            request: .act(.sign(terms: "5e5e", name: "李四")),
            fields: ["terms": .text, "name": .text]
        )
    ]

    static let ofConduct: [CommandSample] = [
        CommandSample(
            type: "chat.slow_mode",
            data: #"{"seconds":30}"#,
            request: .act(.setSlowMode(seconds: 30)),
            fields: ["seconds": .natural]
        ),
        CommandSample(
            type: "chat.hold",
            data: #"{"on":false}"#,
            request: .act(.holdChat(false)),
            fields: ["on": .flag]
        ),
        CommandSample(
            type: "chat.approve",
            data: #"{"held":17}"#,
            request: .act(.approve(17, words: nil)),
            fields: ["held": .natural]
        ),
        CommandSample(
            type: "chat.decline",
            data: #"{"held":17,"reason":"重复"}"#,
            request: .act(.refuseHeld(17, reason: "重复")),
            fields: ["held": .natural, "reason": .optionalText]
        ),
        CommandSample(
            type: "announcement.make",
            data: #"{"text":"十点开始"}"#,
            request: .act(.announce("十点开始")),
            fields: ["text": .text]
        ),
    ]

    static func about(_ type: String, _ command: Command) -> CommandSample {
        CommandSample(
            type: type,
            data: #"{"member":"\#(id)"}"#,
            request: .act(command),
            fields: ["member": .member]
        )
    }

    private static func reasoned(_ type: String, _ command: Command) -> CommandSample {
        CommandSample(
            type: type,
            data: #"{"member":"\#(id)","reason":"满"}"#,
            request: .act(command),
            fields: ["member": .member, "reason": .optionalText]
        )
    }
}

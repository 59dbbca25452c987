// Proves what every client message is read as, and that each field of a wrong type is refused by name.
import Ledger
import Rooms
import RoomsTestSupport
import Testing
import Wire

struct CommandTests {
    @Test
    func `the messages are the golden ones`() throws {
        var list = GoldenList()
        for sample in CommandSample.all { list.add([("message", Array(sample.message.utf8))]) }
        #expect(list.text == (try list.expected("commands.json")))
    }

    @Test(arguments: CommandSample.all)
    func `a message is read as its request`(sample: CommandSample) throws {
        let message = try #require(ClientMessage.read(Array(sample.message.utf8)).first).get()
        #expect(message.id == "k7Qz-1")
        #expect(message.type == sample.type)
        #expect(message.room?.description == CommandSample.room)
        #expect(message.request == sample.request)
        #expect(message.signedBytes == Array("\(sample.type)\n\(sample.data)".utf8))
    }

    @Test
    func `every command of people has a message`() {
        let kinds = CommandSample.all.compactMap { sample -> Command.Kind? in
            switch sample.request {
            case .act(let command): command.kind
            case .placeSlides: .placeSlides
            case .syncTime, .join, .leave, .react, .lookBack, .point, .media: nil
            }
        }
        let own: Set<Command.Kind> = [
            .create, .admit, .knock, .keepTime, .makeUp, .disclose, .forget, .expire,
            .countAttendance,
            .tellPages,
        ]
        #expect(Set(kinds).union(own) == Set(Command.Kind.allCases))
        #expect(own.isDisjoint(with: kinds))
    }

    /// Values, and the fields that take them.
    static let values: [(json: String, takenBy: Set<CommandSample.Field>)] = [
        (
            "null",
            [
                .optionalText, .optionalNatural, .optionalSlot, .optionalTexts, .optionalMember,
                .optionalFlag, .optionalChannel,
            ]
        ),
        ("true", [.flag, .optionalFlag]), ("{}", []), ("[1]", [.numbers]), ("[null]", []),
        ("[]", [.texts, .optionalTexts, .numbers]), ("1.5", []),
        ("1.0", []), ("-1", []), ("9007199254740992", []),
        ("9007199254740991", [.natural, .optionalNatural]),
        ("0", [.natural, .optionalNatural, .small, .place]),
        ("10000", [.natural, .optionalNatural, .small, .place]),
        ("10001", [.natural, .optionalNatural, .small]), ("65536", [.natural, .optionalNatural]),
        ("65535", [.natural, .optionalNatural, .small]),
        (#""""#, [.text, .optionalText]), (#""a b""#, [.text, .optionalText]),
        (#""-1""#, [.text, .optionalText, .slot, .optionalSlot]),
        (#""+1""#, [.text, .optionalText]),
        (#""01""#, [.text, .optionalText, .slot, .optionalSlot]),
        (#""18446744073709551615""#, [.text, .optionalText, .question]),
        (#""18446744073709551616""#, [.text, .optionalText]),
        (#""12345678901234567""#, [.text, .optionalText, .question]),
    ]

    @Test(arguments: CommandSample.allWithFields, values)
    func `a field takes values of its type alone`(
        sample: CommandSample,
        value: (json: String, takenBy: Set<CommandSample.Field>)
    ) throws {
        for (name, field) in sample.fields {
            let data = try JSON(sample.data).replacing(name, by: JSON(value.json))
            try expect(data, sample, name, isTaken: value.takenBy.contains(field))
        }
    }

    @Test(arguments: CommandSample.allWithFields)
    func `a missing field is refused unless it may be left out`(sample: CommandSample) throws {
        for (name, field) in sample.fields {
            let data = try JSON(sample.data).replacing(name, by: nil)
            let isOptional = [
                .optionalText, .optionalNatural, .optionalSlot, .optionalTexts, .optionalMember,
                .optionalFlag, .optionalChannel,
            ].contains(field)
            try expect(data, sample, name, isTaken: isOptional)
        }
    }

    @Test(arguments: CommandSample.all)
    func `fields that nobody asked for are passed over`(sample: CommandSample) throws {
        let members = try #require(try JSON(sample.data).members)
        let more = JSON.object(members + [JSON.Member("later", .array([.null]))])
        let message = try #require(read(more, sample.type)).get()
        #expect(message.request == sample.request)
    }

    private func read(_ data: JSON, _ type: String) -> Result<ClientMessage, BadMessage>? {
        var bytes = Array(
            #"{"id":"1","type":"\#(type)","room":"\#(CommandSample.room)","data":"#.utf8
        )
        bytes += data.bytes + Array("}".utf8)
        return ClientMessage.read(bytes).first
    }

    private func expect(
        _ data: JSON,
        _ sample: CommandSample,
        _ field: String,
        isTaken: Bool
    ) throws {
        switch try #require(read(data, sample.type)) {
        case .success: #expect(isTaken, "\(sample.type) \(field)")
        case .failure(let bad):
            #expect(!isTaken, "\(sample.type) \(field)")
            #expect(bad.id == "1")
            #expect(bad.error.code == .commandMalformed)
            #expect(JSON.object(bad.error.values)["field"]?.text == field)
        }
    }
}

extension JSON {
    /// This object with another value for one member, or without the member.
    fileprivate func replacing(_ name: String, by value: JSON?) -> JSON {
        let members = (members ?? []).compactMap { member in
            member.name == name ? value.map { Member(name, $0) } : member
        }
        return .object(members)
    }
}

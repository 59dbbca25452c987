internal import Ledger
internal import Rooms

/// A value that is missing or not as the schema has it: which, and what is taken.
public struct FieldFault: Error, Equatable, Sendable {
    public let field: String
    public let expected: String

    public init(_ field: String, _ expected: String) {
        self.field = field
        self.expected = expected
    }
}

/// Reads an object's members by name and type; members that are not asked for are ignored.
struct Fields {
    private let json: JSON

    init(_ json: JSON?) throws(FieldFault) {
        guard let json else {
            self.json = .object([])
            return
        }
        guard json.members != nil else { throw FieldFault("data", "an object") }
        self.json = json
    }

    func text(_ name: String) throws(FieldFault) -> String {
        guard let text = json[name]?.text else { throw FieldFault(name, "a string") }
        return text
    }

    func optionalText(_ name: String) throws(FieldFault) -> String? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let text = value.text else { throw FieldFault(name, "a string") }
        return text
    }

    /// An integer from 0 to 2^53 - 1.
    func natural(_ name: String) throws(FieldFault) -> UInt64 {
        guard let integer = json[name]?.integer, (0...(1 << 53 - 1)).contains(integer) else {
            throw FieldFault(name, "an integer from 0 to 2^53 - 1")
        }
        return UInt64(integer)
    }

    func optionalNatural(_ name: String) throws(FieldFault) -> UInt64? {
        guard let value = json[name], !value.isNull else { return nil }
        return try natural(name)
    }

    func flag(_ name: String) throws(FieldFault) -> Bool {
        guard let flag = json[name]?.flag else { throw FieldFault(name, "true or false") }
        return flag
    }

    func optionalFlag(_ name: String) throws(FieldFault) -> Bool? {
        guard let value = json[name], !value.isNull else { return nil }
        return try flag(name)
    }

    func items(_ name: String) throws(FieldFault) -> [JSON] {
        guard let items = json[name]?.items else { throw FieldFault(name, "an array") }
        return items
    }

    func texts(_ name: String) throws(FieldFault) -> [String] {
        var texts: [String] = []
        for item in try items(name) {
            guard let text = item.text else { throw FieldFault(name, "an array of strings") }
            texts.append(text)
        }
        return texts
    }

    func object(_ name: String) throws(FieldFault) -> Fields {
        guard let value = json[name], value.members != nil else {
            throw FieldFault(name, "an object")
        }
        return try Fields(value)
    }

    func has(_ name: String) -> Bool {
        json[name].map { !$0.isNull } ?? false
    }

    func time(_ name: String) throws(FieldFault) -> Timestamp {
        Timestamp(milliseconds: try natural(name))
    }

    func slot(_ name: String) throws(FieldFault) -> SlotID {
        guard let slot = SlotID(try text(name)) else {
            throw FieldFault(name, "1 to 16 letters, digits or hyphens")
        }
        return slot
    }

    func optionalSlot(_ name: String) throws(FieldFault) -> SlotID? {
        has(name) ? try slot(name) : nil
    }

    func member(_ name: String) throws(FieldFault) -> MemberID {
        guard let member = MemberID(try text(name)) else {
            throw FieldFault(name, "16 lower-case hex digits")
        }
        return member
    }

    /// Several members' ids; none where it is absent.
    func optionalMembers(_ name: String) throws(FieldFault) -> [MemberID] {
        guard has(name) else { return [] }
        var members: [MemberID] = []
        for text in try texts(name) {
            guard let member = MemberID(text) else {
                throw FieldFault(name, "an array of 16 lower-case hex digits each")
            }
            members.append(member)
        }
        return members
    }

    /// A number written as text: a question's id.
    func sequence(
        _ name: String,
        _ expected: String = "a question's id"
    ) throws(FieldFault) -> UInt64 {
        let text = try text(name)
        // A number has one name: no sign, no leading zeros.
        guard let number = UInt64(text), String(number) == text else {
            throw FieldFault(name, expected)
        }
        return number
    }

    /// One of an enumeration's cases.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String,
        _ type: Choice.Type
    ) throws(FieldFault) -> Choice where Choice.RawValue == String {
        guard let choice = Choice(rawValue: try text(name)) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw FieldFault(name, "one of \(names)")
        }
        return choice
    }

    func choices<Choice: RawRepresentable & CaseIterable>(
        _ name: String,
        _ type: Choice.Type
    ) throws(FieldFault) -> [Choice] where Choice.RawValue == String {
        var choices: [Choice] = []
        for text in try texts(name) {
            guard let choice = Choice(rawValue: text) else {
                let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
                throw FieldFault(name, "an array of \(names)")
            }
            choices.append(choice)
        }
        return choices
    }
}

extension FieldFault {
    /// The error that tells of it.
    public var error: WireError {
        WireError(
            .commandMalformed,
            "\(field) must be \(expected)",
            [JSON.Member("field", .string(field)), JSON.Member("expected", .string(expected))]
        )
    }
}

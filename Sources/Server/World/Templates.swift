internal import Foundation
internal import Ledger
internal import Rooms
internal import Wire

/// What rooms can be made from: the files of `config/templates/`, read and tried at the start.
struct Templates: Sendable {
    /// One kind of roadshow; its texts are objects with a member for each language.
    struct Template: Sendable {
        let id: String
        /// As its file has it, with `id`.
        let json: JSON
    }

    static let languages = ["zh-CN", "en"]
    /// What a file may say, by place; a mistyped name is never passed over.
    private static let known: [String: [String]] = [
        "": [
            "name", "purpose", "order", "subject", "pitchMinutes", "qaMinutes", "rules", "door",
            "judging",
        ],
        "rules": ["atZero", "graceMs", "noShow", "awaitMs", "outcome", "anonymous"],
        "door": ["admission", "waiting", "least", "form", "terms"],
        "judging": [
            "criteria", "panels", "aggregation", "publication", "after", "detail", "ties",
        ],
        "judging.criteria": ["name", "weight", "anchors"],
        "judging.panels": ["name", "weight"],
    ]

    let all: [Template]

    /// - Parameter folder: none are read where it is empty.
    /// - Throws: `template`, which names the first file that makes no room, or the folder.
    init(_ folder: String) throws(StartFailure) {
        guard !folder.isEmpty else {
            all = []
            return
        }
        let root = URL(filePath: folder, directoryHint: .isDirectory)
        var found: [Template] = []
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: root.path)
            for name in names.sorted() where name.hasSuffix(".json") {
                let bytes = [UInt8](try Data(contentsOf: root.appending(path: name)))
                found.append(try Self.template(String(name.dropLast(5)), bytes))
            }
        } catch let failure as StartFailure {
            throw failure
        } catch {
            throw .template(file: folder, cause: error.localizedDescription)
        }
        all = found.sorted { ($0.order, $0.id) < ($1.order, $1.id) }
    }

    /// A plan that names a template, with what that says wherever the plan says nothing.
    ///
    /// - Throws: `command.malformed` where there is none of that name.
    func filled(_ plan: JSON) throws(WireError) -> JSON {
        guard let given = plan["template"], !given.isNull else { return plan }
        guard let template = all.first(where: { $0.id == given.text }) else {
            let names = all.map(\.id).joined(separator: ", ")
            throw FieldFault("template", "one of \(names)").error
        }
        return template.filling(plan, in: plan["language"]?.text ?? Self.languages[0])
    }

    private static func template(_ id: String, _ bytes: [UInt8]) throws(StartFailure) -> Template {
        let file = "\(id).json"
        do {
            let json = try JSONParser.parse(bytes)
            guard let members = json.members else {
                throw FieldFault("file", "an object").error
            }
            try requireKnown(json, at: "")
            if let order = json["order"], order.integer == nil {
                throw FieldFault("order", "a whole number").error
            }
            for name in ["name", "purpose"] {
                for language in languages where json[name]?[language]?.text?.isEmpty != false {
                    throw FieldFault("\(name).\(language)", "a text").error
                }
            }
            let template = Template(
                id: id,
                json: .object([JSON.Member("id", .string(id))] + members)
            )
            for language in languages { try tryOut(template, in: language) }
            return template
        } catch let error as WireError {
            throw .template(file: file, cause: error.message)
        } catch {
            throw .template(file: file, cause: "\(error)")
        }
    }

    /// Everything in it has a name that is known; what is no part of a plan is a text in all languages.
    private static func requireKnown(_ json: JSON, at place: String) throws(WireError) {
        switch json {
        case .array(let items): for item in items { try requireKnown(item, at: place) }
        case .object(let members):
            guard let names = known[place] else {
                let isText = Set(members.map(\.name)) == Set(languages)
                guard isText, members.allSatisfy({ $0.value.text?.isEmpty == false }) else {
                    let expected = "a text, or one for each of \(languages.joined(separator: ", "))"
                    throw FieldFault(place, expected).error
                }
                return
            }
            for member in members {
                let name = place.isEmpty ? member.name : "\(place).\(member.name)"
                guard names.contains(member.name) else {
                    let expected = "left out: known are \(names.joined(separator: ", "))"
                    throw FieldFault(name, expected).error
                }
                try requireKnown(member.value, at: name)
            }
        default: return
        }
    }

    /// A room is made of it, in thought.
    private static func tryOut(_ template: Template, in language: String) throws(WireError) {
        let slot = JSON.object([JSON.Member("title", .string("x"))])
        let plan = JSON.object([
            JSON.Member("title", .string("x")), JSON.Member("startsAt", .integer(0)),
            JSON.Member("language", .string(language)), JSON.Member("slots", .array([slot])),
        ])
        let filled = try RoomPlan(reading: template.filling(plan, in: language))
        let start = Timestamp(milliseconds: 0)
        if case .failure(let refusal) = Room().decide(.create(filled), by: .server, at: start) {
            throw WireError(refusal)
        }
    }
}

extension Templates.Template {
    /// Its place in the list; those without one come last.
    fileprivate var order: Int64 { json["order"]?.integer ?? .max }

    /// The plan with this template's values where it has none of its own. `rules` and `door` are filled
    /// member by member, `judging` as a whole; what the plan says is `null` is left out.
    fileprivate func filling(_ plan: JSON, in language: String) -> JSON {
        var members = (plan.members ?? []).filter { $0.name != "template" && $0.name != "slots" }
        func isGiven(_ name: String) -> Bool { members.contains { $0.name == name } }
        if let name = json["name"], !isGiven("genre") {
            members.append(JSON.Member("genre", name.localized(to: language)))
        }
        for name in ["subject", "judging"] where !isGiven(name) {
            guard let value = json[name] else { continue }
            members.append(JSON.Member(name, value.localized(to: language)))
        }
        for name in ["rules", "door"] {
            guard let value = json[name]?.localized(to: language) else { continue }
            let given = plan[name] ?? .object([])
            // What is no object is refused where the plan is read.
            guard let stated = given.isNull ? [] : given.members else { continue }
            members.removeAll { $0.name == name }
            members.append(JSON.Member(name, value.filling(stated)))
        }
        let times = ["pitchMinutes", "qaMinutes"].compactMap { name in
            json[name].map { JSON.Member(name, $0) }
        }
        if let slots = plan["slots"] {
            let filled = slots.items.map { items in
                JSON.array(
                    items.map { item in
                        item.members.map { JSON.object(times).filling($0) } ?? item
                    }
                )
            }
            members.append(JSON.Member("slots", filled ?? slots))
        }
        return .object(members)
    }
}

extension JSON {
    /// The object with these members in place of its own of the same names, and without what is `null`.
    fileprivate func filling(_ stated: [Member]) -> JSON {
        let kept = (members ?? []).filter { own in !stated.contains { $0.name == own.name } }
        return .object(kept + stated.filter { !$0.value.isNull })
    }

    /// With one text in place of each object that has one for every language.
    fileprivate func localized(to language: String) -> JSON {
        switch self {
        case .array(let items): return .array(items.map { $0.localized(to: language) })
        case .object(let members):
            let isText = members.allSatisfy { Templates.languages.contains($0.name) }
            if isText, !members.isEmpty { return self[language] ?? .null }
            return .object(
                members.map { Member($0.name, $0.value.localized(to: language)) }
            )
        default: return self
        }
    }
}

// Proves what templates are taken, what is said of others, and what a plan gets from one.
import Foundation
import Rooms
import Testing
import Wire

@testable import Server

struct TemplatesTests {
    /// A folder with that one file, gone when the test is.
    private final class Folder {
        let path: String

        init(_ text: String, name: String = "own.json") throws {
            let url = FileManager.default.temporaryDirectory.appending(path: "luyan-\(UUID())")
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url.appending(path: name))
            path = url.path
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private static let words = #""name":{"zh-CN":"甲","en":"A"},"purpose":{"zh-CN":"乙","en":"B"}"#

    private static func templates(_ rest: String) throws -> Templates {
        let folder = try Folder("{\(words)\(rest.isEmpty ? "" : ",")\(rest)}")
        return try Templates(folder.path)
    }

    private static func json(_ text: String) throws -> JSON {
        try JSONParser.parse(Array(text.utf8))
    }

    @Test func `the ones that come along are taken, in their order`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../config/templates").standardized.path
        let templates = try Templates(folder)
        let names = ["project", "results", "financing", "reverse", "challenge", "closed"]
        #expect(templates.all.map(\.id) == names)
    }

    @Test func `without a folder there are none, of a wrong one it is told`() throws {
        #expect(try Templates("").all.isEmpty)
        let failure = #expect(throws: StartFailure.self) { try Templates("/no/such/folder") }
        #expect(failure?.description.contains("/no/such/folder") == true)
    }

    static let wrong: [(text: String, says: String)] = [
        ("", "unexpectedEnd"), ("[]", "object"), ("{}", "name.zh-CN"),
        (#"{"name":{"zh-CN":"甲"},"purpose":{"zh-CN":"乙","en":"B"}}"#, "name must be a text"),
        (#"{"name":"甲","purpose":{"zh-CN":"乙","en":"B"}}"#, "name.zh-CN"),
        (#"{"name":{"zh-CN":"甲","en":"A","fr":"C"},"purpose":{"zh-CN":"乙","en":"B"}}"#, "name"),
        ("{\(words),\"order\":\"x\"}", "order"),
        ("{\(words),\"rules\":{\"graceMS\":1}}", "rules.graceMS"),
        ("{\(words),\"door\":{\"admision\":\"code\"}}", "door.admision"),
        ("{\(words),\"judging\":{\"publicatoin\":\"end\"}}", "judging.publicatoin"),
        (
            "{\(words),\"judging\":{\"criteria\":[{\"wieght\":100,\"name\":\"x\"}]}}",
            "judging.criteria.wieght"
        ),
        (
            "{\(words),\"judging\":{\"criteria\":[{\"weight\":100,\"name\":{\"en\":\"x\"}}]}}",
            "judging.criteria.name"
        ),
        ("{\(words),\"colour\":1}", "colour"),
        ("{\(words),\"subject\":\"idea\"}", "subject"),
        ("{\(words),\"rules\":{\"atZero\":\"stop\"}}", "rules.atZero"),
        ("{\(words),\"rules\":{\"graceMs\":700000}}", "overtime"),
        ("{\(words),\"door\":{\"admission\":\"key\"}}", "door.admission"),
        ("{\(words),\"pitchMinutes\":601}", "pitchMinutes"),
        ("{\(words),\"judging\":{\"criteria\":[{\"weight\":99,\"name\":\"x\"}]}}", "100"),
    ]

    @Test(arguments: wrong)
    func `a file that is none is told by name, with what is wrong`(
        text: String,
        says: String
    ) throws {
        let folder = try Folder(text)
        let failure = #expect(throws: StartFailure.self) { try Templates(folder.path) }
        let description = try #require(failure).description
        #expect(description.contains("own.json") && description.contains(says), "\(description)")
    }

    @Test func `a plan keeps what it says and gets the rest in its language`() throws {
        let rest = #"""
            "subject":"demand","pitchMinutes":5,"rules":{"atZero":"cut","awaitMs":0},
            "judging":{"criteria":[{"weight":100,"name":{"zh-CN":"好","en":"Good"}}]}
            """#
        let templates = try Self.templates(rest)
        let plan = #"""
            {"template":"own","title":"T","startsAt":1,"language":"en","rules":{"atZero":"warn"},
            "slots":[{"title":"x"},{"title":"y","pitchMinutes":9}]}
            """#
        let made = try RoomPlan(reading: templates.filled(Self.json(plan)))
        #expect(made.texts.genre == "A")
        #expect(made.frame.subject == .demand)
        #expect(made.frame.rules == StageRules(atZero: .warn, awaitedMilliseconds: 0))
        #expect(made.frame.slots.map(\.pitchMilliseconds) == [300_000, 540_000])
        #expect(made.judging?.texts.criteria.map(\.name) == ["Good"])
    }

    @Test func `a plan that wants no judging has none`() throws {
        let templates = try Self.templates(
            #""judging":{"criteria":[{"weight":100,"name":"x"}]}"#
        )
        let plan =
            #"{"template":"own","title":"T","startsAt":1,"judging":null,"slots":[{"title":"x"}]}"#
        #expect(try RoomPlan(reading: templates.filled(Self.json(plan))).judging == nil)
    }

    @Test func `what a plan says is null is left out, and what is no object is refused`() throws {
        let templates = try Self.templates(
            #""door":{"admission":"invitation","terms":"secret"},"rules":{"atZero":"cut"}"#
        )
        func plan(_ rest: String) throws -> RoomPlan {
            let start = #"{"template":"own","title":"T","startsAt":1,"slots":[{"title":"x"}],"#
            return try RoomPlan(reading: templates.filled(Self.json(start + rest + "}")))
        }
        let open = try plan(#""door":{"terms":null}"#)
        #expect(open.texts.terms == nil && open.frame.door.admission == .invitation)
        #expect(try plan(#""door":null,"rules":null"#).texts.terms == "secret")
        #expect(throws: WireError.self) { try plan(#""rules":7"#) }
        #expect(throws: WireError.self) { try plan(#""door":[]"#) }
    }

    @Test(arguments: [#""other""#, "7", "{}"])
    func `another name is refused with those there are`(name: String) throws {
        let templates = try Self.templates("")
        let error = #expect(throws: WireError.self) {
            try templates.filled(Self.json("{\"template\":\(name)}"))
        }
        #expect(error?.code == .commandMalformed)
        #expect(error?.values.last == JSON.Member("expected", .string("one of own")))
    }
}

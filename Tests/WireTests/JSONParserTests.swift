// Proves which bytes are JSON (RFC 8259) and which are not, with the reason and the place of each fault.
import Testing
import Wire

struct JSONParserTests {
    static let good: [(text: String, value: JSON)] = [
        ("null", .null), ("true", .bool(true)), ("false", .bool(false)),
        (" \t\r\n1 \t\r\n", .integer(1)),
        ("0", .integer(0)), ("-0", .integer(0)), ("-1", .integer(-1)),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        ("9223372036854775808", .number(9_223_372_036_854_775_808)),
        ("-9223372036854775809", .number(-9_223_372_036_854_775_808)),
        ("0.5", .number(0.5)), ("-0.0", .number(-0.0)), ("1.0", .number(1)), ("1e0", .number(1)),
        ("1E+2", .number(100)), ("1e-2", .number(0.01)), ("1e01", .number(10)),
        ("0e0", .number(0)), ("123.456e-3", .number(0.123456)), ("1e-400", .number(0)),
        ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
        ("\"\"", .string("")), ("\"a\"", .string("a")), ("\"路演 🇨🇳\"", .string("路演 🇨🇳")),
        (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{c}\n\r\t")),
        (#""\u0041\u00e9\u8DEF""#, .string("Aé路")), (#""\u0000""#, .string("\u{0}")),
        (#""\ud83d\ude00""#, .string("😀")), (#""\uD800\uDC00""#, .string("\u{10000}")),
        (#""\uDBFF\uDFFF""#, .string("\u{10ffff}")), (#""\uFFFF""#, .string("\u{ffff}")),
        (#""x\ud83d\ude00y\n""#, .string("x😀y\n")), ("\"\u{7f}\"", .string("\u{7f}")),
        ("\"\u{2028}\"", .string("\u{2028}")), (#""\u000a""#, .string("\n")),
        ("[]", .array([])), ("[ ]", .array([])), ("[1]", .array([.integer(1)])),
        ("[1 , [ ], {}]", .array([.integer(1), .array([]), .object([])])),
        ("{}", .object([])), ("{ }", .object([])),
        (#"{"a":1}"#, .object([JSON.Member("a", .integer(1))])),
        (
            #"{ "a" : 1 , "" : [null] }"#,
            .object([.init("a", .integer(1)), .init("", .array([.null]))])
        ),
        (
            #"{"a":{"a":1},"A":2}"#,
            .object([.init("a", .object([.init("a", .integer(1))])), .init("A", .integer(2))])
        ),
        (#"{"\u0061":1}"#, .object([.init("a", .integer(1))])),
    ]

    @Test(arguments: good)
    func `what RFC 8259 allows is read`(text: String, value: JSON) throws {
        #expect(try JSON(text) == value)
    }

    static let bad: [(text: String, error: JSONError)] = [
        ("", .unexpectedEnd), (" ", .unexpectedEnd),
        ("\u{feff}1", .unexpected(byte: 0xef, offset: 0)),
        ("\u{a0}1", .unexpected(byte: 0xc2, offset: 0)),
        ("\u{c}1", .unexpected(byte: 0xc, offset: 0)),
        ("nul", .unexpectedEnd), ("nulL", .unexpected(byte: 0x4c, offset: 3)),
        ("True", .unexpected(byte: 0x54, offset: 0)), ("truefalse", .trailingBytes(offset: 4)),
        ("NaN", .unexpected(byte: 0x4e, offset: 0)),
        ("Infinity", .unexpected(byte: 0x49, offset: 0)),
        ("-Infinity", .badNumber(offset: 0)), ("+1", .unexpected(byte: 0x2b, offset: 0)),
        ("-", .badNumber(offset: 0)), ("--1", .badNumber(offset: 0)),
        ("- 1", .badNumber(offset: 0)),
        ("00", .badNumber(offset: 0)), ("01", .badNumber(offset: 0)),
        ("-01", .badNumber(offset: 0)),
        ("1.", .badNumber(offset: 0)), (".5", .unexpected(byte: 0x2e, offset: 0)),
        ("1.e1", .badNumber(offset: 0)), ("1e", .badNumber(offset: 0)),
        ("1e+", .badNumber(offset: 0)),
        ("1e1.5", .trailingBytes(offset: 3)), ("1_000", .trailingBytes(offset: 1)),
        ("0x10", .trailingBytes(offset: 1)), ("1e400", .badNumber(offset: 0)),
        ("-1e400", .badNumber(offset: 0)), ("１", .unexpected(byte: 0xef, offset: 0)),
        ("1 2", .trailingBytes(offset: 2)), ("1,", .trailingBytes(offset: 1)),
        ("\"", .unexpectedEnd), ("\"a", .unexpectedEnd),
        ("'a'", .unexpected(byte: 0x27, offset: 0)),
        ("\"\n\"", .unexpected(byte: 0xa, offset: 1)),
        ("\"\u{0}\"", .unexpected(byte: 0, offset: 1)),
        ("\"\\n\u{1f}\"", .unexpected(byte: 0x1f, offset: 3)),
        ("\"a\t\"", .unexpected(byte: 9, offset: 2)),
        (#""\"#, .unexpectedEnd), (#""\a""#, .badEscape(offset: 1)),
        (#""\U0041""#, .badEscape(offset: 1)),
        (#""\'""#, .badEscape(offset: 1)), (#""\x41""#, .badEscape(offset: 1)),
        (#""\u""#, .badEscape(offset: 3)), (#""\u00g0""#, .badEscape(offset: 5)),
        (#""\u004"#, .unexpectedEnd), (#""\u+041""#, .badEscape(offset: 3)),
        (#""\ud800""#, .badEscape(offset: 1)), (#""\udc00""#, .badEscape(offset: 1)),
        (#""\ud800\ud800""#, .badEscape(offset: 1)), (#""\udc00\ud800""#, .badEscape(offset: 1)),
        (#""\ud800x""#, .badEscape(offset: 1)),
        (#""\ud800\n""#, .unexpected(byte: 0x6e, offset: 8)),
        (#""\ud800"#, .unexpectedEnd), (#""\udc00"#, .badEscape(offset: 1)),
        (#""\ud800\u00"#, .unexpectedEnd),
        ("[", .unexpectedEnd), ("]", .unexpected(byte: 0x5d, offset: 0)), ("[1", .unexpectedEnd),
        ("[1,", .unexpectedEnd), ("[1,]", .unexpected(byte: 0x5d, offset: 3)),
        ("[,1]", .unexpected(byte: 0x2c, offset: 1)),
        ("[1,,2]", .unexpected(byte: 0x2c, offset: 3)),
        ("[1 2]", .unexpected(byte: 0x32, offset: 3)), ("[1}", .unexpected(byte: 0x7d, offset: 2)),
        ("[]]", .trailingBytes(offset: 2)),
        ("{", .unexpectedEnd), ("}", .unexpected(byte: 0x7d, offset: 0)),
        ("{1:1}", .unexpected(byte: 0x31, offset: 1)),
        ("{a:1}", .unexpected(byte: 0x61, offset: 1)),
        (#"{"a"}"#, .unexpected(byte: 0x7d, offset: 4)),
        (#"{"a":}"#, .unexpected(byte: 0x7d, offset: 5)),
        (#"{"a":1"#, .unexpectedEnd), (#"{"a":1,}"#, .unexpected(byte: 0x7d, offset: 7)),
        (#"{"a":1 "b":2}"#, .unexpected(byte: 0x22, offset: 7)),
        (#"{"a":1]"#, .unexpected(byte: 0x5d, offset: 6)),
        (#"{,"a":1}"#, .unexpected(byte: 0x2c, offset: 1)),
        (#"{"a"::1}"#, .unexpected(byte: 0x3a, offset: 5)),
        (#"{"a":1,"a":1}"#, .duplicateName("a")), (#"{"a":1,"\u0061":2}"#, .duplicateName("a")),
        (#"[{"x":{"b":1,"c":2,"b":3}}]"#, .duplicateName("b")),
        ("/* */1", .unexpected(byte: 0x2f, offset: 0)), ("1//", .trailingBytes(offset: 1)),
        ("#1", .unexpected(byte: 0x23, offset: 0)),
    ]

    @Test(arguments: bad)
    func `what RFC 8259 forbids is refused with its place`(text: String, error: JSONError) {
        #expect(throws: error) { try JSON(text) }
    }

    /// What stands between two quotation marks, as bytes.
    static let notUTF8: [[UInt8]] = [
        [0x80], [0xff], [0xc0, 0x80], [0xc3], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf],
        [0xf0, 0x80, 0x80, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80],
    ]

    @Test(arguments: notUTF8)
    func `a string is UTF-8, before and after an escape`(bytes: [UInt8]) {
        let quote: [UInt8] = [0x22]
        let newline: [UInt8] = [0x5c, 0x6e]
        for (text, offset) in [
            (quote + bytes + quote, 1), (quote + newline + bytes + quote, 3),
            (quote + bytes + newline + quote, 1),
        ] {
            #expect(throws: JSONError.notUTF8(offset: offset)) { try JSONParser.parse(text) }
        }
    }

    @Test(arguments: [(31, true), (32, true), (33, false), (100_000, false)])
    func `arrays and objects nest 32 deep`(depth: Int, isTaken: Bool) {
        let arrays = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let objects =
            String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)
        for text in [arrays, objects] {
            if isTaken {
                #expect(throws: Never.self) { try JSON(text) }
            } else {
                #expect(throws: JSONError.tooDeep(limit: 32)) { try JSON(text) }
            }
        }
    }

    @Test
    func `depth counts what is open, not what was`() {
        let text = "[" + Array(repeating: "[[]]", count: 100).joined(separator: ",") + "]"
        let bytes = Array(text.utf8)
        #expect(throws: Never.self) { try JSONParser.parse(bytes, limits: JSONLimits(depth: 3)) }
        #expect(throws: JSONError.tooDeep(limit: 2)) {
            try JSONParser.parse(bytes, limits: JSONLimits(depth: 2))
        }
    }

    @Test(arguments: [(255, true), (256, true), (257, false)])
    func `an object has 256 members at most`(count: Int, isTaken: Bool) throws {
        let members = (0..<count).map { #""\#($0)":\#($0)"# }.joined(separator: ",")
        if isTaken {
            #expect(try JSON("{\(members)}").members?.count == count)
        } else {
            #expect(throws: JSONError.tooManyMembers(limit: 256)) { try JSON("{\(members)}") }
        }
    }

    /// Names are compared one by one in small objects, and by a set in large ones.
    @Test(arguments: 1...20)
    func `a name stands once, however many members there are`(count: Int) {
        let names = (0..<count).map { "n\($0)" }
        for name in names {
            let text = "{" + (names + [name]).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
            #expect(throws: JSONError.duplicateName(name)) { try JSON(text) }
        }
    }

    @Test
    func `each member is given with the bytes it came as`() throws {
        let text = #" { "a" : [ 1 ,2 ] , "b":"\u0041"} "#
        let bytes = Array(text.utf8)
        let members = try JSONParser.members(of: bytes)
        #expect(members.map(\.member.name) == ["a", "b"])
        let values = members.map { String(decoding: bytes[$0.range], as: UTF8.self) }
        #expect(values == ["[ 1 ,2 ]", #""\u0041""#])
    }

    @Test
    func `a value answers for its own kind alone`() throws {
        let json = try JSON(#"{"s":"x","i":1,"n":1.0,"b":true,"a":[1],"o":{},"z":null}"#)
        #expect(json["s"]?.text == "x")
        #expect(json["i"]?.integer == 1)
        #expect(json["n"]?.integer == nil)
        #expect(json["b"]?.flag == true)
        #expect(json["a"]?.items == [.integer(1)])
        #expect(json["o"]?.members == [])
        #expect(json["z"]?.isNull == true)
        #expect(json["none"] == nil)
        for name in ["i", "n", "b", "a", "o", "z"] { #expect(json[name]?.text == nil) }
        for name in ["s", "i", "n", "a", "o", "z"] { #expect(json[name]?.flag == nil) }
        #expect(json["s"]?["x"] == nil)
        #expect(json["s"]?.items == nil)
        #expect(json["a"]?.members == nil)
    }
}

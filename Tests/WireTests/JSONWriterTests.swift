// Proves the bytes that are written: escapes, numbers, commas, and that they read back to the same value.
import Testing
import Wire

struct JSONWriterTests {
    static let strings: [(text: String, json: String)] = [
        ("", #""""#), ("a/b", #""a/b""#), ("\"", #""\"""#), ("\\", #""\\""#),
        ("\n\r\t", #""\n\r\t""#),
        (
            "\u{0}\u{1}\u{8}\u{c}\u{f}\u{10}\u{1f}",
            #""\u0000\u0001\u0008\u000c\u000f\u0010\u001f""#
        ),
        ("\u{20}\u{7f}", "\" \u{7f}\""), ("路演 🇨🇳 é", "\"路演 🇨🇳 é\""),
        ("\u{2028}", "\"\u{2028}\""), ("</script>", #""</script>""#),
    ]

    @Test(arguments: strings)
    func `a string escapes what it must and nothing else`(text: String, json: String) throws {
        #expect(JSON.string(text).bytes == Array(json.utf8))
        #expect(try JSON(json).text.map { Array($0.utf8) } == Array(text.utf8))
        let object = JSON.object([JSON.Member(text, .null)])
        #expect(object.bytes == Array("{\(json):null}".utf8))
    }

    static let numbers: [(value: JSON, json: String)] = [
        (.integer(0), "0"), (.integer(-1), "-1"), (.integer(.max), "9223372036854775807"),
        (.integer(.min), "-9223372036854775808"), (.number(1), "1.0"), (.number(0.1), "0.1"),
        (.number(-0.0), "-0.0"), (.number(1e21), "1e+21"),
        (.number(.leastNonzeroMagnitude), "5e-324"),
        (.number(1e-7), "1e-07"), (.number(1.7976931348623157e308), "1.7976931348623157e+308"),
    ]

    @Test(arguments: numbers)
    func `a number reads back to the same number`(value: JSON, json: String) throws {
        #expect(value.bytes == Array(json.utf8))
        #expect(try JSON(json) == value)
    }

    @Test(arguments: [Double.nan, .signalingNaN, .infinity, -.infinity])
    func `what is no number is written as null`(number: Double) {
        let array = JSON.array([.number(number), .number(number), .integer(1)])
        #expect(array.bytes == Array("[null,null,1]".utf8))
    }

    @Test
    func `commas stand between items and members, whatever they are`() throws {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("t", "x")
            writer.member("i", UInt64.max)
            writer.member("f", false)
            writer.member("n", orNull: nil as String?)
            writer.member("m", orNull: nil as Int?)
            writer.member("o", orNull: 3)
            writer.member("e", object: { _ in })
            writer.member(
                "a",
                array: { array in
                    array.array { _ in }
                    array.object { _ in }
                    array.null()
                    array.bool(true)
                    array.raw(Array("[1,2]".utf8))
                    array.string("s")
                    array.integer(-1)
                    array.value(.array([.null, .object([])]))
                }
            )
            writer.member("r", raw: Array("{}".utf8))
            writer.member("v", JSON.bool(true))
        }
        let expected =
            #"{"t":"x","i":18446744073709551615,"f":false,"n":null,"m":null,"o":3,"e":{},"#
            + #""a":[[],{},null,true,[1,2],"s",-1,[null,{}]],"r":{},"v":true}"#
        #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
        #expect(throws: Never.self) { try JSON(expected) }
    }
}

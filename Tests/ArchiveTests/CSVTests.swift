// Proves tables for spreadsheets: quoting (RFC 4180), the mark of their encoding, no formulas.
import Archive
import Ledger
import Testing

struct CSVTests {
    static let fields: [(text: String, written: String)] = [
        ("李明", "李明"), ("", ""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""),
        ("a\nb", "\"a\nb\""), ("a\r\nb", "\"a\r\nb\""), ("\"", "\"\"\"\""),
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"),
        ("=a,b", "\"'=a,b\""), ("1-1", "1-1"),
        ("a\"\u{301}b", "\"a\"\"\u{301}b\""), ("\"\u{20DD},c", "\"\"\"\u{20DD},c\""),
    ]

    @Test(arguments: fields)
    func `a field is quoted where it has to be, and never a formula`(text: String, written: String)
    {
        let table = CSV(["a", "b"], [[text, "x"]])
        #expect(String(decoding: table.bytes, as: UTF8.self) == "\u{FEFF}a,b\r\n\(written),x\r\n")
    }

    static let times: [(milliseconds: UInt64, text: String)] = [
        (0, "1970-01-01T00:00:00.000Z"), (1_790_000_000_007, "2026-09-21T14:13:20.007Z"),
        (951_782_399_999, "2000-02-28T23:59:59.999Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ]

    @Test(arguments: times)
    func `a time is written in UTC to the millisecond`(milliseconds: UInt64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).utc == text)
    }
}

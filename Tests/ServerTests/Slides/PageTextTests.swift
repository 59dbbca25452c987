// Proves that the words of a page are those that people type, whatever a document has in their place.
import Testing

@testable import Server

struct PageTextTests {
    @Test(arguments: [
        ("高温超导磁体\n第二行", "高温超导磁体\n第二行"),
        // Compatibility forms: Kangxi radicals, a ligature, full width.
        ("⼀⼆⽂⽴", "一二文立"), ("eﬃcient ﬁeld", "efficient field"), ("ＡＢ１２", "AB12"),
        // CJK Radicals Supplement.
        ("⻚⻓⻔⻋⻅⻉⻛⻜⻢⻥⻦⻩⻬⻰⺠", "页长门车见贝风飞马鱼鸟黄齐龙民"),
        ("a \t b\u{00a0}\u{3000}c  \n  d", "a b c\nd"),
        ("\u{0c}\n\n one\r\n\r\n\r\n two \n\u{0c}", "one\n\ntwo"),
        ("a\u{0007}b\u{200b}c\u{feff}", "abc"),
        // What a font alone knows, and what was cut in the middle.
        ("x\u{e000}\u{f8ff}y\u{fffd}", "xy"),
        ("", ""), (" \n \u{0c}\n", ""),
    ])
    func `a text is put in order`(_ raw: String, _ clean: String) {
        #expect(PageText.clean(raw) == clean)
    }

    @Test func `a page has so many characters and no more`() {
        let long = String(repeating: "页", count: PageText.limit)
        #expect(PageText.clean(long) == long)
        #expect(PageText.clean(long + "尾") == long)
        #expect(PageText.clean(String(repeating: "ﷺ", count: 8_000)).unicodeScalars.count == 8_000)
    }

    @Test func `cleaning twice changes nothing`() {
        for raw in ["⻚ ﬁ\n\n\n x", "e\u{301} ①½", "한글\u{1112}\u{1161}\u{11ab}"] {
            let once = PageText.clean(raw)
            #expect(PageText.clean(once) == once)
        }
    }
}

internal import Foundation

/// The words on a page, as they are searched and read aloud.
enum PageText {
    /// Characters of one page.
    static let limit = 8_000

    /// What a program found on a page, in the characters that people type: compatibility forms, which
    /// fonts of documents name instead, become the common ones; each line has single blanks, and
    /// between lines stands at most one that is empty.
    static func clean(_ raw: String) -> String {
        let common = String(
            String.UnicodeScalarView(raw.unicodeScalars.map { radicals[$0] ?? $0 })
        ).precomposedStringWithCompatibilityMapping
        var lines: [String] = []
        for line in common.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let blank = line.unicodeScalars.map { isBlank($0) ? " " : $0 }
            let shown = String(String.UnicodeScalarView(blank.filter(isShown)))
            let words = PlainText.singleSpaced(shown)
            if !words.isEmpty || lines.last?.isEmpty == false { lines.append(words) }
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        let text = lines.joined(separator: "\n")
        guard text.unicodeScalars.count > limit else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit)))
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\t" || scalar.properties.isWhitespace
    }

    /// Nothing that a font alone knows, and nothing of a character that was cut.
    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        scalar != "\u{fffd}" && scalar.properties.generalCategory != .privateUse
            && PlainText.isPrintable(scalar)
    }

    /// CJK Radicals Supplement, where a document names a radical for the character of that shape; those
    /// of U+2F00 to U+2FD5 have compatibility mappings in Unicode, these have none.
    private static let radicals: [Unicode.Scalar: Unicode.Scalar] = [
        "⺁": "厂", "⺈": "刀", "⺋": "㔾", "⺌": "小", "⺍": "小", "⺎": "兀", "⺐": "尢", "⺑": "尣",
        "⺒": "巳", "⺓": "幺", "⺖": "忄", "⺗": "心", "⺘": "扌", "⺙": "攵", "⺛": "旡", "⺜": "日",
        "⺝": "月", "⺞": "歺", "⺟": "母", "⺠": "民", "⺡": "氵", "⺢": "水", "⺣": "灬", "⺤": "爪",
        "⺦": "丬", "⺧": "牛", "⺨": "犭", "⺩": "王", "⺪": "疋", "⺫": "目", "⺬": "示", "⺭": "礻",
        "⺮": "竹", "⺰": "纟", "⺱": "网", "⺲": "罒", "⺳": "网", "⺶": "羊", "⺷": "羊", "⺸": "羊",
        "⺹": "耂", "⺺": "聿", "⺻": "聿", "⺼": "肉", "⺽": "臼", "⺾": "艹", "⺿": "艹", "⻀": "艹",
        "⻁": "虎", "⻂": "衤", "⻃": "覀", "⻄": "西", "⻅": "见", "⻆": "角", "⻈": "讠", "⻉": "贝",
        "⻋": "车", "⻌": "辶", "⻍": "辶", "⻎": "辶", "⻏": "阝", "⻐": "钅", "⻑": "長", "⻒": "镸",
        "⻓": "长", "⻔": "门", "⻖": "阝", "⻗": "雨", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风",
        "⻜": "飞", "⻝": "食", "⻟": "飠", "⻠": "饣", "⻢": "马", "⻣": "骨", "⻤": "鬼", "⻥": "鱼",
        "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻪": "黾", "⻫": "斉", "⻬": "齐", "⻭": "歯",
        "⻮": "齿", "⻯": "竜", "⻰": "龙", "⻲": "亀", "⻳": "龟",
    ]
}

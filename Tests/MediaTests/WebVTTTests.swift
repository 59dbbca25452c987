// Proves the file of captions: golden text, and text that would break a cue.
import Media
import Testing

struct WebVTTTests {
    @Test
    func `captions are the golden file`() throws {
        let cues: [WebVTT.Cue] = [
            .init(from: 3_723_004, to: 3_724_000, text: "one hour later"),
            .init(from: 0, to: 1_500, speaker: "王芳 <CEO>\n", text: "大家好 & welcome"),
            .init(from: 1_500, to: 1_500, text: "line one\r\n\r\n \nline --> two\u{0}"),
            .init(from: 1_600, to: 1_700, speaker: "--", text: "--"),
            .init(from: -5, to: -1, text: "before the start"),
            .init(from: 2_000, to: 3_000, text: " \n\r\n"),
            .init(from: 360_000_000, to: 360_000_999, text: "<b>a hundred hours</b>"),
        ]
        let bytes = WebVTT.document(cues, language: "zh-CN")
        try checkGolden(String(decoding: bytes, as: UTF8.self), "captions.vtt")
    }

    @Test
    func `a file without cues is a head`() {
        #expect(WebVTT.document([]) == Array("WEBVTT\n\n".utf8))
        #expect(
            WebVTT.head(language: "a\n\nb --> c")
                == Array("WEBVTT\n\nNOTE Language: a b --&gt; c\n\n".utf8)
        )
    }

    @Test
    func `no time is beyond what can be written`() {
        var bytes: [UInt8] = []
        WebVTT.Cue(from: .max, to: .min, text: "x").append(to: &bytes)
        WebVTT.Cue(from: .min, to: .max, text: "x").append(to: &bytes)
        #expect(!bytes.isEmpty)
    }
}

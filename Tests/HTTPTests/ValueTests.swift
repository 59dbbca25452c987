// Proves the small values: dates, tags, cookies, queries, problems, security fields.
import HTTP
import HTTPTypes
import Testing

struct ValueTests {
    static let dates: [(seconds: Int64, text: String)] = [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (951_868_799, "Tue, 29 Feb 2000 23:59:59 GMT"),
        (951_868_800, "Wed, 01 Mar 2000 00:00:00 GMT"),
        (1_790_000_000, "Mon, 21 Sep 2026 14:13:20 GMT"),
        (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
        (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
        (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
        (.max, "Fri, 31 Dec 9999 23:59:59 GMT"),
        (.min, "Mon, 01 Jan 0001 00:00:00 GMT"),
    ]

    @Test(arguments: dates)
    func `a date is an IMF-fixdate`(seconds: Int64, text: String) {
        #expect(HTTPDate(secondsSinceEpoch: seconds).description == text)
    }

    static let lists: [(list: String, names: Bool)] = [
        ("\"abc\"", true), ("W/\"abc\"", true), ("*", true), ("\"x\", \"abc\"", true),
        ("\"x\",W/\"abc\" ", true), (", \"abc\",", true), ("\"a,b\", \"abc\"", true),
        ("\"abcd\"", false), ("abc", false), ("\"abc", false), ("\"x\"\"abc\"", false),
        ("", false), ("w/\"abc\"", false), ("\"*\"", false),
    ]

    @Test(arguments: lists)
    func `If-None-Match names a tag by the weak comparison`(list: String, names: Bool) throws {
        let tag = try #require(EntityTag("abc"))
        #expect(tag.isNamed(byIfNoneMatch: [.ifNoneMatch: list]) == names)
    }

    @Test func `a tag is quoted and made of visible bytes`() throws {
        #expect(EntityTag("a", isWeak: true)?.text == "W/\"a\"")
        #expect(EntityTag("a\"b") == nil)
        #expect(EntityTag("a b") == nil)
        #expect(EntityTag("a\r\n") == nil)
        let digest = EntityTag(digest: (0..<32).map { UInt8($0) })
        #expect(digest.text == "\"000102030405060708090a0b0c0d0e0f\"")
        #expect(try !#require(EntityTag("a")).isNamed(byIfNoneMatch: [:]))
    }

    static let cookies: [(field: String, value: String?)] = [
        ("s=1", "1"), ("a=b; s=1", "1"), ("s=1; s=2", "1"), ("s=a=b", "a=b"), ("s=\"q\"", "q"),
        ("s=", ""), ("S=1", nil), ("s", nil), ("=s", nil), ("", nil), ("as=1", nil),
        (" s=1 ;b=2", "1"),
    ]

    @Test(arguments: cookies)
    func `a cookie is found by its exact name`(field: String, value: String?) {
        #expect(Cookies([.cookie: field])["s"] == value)
    }

    @Test func `a cookie is set with its guards`() throws {
        var cookie = try #require(
            SetCookie(name: "s", value: "a-b", maxAgeSeconds: 60, isSecure: true)
        )
        #expect(cookie.text == "s=a-b; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Lax")
        cookie.maxAgeSeconds = nil
        cookie.isSecure = false
        cookie.sameSite = .strict
        #expect(cookie.text == "s=a-b; Path=/; HttpOnly; SameSite=Strict")
        #expect(SetCookie(name: "", value: "", isSecure: true) == nil)
        #expect(SetCookie(name: "a b", value: "", isSecure: true) == nil)
        for value in ["a;b", "a b", "a,b", "\"", "a\\b", "é", "a\r\n"] {
            #expect(SetCookie(name: "s", value: value, isSecure: true) == nil)
        }
        #expect(SetCookie(name: "s", value: "1", path: "/;x", isSecure: true) == nil)
        var response = Response()
        response.set(cookie)
        response.set(cookie)
        #expect(response.fields[values: .setCookie].count == 2)
    }

    static let targets: [(target: String, path: [String], items: [String])] = [
        ("/", [], []), ("/a", ["a"], []), ("/a/", ["a", ""], []), ("//a", ["", "a"], []),
        ("/a%20b/%E8%B7%AF", ["a b", "路"], []), ("/a+b", ["a+b"], []), ("/...", ["..."], []),
        ("/?", [], []), ("/?a", [], ["a="]), ("/?a=1&b=2&a=3", [], ["a=1", "b=2", "a=3"]),
        ("/?a=%26+%3D&&", [], ["a=& ="]), ("/a?b?c=/d", ["a"], ["b?c=/d"]), ("/?=x", [], ["=x"]),
    ]

    @Test(arguments: targets)
    func `a target is split and decoded`(target: String, path: [String], items: [String]) throws {
        let parsed = try RequestTarget(target)
        #expect(parsed.path == path)
        #expect(parsed.query.items.map { "\($0.name)=\($0.value)" } == items)
        #expect(parsed.raw == target)
    }

    @Test func `a problem is JSON with code, action and time to retry`() {
        let problem = ProblemDetails(
            status: .tooManyRequests,
            code: "rate.limited",
            action: .wait,
            detail: "say \"a\\b\"\n\u{1}路",
            retryMilliseconds: 1_500,
            data: #"{"limit":5}"#
        )
        let text =
            #"{"title":"Too Many Requests","status":429,"code":"rate.limited","action":"wait","#
            + #""detail":"say \"a\\b\"\u000a\u0001路","retryMs":1500,"data":{"limit":5}}"#
        #expect(problem.json == text)
        #expect(problem.response.fields[.retryAfter] == "2")
        #expect(problem.response.fields[.cacheControl] == "no-store")
        #expect(ProblemAction.allCases.map(\.rawValue).contains("sign_in"))
    }

    @Test(arguments: [400, 401, 403, 404, 405, 408, 409, 413, 415, 422, 429, 500, 501, 503, 505])
    func `a problem has a title even where its status came without a name`(code: Int) {
        let status = HTTPResponse.Status(code: code)
        #expect(status.reasonPhrase.isEmpty)
        let problem = ProblemDetails(status: status, code: "a", action: .mend, detail: "")
        #expect(!problem.status.reasonPhrase.isEmpty && problem.status.code == code)
        #expect(!problem.json.contains(#""title":"""#))
    }

    static let retries: [(milliseconds: Int, seconds: String)] = [
        (-5, "1"), (0, "1"), (1, "1"), (1_000, "1"), (1_001, "2"), (.max, "9223372036854776"),
    ]

    @Test(arguments: retries)
    func `Retry-After is never too early`(milliseconds: Int, seconds: String) {
        let problem = ProblemDetails(
            status: .serviceUnavailable,
            code: "x",
            action: .wait,
            detail: "",
            retryMilliseconds: milliseconds
        )
        #expect(problem.response.fields[.retryAfter] == seconds)
    }

    @Test func `every answer forbids what a page does not need`() {
        var response = Response()
        SecurityFields(isTLS: false).add(to: &response, authority: "luyan.test:8080")
        #expect(
            response.fields[.contentSecurityPolicy]
                == "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "
                + "style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
                + "worker-src 'self'; connect-src 'self' ws://luyan.test:8080 "
                + "wss://luyan.test:8080; base-uri 'none'; form-action 'self'; "
                + "frame-ancestors 'none'"
        )
        #expect(response.fields[.xContentTypeOptions] == "nosniff")
        #expect(response.fields[.strictTransportSecurity] == nil)
        #expect(response.fields.contains { $0.name.canonicalName == "referrer-policy" })
        var image = Response()
        image.fields[.contentSecurityPolicy] = "sandbox"
        SecurityFields(isTLS: true).add(to: &image, authority: nil)
        #expect(image.fields[.contentSecurityPolicy] == "sandbox")
        #expect(image.fields[.strictTransportSecurity] == "max-age=31536000")
    }

    static let types: [(name: String, type: String)] = [
        ("a.html", "text/html; charset=utf-8"), ("a.min.JS", "text/javascript; charset=utf-8"),
        ("a.json", "application/json"), ("x/y.css", "text/css; charset=utf-8"),
        ("a", "application/octet-stream"), ("a.", "application/octet-stream"),
        ("", "application/octet-stream"), (".webp", "image/webp"),
        ("a.png.exe", "application/octet-stream"),
    ]

    @Test(arguments: types)
    func `a type follows the last extension`(name: String, type: String) {
        #expect(MediaType(fileName: name).text == type)
    }
}

// Proves that conditional requests are weighed in the order of RFC 9110 §13.2.2 and dates are read in
// all three forms.
import HTTP
import HTTPTypes
import Testing

struct ConditionTests {
    static let now = HTTPDate(secondsSinceEpoch: 1_790_000_000)
    static let date = "Sun, 06 Nov 1994 08:49:37 GMT"
    static let before = "Sun, 06 Nov 1994 08:49:36 GMT"
    static let after = "Sun, 06 Nov 1994 08:49:38 GMT"

    static let dates: [(text: String, seconds: Int64?)] = [
        (date, 784_111_777),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
        ("Sun Nov  6 08:49:37 1994", 784_111_777),
        ("Wed Nov 16 08:49:37 1994", 784_975_777),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Wed, 31 Dec 1969 23:59:59 GMT", -1),
        ("Mon, 01 Jan 0001 00:00:00 GMT", -62_135_596_800),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600),
        ("Wed, 01 Mar 2000 00:00:00 GMT", 951_868_800),
        ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800),
        // 2026 is now: 76 is still to come, 77 was.
        ("Friday, 31-Jan-76 00:00:00 GMT", 3_347_654_400),
        ("Monday, 31-Jan-77 00:00:00 GMT", 223_516_800),
        ("Sun, 29 Feb 1900 00:00:00 GMT", nil), ("Sun, 31 Apr 2000 00:00:00 GMT", nil),
        ("Sun, 00 Jan 2000 00:00:00 GMT", nil), ("Sun, 06 Nov 1994 24:00:00 GMT", nil),
        ("Sun, 06 Nov 1994 08:60:00 GMT", nil), ("Sun, 06 Nov 1994 08:49:61 GMT", nil),
        ("Sun, 06 Nov 1994 08:49:37", nil), ("Sun, 06 Nov 1994 08:49:37 UTC", nil),
        ("Sun, 6 Nov 1994 08:49:37 GMT", nil), ("sun, 06 nov 1994 08:49:37 gmt", nil),
        ("Sun, 06 Nov 0000 08:49:37 GMT", nil), ("Sun, 06 Nov 94 08:49:37 GMT", nil),
        ("Sunday, 06-Nov-1994 08:49:37 GMT", nil), ("Sun Nov 6 08:49:37 1994", nil),
        ("Sun Nov 06 08:49:37 1994", 784_111_777), ("784111777", nil), ("", nil),
        ("\(date), \(date)", nil), ("Sun, 0٦ Nov 1994 08:49:37 GMT", nil),
    ]

    @Test(arguments: dates)
    func `a date is read in three forms or not at all`(text: String, seconds: Int64?) {
        #expect(HTTPDate(text, now: Self.now)?.secondsSinceEpoch == seconds)
    }

    @Test func `days of 800 years are read as they are written`() {
        for day in stride(from: -146_000, through: 146_000, by: 61) {
            let date = HTTPDate(secondsSinceEpoch: Int64(day) * 86_400 + 3_723)
            guard HTTPDate(date.description, now: Self.now) == date else {
                Issue.record("\(date)")
                return
            }
        }
    }

    typealias Fields = [(HTTPField.Name, String)]

    /// The tag is `"a"`, strong; the date is `date`.
    static let conditions: [(fields: Fields, get: Validators.Verdict, put: Validators.Verdict)] = [
        ([], .proceed, .proceed),
        ([(.ifMatch, "\"a\"")], .proceed, .proceed),
        ([(.ifMatch, "\"b\", \"a\"")], .proceed, .proceed),
        ([(.ifMatch, "*")], .proceed, .proceed),
        ([(.ifMatch, "\"b\"")], .failed, .failed),
        ([(.ifMatch, "W/\"a\"")], .failed, .failed),
        ([(.ifMatch, "a")], .failed, .failed),
        ([(.ifUnmodifiedSince, before)], .failed, .failed),
        ([(.ifUnmodifiedSince, date)], .proceed, .proceed),
        ([(.ifUnmodifiedSince, "never")], .proceed, .proceed),
        // If-Match goes before If-Unmodified-Since.
        ([(.ifMatch, "\"a\""), (.ifUnmodifiedSince, before)], .proceed, .proceed),
        ([(.ifMatch, "\"b\""), (.ifUnmodifiedSince, date)], .failed, .failed),
        ([(.ifNoneMatch, "\"a\"")], .notModified, .failed),
        ([(.ifNoneMatch, "W/\"a\"")], .notModified, .failed),
        ([(.ifNoneMatch, "*")], .notModified, .failed),
        ([(.ifNoneMatch, "\"b\"")], .proceed, .proceed),
        ([(.ifModifiedSince, date)], .notModified, .proceed),
        ([(.ifModifiedSince, after)], .notModified, .proceed),
        ([(.ifModifiedSince, before)], .proceed, .proceed),
        ([(.ifModifiedSince, "never")], .proceed, .proceed),
        // If-None-Match goes before If-Modified-Since.
        ([(.ifNoneMatch, "\"b\""), (.ifModifiedSince, date)], .proceed, .proceed),
        ([(.ifNoneMatch, "\"a\""), (.ifModifiedSince, before)], .notModified, .failed),
        // Both pairs are weighed.
        ([(.ifMatch, "\"a\""), (.ifNoneMatch, "\"a\"")], .notModified, .failed),
        ([(.ifMatch, "\"b\""), (.ifNoneMatch, "\"a\"")], .failed, .failed),
        ([(.ifUnmodifiedSince, date), (.ifModifiedSince, date)], .notModified, .proceed),
    ]

    @Test(arguments: conditions)
    func `conditions are weighed in order`(
        fields: Fields,
        get: Validators.Verdict,
        put: Validators.Verdict
    ) throws {
        let validators = Validators(
            tag: try #require(EntityTag("a")),
            modified: HTTPDate(Self.date, now: Self.now)
        )
        for (method, verdict) in [
            (HTTPRequest.Method.get, get), (.head, get), (.put, put), (.post, put),
        ] {
            let head = try makeHead("/", method, fields)
            #expect(validators.weigh(head, now: Self.now) == verdict, "\(method)")
        }
        let weak = Validators(tag: try #require(EntityTag("a", isWeak: true)))
        let strict = try makeHead("/", .get, [(.ifMatch, "W/\"a\"")])
        #expect(weak.weigh(strict, now: Self.now) == .failed)
        // No date is known: those of the request mean nothing.
        let dated = try makeHead("/", .get, [(.ifModifiedSince, Self.date)])
        #expect(weak.weigh(dated, now: Self.now) == .proceed)
    }

    static let accepted: [(field: String?, coding: ContentCoding?)] = [
        (nil, nil), ("", nil), ("gzip", .gzip), ("br", .brotli), ("gzip, br", .brotli),
        ("gzip, deflate, br, zstd", .brotli), ("GZIP", .gzip), ("x-gzip", .gzip),
        ("gzip;q=1, br;q=0.9", .gzip), ("gzip;q=0.5, br;q=0.51", .brotli),
        ("gzip;q=0", nil), ("br;q=0, gzip", .gzip), ("*", .brotli), ("*;q=0", nil),
        ("br;q=0, *", .gzip), ("gzip, *;q=0", .gzip), ("identity", nil),
        ("identity, gzip", .gzip), ("gzip;q=0.5, identity", nil),
        ("gzip;q=0.5, identity;q=0.5", .gzip), ("identity;q=0", nil),
        ("identity;q=0, gzip;q=0.001", .gzip), ("gzip;q=0.000", nil),
        ("gzip ; q=0.2 , br ;Q=0.3", .brotli), ("gzip;q=1.001", nil), ("gzip;q=2", nil),
        ("gzip;q=0.0001", nil), ("gzip;q=", nil), ("gzip;x=1", nil), ("gzip;q=.5", nil),
        ("gz ip, br", .brotli), (",,gzip,", .gzip), ("gzip;q=1;q=0", nil), ("deflate", nil),
    ]

    @Test(arguments: accepted)
    func `the coding liked best is chosen`(field: String?, coding: ContentCoding?) {
        var fields = HTTPFields()
        fields[.acceptEncoding] = field
        let chosen = AcceptEncoding(fields).choose(from: ContentCoding.allCases)
        #expect(chosen == coding)
        #expect(AcceptEncoding(fields).choose(from: []) == nil)
    }
}

/// A head put together by hand.
func makeHead(
    _ path: String,
    _ method: HTTPRequest.Method,
    _ fields: [(HTTPField.Name, String)] = []
) throws -> RequestHead {
    var request = HTTPRequest(method: method, scheme: "http", authority: "a", path: path)
    for (name, value) in fields { request.headerFields.append(HTTPField(name: name, value: value)) }
    return RequestHead(request: request, target: try RequestTarget(path))
}

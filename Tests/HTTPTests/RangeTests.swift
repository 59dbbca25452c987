// Proves that ranges are read and answered as RFC 9110 §14 means them, and cannot amplify.
import HTTP
import HTTPTypes
import TestSupport
import Testing

struct RangeTests {
    static let now = HTTPDate(secondsSinceEpoch: 1_790_000_000)

    static let fields: [(field: String, ranges: ByteRanges)] = [
        ("bytes=0-0", .some([0..<1])), ("bytes=0-", .some([0..<1_000])),
        ("bytes=999-", .some([999..<1_000])), ("bytes=999-999", .some([999..<1_000])),
        ("bytes=1000-", .unsatisfiable), ("bytes=1000-2000", .unsatisfiable),
        ("bytes=10-5000", .some([10..<1_000])), ("bytes=-1", .some([999..<1_000])),
        ("bytes=-1000", .some([0..<1_000])), ("bytes=-5000", .some([0..<1_000])),
        ("bytes=-0", .unsatisfiable), ("BYTES=1-2", .some([1..<3])),
        ("bytes=99999999999999999999999-", .unsatisfiable),
        ("bytes=5-99999999999999999999999", .some([5..<1_000])),
        ("bytes=-99999999999999999999999", .some([0..<1_000])),
        ("bytes=0-0,500-600", .some([0..<1, 500..<601])),
        ("bytes= 500-600 , 0-0", .some([500..<601, 0..<1])),
        ("bytes=0-0,,500-600,", .some([0..<1, 500..<601])),
        ("bytes=0-9,5-20", .some([0..<21])), ("bytes=5-20,0-9", .some([0..<21])),
        ("bytes=0-9,89-99", .some([0..<100])), ("bytes=0-9,90-99", .some([0..<10, 90..<100])),
        ("bytes=500-600,0-9,550-700", .some([500..<701, 0..<10])),
        ("bytes=0-9,2000-", .some([0..<10])), ("bytes=2000-,3000-", .unsatisfiable),
        ("bytes=0-,-1000,0-999", .some([0..<1_000])),
        ("bytes=5-4", .whole), ("bytes=0-0,5-4", .whole), ("bytes=-", .whole),
        ("bytes=", .whole), ("bytes=,", .whole), ("bytes", .whole), ("bytes=a-b", .whole),
        ("bytes=1", .whole), ("bytes=1-2-3", .whole), ("bytes=--1", .whole),
        ("bytes=1 -2", .whole), ("bytes=+1-2", .whole), ("bytes=0x0-1", .whole),
        ("items=0-1", .whole), ("bytes =0-1", .whole), ("", .whole),
    ]

    @Test(arguments: fields)
    func `a field asks for these bytes`(field: String, ranges: ByteRanges) {
        #expect(ByteRanges(field, of: 1_000) == ranges)
    }

    @Test func `nothing has no ranges but its end`() {
        #expect(ByteRanges("bytes=0-", of: 0) == .unsatisfiable)
        #expect(ByteRanges("bytes=-5", of: 0) == .whole)
    }

    @Test func `more ranges than the limit are all of it`() {
        let many = (0..<17).map { "\($0 * 200)-\($0 * 200)" }
        let limit = "bytes=" + many.prefix(16).joined(separator: ",")
        let over = "bytes=" + many.joined(separator: ",")
        #expect(ByteRanges(limit, of: 10_000) == .some((0..<16).map { $0 * 200..<$0 * 200 + 1 }))
        #expect(ByteRanges(over, of: 10_000) == .whole)
    }

    @Test func `no byte goes out twice, whatever is asked`() {
        var random = SplitMix64(seed: 14)
        for _ in 0..<2_000 {
            let specs = (0..<Int.random(in: 1...16, using: &random)).map { _ in
                let first = Int.random(in: 0...1_200, using: &random)
                return ["\(first)-", "-\(first)", "\(first)-\(first + 90)"]
                    .randomElement(using: &random) ?? ""
            }
            let field = "bytes=" + specs.joined(separator: ",")
            guard case .some(let ranges) = ByteRanges(field, of: 1_000) else { continue }
            let sorted = ranges.sorted { $0.lowerBound < $1.lowerBound }
            #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
            #expect(ranges.allSatisfy { !$0.isEmpty && $0.upperBound <= 1_000 }, "\(field)")
            // What each satisfiable spec asked for is there.
            for spec in specs {
                guard case .some(let one) = ByteRanges("bytes=\(spec)", of: 1_000) else { continue }
                #expect(
                    ranges.contains {
                        $0.contains(one[0].lowerBound) && $0.upperBound >= one[0].upperBound
                    }
                )
            }
        }
    }

    // MARK: Answers

    static let content = (0..<1_000).map { UInt8(truncatingIfNeeded: $0) }
    static let date = "Sun, 06 Nov 1994 08:49:37 GMT"

    private static func answer(
        _ method: HTTPRequest.Method = .get,
        _ fields: [(HTTPField.Name, String)]
    ) throws -> Response {
        let representation = Representation(
            source: .bytes(content),
            type: .plainText,
            validators: Validators(
                tag: try #require(EntityTag("abc")),
                modified: HTTPDate(date, now: now)
            ),
            fields: [.cacheControl: "no-cache"],
            contentFields: [.contentLanguage: "en"]
        )
        return representation.response(to: try makeHead("/", method, fields), now: now)
    }

    @Test func `one range is 206 with its place`() throws {
        let response = try Self.answer(.get, [(.range, "bytes=10-19")])
        #expect(response.status == .partialContent)
        #expect(response.body == Array(Self.content[10..<20]))
        #expect(response.fields[.contentRange] == "bytes 10-19/1000")
        #expect(response.fields[.contentType] == "text/plain; charset=utf-8")
        #expect(response.fields[.eTag] == "\"abc\"")
        #expect(response.fields[.lastModified] == Self.date)
        #expect(response.fields[.acceptRanges] == "bytes")
    }

    @Test func `a file from the future is as old as its answer`() throws {
        let representation = Representation(
            source: .bytes([1]),
            type: .octets,
            validators: Validators(
                tag: try #require(EntityTag("a")),
                modified: HTTPDate(secondsSinceEpoch: Self.now.secondsSinceEpoch + 1)
            )
        )
        let response = representation.response(to: try makeHead("/", .get), now: Self.now)
        #expect(response.fields[.lastModified] == Self.now.description)
    }

    @Test func `several ranges are parts that can be told apart`() throws {
        let response = try Self.answer(.get, [(.range, "bytes=10-11,500-501")])
        #expect(response.status == .partialContent)
        #expect(response.fields[.contentRange] == nil)
        #expect(
            response.fields[.contentType] == "multipart/byteranges; boundary=luyan-abc"
        )
        guard case .parts(let parts) = response.content else {
            Issue.record("no parts")
            return
        }
        let bytes = parts.flatMap { part -> [UInt8] in
            if case .bytes(let bytes) = part { return bytes }
            return []
        }
        #expect(response.content.count == bytes.count)
        let first = Array(
            "--luyan-abc\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 10-11/1000\r\n\r\n"
                .utf8
        )
        let second = Array(
            "\r\n--luyan-abc\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 500-501/1000\r\n\r\n"
                .utf8
        )
        let expected =
            first + Self.content[10...11] + second + Self.content[500...501]
            + Array("\r\n--luyan-abc--\r\n".utf8)
        #expect(bytes == expected)
    }

    @Test func `no such range is 416 with the length`() throws {
        let response = try Self.answer(.get, [(.range, "bytes=1000-")])
        #expect(response.status == .rangeNotSatisfiable)
        #expect(response.fields[.contentRange] == "bytes */1000")
    }

    /// Fields, method, status.
    static let answers: [(fields: ConditionTests.Fields, method: HTTPRequest.Method, status: Int)] =
        [
            ([], .get, 200), ([(.range, "bytes=5-4")], .get, 200),
            ([(.range, "bytes=0-1")], .head, 200),
            ([(.range, "bytes=0-1"), (.ifRange, "\"abc\"")], .get, 206),
            ([(.range, "bytes=0-1"), (.ifRange, "\"abd\"")], .get, 200),
            ([(.range, "bytes=0-1"), (.ifRange, "W/\"abc\"")], .get, 200),
            ([(.range, "bytes=0-1"), (.ifRange, "*")], .get, 200),
            ([(.range, "bytes=0-1"), (.ifRange, date)], .get, 206),
            ([(.range, "bytes=0-1"), (.ifRange, "Sun, 06 Nov 1994 08:49:38 GMT")], .get, 200),
            ([(.range, "bytes=2000-"), (.ifRange, "\"old\"")], .get, 200),
            // Conditions go before ranges.
            ([(.range, "bytes=0-1"), (.ifNoneMatch, "\"abc\"")], .get, 304),
            ([(.range, "bytes=0-1"), (.ifMatch, "\"old\"")], .get, 412),
            ([(.range, "bytes=0-1"), (.ifMatch, "\"abc\"")], .get, 206),
        ]

    @Test(arguments: answers)
    func `a request has one answer`(
        fields: ConditionTests.Fields,
        method: HTTPRequest.Method,
        status: Int
    ) throws {
        let response = try Self.answer(method, fields)
        #expect(response.status.code == status)
        if status == 200 { #expect(response.body == Self.content) }
        #expect((response.fields[.acceptRanges] == "bytes") == (status == 200 || status == 206))
        if status == 304 {
            #expect(response.fields[.cacheControl] == "no-cache")
            #expect(response.fields[.contentType] == nil)
        }
    }
}

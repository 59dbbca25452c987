// Proves that files are served from memory with tags, types and conditions, and nothing else is.
import HTTP
import HTTPTypes
import Testing

struct StaticFilesTests {
    static let files = {
        var files = StaticFiles()
        files.add(
            "index.html",
            bytes: Array("<p>".utf8),
            digest: [UInt8](repeating: 0xAB, count: 32)
        )
        files.add(
            "app/main.js",
            bytes: Array("1".utf8),
            digest: [UInt8](repeating: 0xCD, count: 32)
        )
        return files
    }()
    static let now = HTTPDate(secondsSinceEpoch: 1_790_000_000)
    static let tag = "\"" + String(repeating: "cd", count: 16) + "\""

    private static func head(
        _ path: String,
        _ method: HTTPRequest.Method = .get,
        fields: HTTPFields = [:]
    ) throws -> RequestHead {
        RequestHead(
            request: HTTPRequest(
                method: method,
                scheme: "http",
                authority: "a",
                path: path,
                headerFields: fields
            ),
            target: try RequestTarget(path)
        )
    }

    @Test func `a file comes with type, tag and the order to ask again`() throws {
        let response = try #require(
            Self.files.response(to: Self.head("/app/main.js?x=1"), now: Self.now)
        )
        #expect(response.status == .ok)
        #expect(response.body == Array("1".utf8))
        #expect(response.fields[.contentType] == "text/javascript; charset=utf-8")
        #expect(response.fields[.xContentTypeOptions] == "nosniff")
        #expect(response.fields[.eTag] == Self.tag)
        #expect(response.fields[.cacheControl] == "no-cache")
    }

    @Test(arguments: [HTTPRequest.Method.get, .head])
    func `what the cache has is not sent again`(method: HTTPRequest.Method) throws {
        let head = try Self.head("/app/main.js", method, fields: [.ifNoneMatch: Self.tag])
        let response = try #require(Self.files.response(to: head, now: Self.now))
        #expect(response.status == .notModified)
        #expect(response.body.isEmpty)
        #expect(response.fields[.eTag] == Self.tag)
        let other = try Self.head("/app/main.js", method, fields: [.ifNoneMatch: "\"old\""])
        #expect(Self.files.response(to: other, now: Self.now)?.status == .ok)
    }

    @Test(arguments: ["/", "/app", "/app/", "/app/main.js/", "/APP/main.js", "/nothing"])
    func `another path is no file`(path: String) throws {
        #expect(try Self.files.response(to: Self.head(path), now: Self.now) == nil)
    }

    @Test func `a page may be named by its route`() throws {
        let head = try Self.head("/r/0123")
        #expect(
            Self.files.response(to: head, path: "index.html", now: Self.now)?.body
                == Array("<p>".utf8)
        )
        #expect(Self.files.response(to: head, path: "../index.html", now: Self.now) == nil)
    }

    @Test func `other methods are told what is allowed`() throws {
        let response = try #require(
            Self.files.response(to: Self.head("/index.html", .post), now: Self.now)
        )
        #expect(response.status == .methodNotAllowed)
        #expect(response.fields[.allow] == "GET, HEAD, OPTIONS")
    }

    @Test func `the index knows its files`() {
        #expect(Self.files.paths == ["app/main.js", "index.html"])
        #expect(Self.files["app/main.js"]?.validators.tag.text == Self.tag)
        #expect(Self.files["x"] == nil)
    }

    @Test func `a variant is another representation with a tag of its own`() throws {
        var files = Self.files
        let body = [UInt8](repeating: 0x61, count: 100)
        files.add("a.js", bytes: body, digest: [UInt8](repeating: 0xCD, count: 32))
        let tag = String(Self.tag.dropLast())
        let plain = try #require(
            files.response(
                to: makeHead("/a.js", .get, [(.acceptEncoding, "br, gzip")]),
                now: Self.now
            )
        )
        #expect(plain.body == body && plain.fields[.contentEncoding] == nil)
        #expect(plain.fields[.vary] == "Accept-Encoding")
        files.add([1, 2, 3], in: .gzip, of: "a.js")
        files.add([4, 5], in: .brotli, of: "a.js")
        // Not smaller, and of no file.
        files.add([9], in: .gzip, of: "app/main.js")
        files.add([9], in: .gzip, of: "none.js")
        func answer(_ fields: [(HTTPField.Name, String)], _ path: String = "/a.js") throws
            -> Response
        {
            try #require(files.response(to: makeHead(path, .get, fields), now: Self.now))
        }
        let brotli = try answer([(.acceptEncoding, "gzip, br")])
        #expect(brotli.body == [4, 5])
        #expect(brotli.fields[.contentEncoding] == "br")
        #expect(brotli.fields[.eTag] == tag + "-br\"")
        #expect(brotli.fields[.contentType] == "text/javascript; charset=utf-8")
        let gzip = try answer([(.acceptEncoding, "gzip")])
        #expect(gzip.body == [1, 2, 3])
        #expect(gzip.fields[.eTag] == tag + "-gzip\"")
        let known = try answer([(.acceptEncoding, "gzip"), (.ifNoneMatch, tag + "-gzip\"")])
        #expect(known.status == .notModified)
        #expect(known.fields[.vary] == "Accept-Encoding")
        let other = try answer([(.acceptEncoding, "gzip"), (.ifNoneMatch, Self.tag)])
        #expect(other.status == .ok)
        let part = try answer([(.acceptEncoding, "gzip"), (.range, "bytes=1-")])
        #expect(part.body == [2, 3] && part.fields[.contentEncoding] == "gzip")
        #expect(part.fields[.contentRange] == "bytes 1-2/3")
        #expect(try answer([(.acceptEncoding, "br")], "/app/main.js").body == Array("1".utf8))
    }

    @Test func `OPTIONS is told the methods`() throws {
        let response = try #require(
            Self.files.response(to: Self.head("/index.html", .options), now: Self.now)
        )
        #expect(response.status == .noContent)
        #expect(response.fields[.allow] == "GET, HEAD, OPTIONS")
    }
}

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
        let response = try #require(Self.files.response(to: Self.head("/app/main.js?x=1")))
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
        let response = try #require(Self.files.response(to: head))
        #expect(response.status == .notModified)
        #expect(response.body.isEmpty)
        #expect(response.fields[.eTag] == Self.tag)
        let other = try Self.head("/app/main.js", method, fields: [.ifNoneMatch: "\"old\""])
        #expect(Self.files.response(to: other)?.status == .ok)
    }

    @Test(arguments: ["/", "/app", "/app/", "/app/main.js/", "/APP/main.js", "/nothing"])
    func `another path is no file`(path: String) throws {
        #expect(try Self.files.response(to: Self.head(path)) == nil)
    }

    @Test func `a page may be named by its route`() throws {
        let head = try Self.head("/r/0123")
        #expect(Self.files.response(to: head, path: "index.html")?.body == Array("<p>".utf8))
        #expect(Self.files.response(to: head, path: "../index.html") == nil)
    }

    @Test func `other methods are told what is allowed`() throws {
        let response = try #require(Self.files.response(to: Self.head("/index.html", .post)))
        #expect(response.status == .methodNotAllowed)
        #expect(response.fields[.allow] == "GET, HEAD")
    }

    @Test func `the index knows its files`() {
        #expect(Self.files.paths == ["app/main.js", "index.html"])
        #expect(Self.files["app/main.js"]?.tag.text == Self.tag)
        #expect(Self.files["x"] == nil)
    }
}

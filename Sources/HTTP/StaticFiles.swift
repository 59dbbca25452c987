public import HTTPTypes

/// Files served from memory: read once by whoever owns the disk, answered here without I/O.
public struct StaticFiles: Sendable {
    /// One file, by its path below the root, such as `app/main.js`.
    public struct File: Sendable, Equatable {
        /// The content.
        public let bytes: [UInt8]
        /// Its media type.
        public let type: MediaType
        /// A strong tag of the content.
        public let tag: EntityTag

        /// Describes a file's content.
        public init(bytes: [UInt8], type: MediaType, tag: EntityTag) {
            self.bytes = bytes
            self.type = type
            self.tag = tag
        }
    }

    private var files: [String: File] = [:]

    /// Holds no file yet.
    public init() {}

    /// Adds a file, its type decided by its name.
    ///
    /// `path` is counted from the root, with slashes but no leading one; `digest` is the SHA-256 of
    /// the bytes, from which the tag is made.
    public mutating func add(_ path: String, bytes: [UInt8], digest: [UInt8]) {
        files[path] = File(
            bytes: bytes,
            type: MediaType(fileName: path),
            tag: EntityTag(digest: digest)
        )
    }

    /// All paths, sorted.
    public var paths: [String] { files.keys.sorted() }

    /// A file by its path; only what was added can be found, so no path leads outside.
    public subscript(path: String) -> File? { files[path] }

    /// Answers a request for the file whose path is the request's.
    /// - Returns: `nil` when there is no such file.
    public func response(to head: RequestHead) -> Response? {
        response(to: head, path: head.path.joined(separator: "/"))
    }

    /// Answers a request with a named file, for pages whose address is not their file's name.
    ///
    /// GET and HEAD get the file, or 304 when If-None-Match names it; others get 405. A cache has
    /// to ask again each time: a name stays, its content changes with the release.
    /// - Returns: `nil` when there is no such file.
    public func response(to head: RequestHead, path: String) -> Response? {
        guard let file = files[path] else { return nil }
        guard head.method == .get || head.method == .head else {
            return Self.methodNotAllowed(allowed: [.get, .head])
        }
        var response = Response(type: file.type, body: file.bytes)
        if file.tag.isNamed(byIfNoneMatch: head.fields) {
            response = Response(status: .notModified)
            response.fields[.xContentTypeOptions] = "nosniff"
        }
        response.fields[.eTag] = file.tag.text
        response.fields[.cacheControl] = "no-cache"
        return response
    }

    /// 405 with the methods that are allowed (RFC 9110 §15.5.6).
    public static func methodNotAllowed(allowed: [HTTPRequest.Method]) -> Response {
        let names = allowed.map(\.rawValue).joined(separator: ", ")
        var response = ProblemDetails(
            status: .methodNotAllowed,
            code: "method_not_allowed",
            action: .mend,
            detail: "Allowed here: \(names)."
        ).response
        response.fields[.allow] = names
        return response
    }
}

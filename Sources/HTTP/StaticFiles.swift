public import HTTPTypes

/// Files served from memory: read once by whoever owns the disk, answered here without I/O.
public struct StaticFiles: Sendable {
    /// One file, by its path below the root, such as `app/main.js`.
    public struct File: Sendable, Equatable {
        /// The content.
        public let bytes: [UInt8]
        /// Its media type.
        public let type: MediaType
        /// A strong tag of the content, and when the file was last changed.
        public let validators: Validators
        /// The content in other codings, each smaller than the content.
        public fileprivate(set) var variants: [ContentCoding: [UInt8]] = [:]

        /// Describes a file's content.
        public init(bytes: [UInt8], type: MediaType, validators: Validators) {
            self.bytes = bytes
            self.type = type
            self.validators = validators
        }
    }

    private var files: [String: File] = [:]

    /// Holds no file yet.
    public init() {}

    /// Adds a file, its type decided by its name.
    ///
    /// `path` is counted from the root, with slashes but no leading one; `digest` is the SHA-256 of
    /// the bytes, from which the tag is made; `modified` is when the file was last changed.
    public mutating func add(
        _ path: String,
        bytes: [UInt8],
        digest: [UInt8],
        modified: HTTPDate? = nil
    ) {
        files[path] = File(
            bytes: bytes,
            type: MediaType(fileName: path),
            validators: Validators(tag: EntityTag(digest: digest), modified: modified)
        )
    }

    /// Adds a file's content in a coding; one that is not smaller is of no use and left out.
    public mutating func add(_ variant: [UInt8], in coding: ContentCoding, of path: String) {
        guard let file = files[path], variant.count < file.bytes.count else { return }
        files[path]?.variants[coding] = variant
    }

    /// All paths, sorted.
    public var paths: [String] { files.keys.sorted() }

    /// A file by its path; only what was added can be found, so no path leads outside.
    public subscript(path: String) -> File? { files[path] }

    /// Answers a request for the file whose path is the request's.
    /// - Returns: `nil` when there is no such file.
    public func response(to head: RequestHead, now: HTTPDate) -> Response? {
        response(to: head, path: head.path.joined(separator: "/"), now: now)
    }

    /// Answers a request with a named file, for pages whose address is not their file's name.
    ///
    /// GET and HEAD get the file in the coding that the client likes best, or what the request's
    /// conditions and ranges come to; OPTIONS is told the methods, others get 405. A cache has to
    /// ask again each time: a name stays, its content changes with the release.
    /// - Returns: `nil` when there is no such file.
    public func response(to head: RequestHead, path: String, now: HTTPDate) -> Response? {
        guard let file = files[path] else { return nil }
        switch head.method {
        case .get, .head:
            return representation(of: file, for: head.fields).response(to: head, now: now)
        case .options: return Self.options(allowed: [.get, .head, .options])
        default: return Self.methodNotAllowed(allowed: [.get, .head, .options])
        }
    }

    /// A file as the answer of another status: whole, with nothing that conditions or ranges could
    /// hold on to.
    /// - Returns: `nil` when there is no such file.
    public func whole(
        _ path: String,
        status: HTTPResponse.Status,
        for head: RequestHead
    ) -> Response? {
        guard let file = files[path] else { return nil }
        let found = representation(of: file, for: head.fields)
        var response = Response(status: status, type: found.type, body: [])
        if case .bytes(let bytes) = found.source { response.body = bytes }
        for field in found.fields { response.fields[field.name] = field.value }
        for field in found.contentFields { response.fields[field.name] = field.value }
        return response
    }

    private func representation(of file: File, for fields: HTTPFields) -> Representation {
        var representation = Representation(
            source: .bytes(file.bytes),
            type: file.type,
            validators: file.validators,
            fields: [.cacheControl: "no-cache"]
        )
        guard file.type.isCompressible else { return representation }
        // Also before there is a variant: a cache must not give the plain bytes to all.
        representation.fields[.vary] = "Accept-Encoding"
        let codings = ContentCoding.allCases.filter { file.variants[$0] != nil }
        if let coding = AcceptEncoding(fields).choose(from: codings),
            let bytes = file.variants[coding]
        {
            representation.source = .bytes(bytes)
            representation.validators.tag = file.validators.tag.coded(coding.rawValue)
            representation.contentFields[.contentEncoding] = coding.rawValue
        }
        return representation
    }

    /// 204 with the methods that an address has (RFC 9110 §9.3.7).
    public static func options(allowed: [HTTPRequest.Method]) -> Response {
        var response = Response(status: .noContent)
        response.fields[.allow] = allowed.map(\.rawValue).joined(separator: ", ")
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

public import Ledger
public import OpenSSL
internal import Wire

/// What a bundle holds, whose it is, and of whom it may be read (docs/archive.md).
public struct BundleManifest: Hashable, Sendable {
    /// The version of the format.
    public static let version = 1
    public static let name = "manifest.json"
    public static let noteName = "manifest.note"
    public static let logName = "log.jsonl"
    /// Files of one bundle.
    public static let mostFiles = 20_000
    /// Bytes of a manifest that is read.
    public static let longest = 16 << 20

    public let server: String
    public let room: RoomID
    public let scope: BundleScope
    public let view: BundleView
    /// When it was made.
    public let made: Timestamp
    /// Events in its log, and the root of the tree over them.
    public let events: UInt64
    public let root: Digest
    /// The event that sealed the record; `nil` where it was not sealed yet.
    public let sealed: UInt64?
    public let files: [File]

    /// One file, by its place in the bundle.
    public struct File: Hashable, Sendable {
        public let name: String
        public let size: UInt64
        public let digest: Digest

        public init(name: String, size: UInt64, digest: Digest) {
            (self.name, self.size, self.digest) = (name, size, digest)
        }
    }

    public init(
        server: String,
        room: RoomID,
        scope: BundleScope,
        view: BundleView,
        made: Timestamp,
        events: UInt64,
        root: Digest,
        sealed: UInt64?,
        files: [File]
    ) {
        (self.server, self.room, self.scope, self.view) = (server, room, scope, view)
        (self.made, self.events, self.root, self.sealed) = (made, events, root, sealed)
        self.files = files
    }

    /// Its one spelling.
    public var bytes: [UInt8] {
        var writer = JSONWriter(reserving: 256 + 160 * files.count)
        writer.object { object in
            object.member("bundle", Self.version)
            object.member("server", server)
            object.member("room", "\(room)")
            object.member("scope", "\(scope)")
            object.member("view", view.rawValue)
            object.member("made", made.milliseconds)
            object.member("events", events)
            object.member("root", root.hex)
            object.member("sealed", orNull: sealed)
            object.member(
                "files",
                array: { array in
                    for file in files {
                        array.object { object in
                            object.member("name", file.name)
                            object.member("size", file.size)
                            object.member("sha256", file.digest.hex)
                        }
                    }
                }
            )
        }
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// Reads a manifest.
    /// - Throws: `manifest` for anything but its one spelling; `version` for another version.
    public init(parsing bytes: [UInt8]) throws(BundleFault) {
        guard bytes.count <= Self.longest, let json = try? JSONParser.parse(bytes) else {
            throw .manifest
        }
        guard let version = json["bundle"]?.integer else { throw .manifest }
        guard version == Self.version else { throw .version(Int(clamping: version)) }
        guard let read = Self(json), read.bytes == bytes else { throw .manifest }
        self = read
    }

    private init?(_ json: JSON) {
        guard let server = json["server"]?.text, Checkpoint.isServerName(server),
            let room = json["room"]?.text.flatMap({ RoomID($0) }),
            let scope = json["scope"]?.text.flatMap({ BundleScope($0) }),
            let view = json["view"]?.text.flatMap({ BundleView(rawValue: $0) }),
            let made = json["made"]?.natural, let events = json["events"]?.natural,
            let root = json["root"]?.text.flatMap({ Digest(hex: $0) }),
            let items = json["files"]?.items, items.count <= Self.mostFiles
        else { return nil }
        var files: [File] = []
        for item in items {
            guard let name = item["name"]?.text, Self.isFileName(name),
                let size = item["size"]?.natural,
                let digest = item["sha256"]?.text.flatMap({ Digest(hex: $0) })
            else { return nil }
            files.append(File(name: name, size: size, digest: digest))
        }
        self.init(
            server: server,
            room: room,
            scope: scope,
            view: view,
            made: Timestamp(milliseconds: made),
            events: events,
            root: root,
            sealed: json["sealed"]?.natural,
            files: files
        )
    }

    /// Letters, digits, `.`, `_`, `-`, in at most one folder: nothing that leads anywhere else.
    public static func isFileName(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return name.utf8.count <= 200 && (1...2).contains(parts.count)
            && parts.allSatisfy { part in
                !part.isEmpty && part.first != "."
                    && part.utf8.allSatisfy {
                        $0.isPlain || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
                    }
            }
    }
}

extension JSON {
    fileprivate var natural: UInt64? { integer.flatMap { UInt64(exactly: $0) } }
}

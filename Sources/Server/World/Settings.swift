internal import Ledger
internal import Media
public import Rooms

/// Everything an operator can set, with its default. `config/luyan.conf` says the same with comments.
public struct Settings: Equatable, Sendable {
    public var host = "127.0.0.1"
    public var port = 8080
    /// The data folder.
    public var data = "data"
    /// The folder of the pages.
    public var web = "web"
    /// The folder of what rooms can be made from; none where it is empty.
    public var templates = "config/templates"
    /// The site's name, as its pages show it.
    public var nameChinese = "路演"
    public var nameEnglish = "Luyan"
    /// How the server is named in checkpoints; kept from the first start on.
    public var serverName = "luyan"
    /// The address that sign-in links begin with; made from host and port where it is empty.
    public var publicURL = ""
    /// PEM files of the certificate with its chain, and of its key: the server then speaks TLS.
    public var certificate = ""
    public var key = ""
    /// Whether the server makes a certificate for this machine's addresses itself, signed by an
    /// authority of its own, for halls without internet.
    public var isLAN = false
    /// Whether browsers reach it by TLS through a proxy: cookies are then `Secure`.
    public var isTLS = false
    /// The proxies whose word on the client's address is taken.
    var proxies = TrustedProxies.none
    /// How messages to people go out.
    public var mail = MailSettings()
    /// How people get in.
    public var people = PeopleSettings()
    /// What they may upload.
    public var uploads = UploadSettings()
    /// Live media and recordings.
    var media = MediaSettings()
    /// One a core where it is 0.
    public var shards = 0
    /// `full`, or `off` for tests that show what it guards against.
    public var synchronous = Synchronous.full
    public var connections = 20_000
    /// Those of one address; 0 does not count them.
    public var connectionsPerAddress = 1_000
    /// Commands a second of one connection, and how many it may send at once.
    public var commandRate = 20
    public var commandBurst = 100
    /// Guests that one address may make in a minute.
    public var guestsPerMinute = 600
    /// Searches that one address, or one person, may make in a minute.
    public var searchesPerMinute = 60
    /// Guesses at entry codes that one address may make in a minute; six times as many at one room's.
    public var codeTriesPerMinute = 10
    /// Seconds after which a changed audience is counted in a room's log.
    public var attendanceSeconds = 60
    /// Words that chat and questions must not hold, and what becomes of messages that do.
    public var words: [String] = []
    public var wordConsequence = WordList.Consequence.hold
    /// Bytes that may wait for one slow reader before it is closed.
    public var outboundBytes = 4 << 20
    /// How messages to browsers are compressed.
    public var compression = Compression.shared
    /// Messages of fewer bytes are not compressed.
    public var compressionThreshold = 512
    /// Milliseconds after which a silent socket is pinged, and then dropped.
    public var pingMilliseconds = 25_000
    public var pongMilliseconds = 20_000
    /// Milliseconds for a TLS handshake, for a request's head, and for the start of its body.
    public var handshakeMilliseconds = 10_000
    public var headMilliseconds = 10_000
    public var bodyMilliseconds = 20_000
    /// Milliseconds that a peer may take nothing of what waits for it.
    public var stallMilliseconds = 20_000
    /// Milliseconds within which a drain on SIGTERM ends.
    public var drainMilliseconds = 5_000

    /// Bytes of one message to the server: the longest picture with its header fits, and 64 commands
    /// with the longest texts, escaped, do.
    static let messageLimit = 1 << 20 + MediaFrameHeader.byteCount

    public enum Synchronous: String, CaseIterable, Sendable {
        case full, off
    }

    /// permessage-deflate (RFC 7692).
    public enum Compression: String, CaseIterable, Sendable {
        case off
        /// Each message for itself: one compressed message serves a whole room.
        case shared
        /// Messages refer to those before: smaller, but each connection holds windows of its own.
        case context
    }

    public init() {}
}

/// What is wrong with a setting, where, and what is allowed.
public enum SettingsError: Error, Equatable, Sendable, CustomStringConvertible {
    case unknownKey(String, origin: String, known: [String])
    case badValue(key: String, value: String, origin: String, expected: String)
    case badLine(origin: String)
    case unreadable(file: String, cause: String)

    public var description: String {
        switch self {
        case .unknownKey(let key, let origin, let known):
            "\(origin): unknown key \"\(key)\"; known are: \(known.joined(separator: ", "))"
        case .badValue(let key, let value, let origin, let expected):
            "\(origin): \(key) is \"\(value)\", but must be \(expected)"
        case .badLine(let origin):
            "\(origin): a line is \"key = value\", a comment that begins with #, or empty"
        case .unreadable(let file, let cause):
            "cannot read the configuration \(file): \(cause)"
        }
    }
}

extension Settings {
    /// A key with its way of being set; the same for file, environment and flags.
    struct Key: Sendable {
        let name: String
        let expected: String
        let set: @Sendable (inout Settings, String) -> Bool

        /// Its name in the environment: `LUYAN_SERVER_PORT` for `server.port`.
        var environmentName: String {
            "LUYAN_" + name.replacing(".", with: "_").uppercased()
        }
    }

    static let keys: [Key] =
        [
            text("server.host", "a host name or address", 1...255) { $0.host = $1 },
            number("server.port", 0...65_535) { $0.port = $1 },
            Key(name: "server.name", expected: "1 to 64 of a-z A-Z 0-9 . _ -") { settings, value in
                guard Checkpoint.isServerName(value) else { return false }
                settings.serverName = value
                return true
            },
            text("server.public_url", "an address such as https://luyan.example", 0...255) {
                $0.publicURL = $1
            },
            text("server.certificate", "a PEM file, or nothing", 0...4_096) { $0.certificate = $1 },
            text("server.key", "a PEM file, or nothing", 0...4_096) { $0.key = $1 },
            flag("server.lan") { $0.isLAN = $1 },
            flag("server.tls") { $0.isTLS = $1 },
            Key(
                name: "server.trusted_proxies",
                expected: "addresses such as 10.0.0.0/8, separated by commas, or nothing"
            ) {
                guard let proxies = TrustedProxies($1) else { return false }
                $0.proxies = proxies
                return true
            },
            number("server.shards", 0...256) { $0.shards = $1 },
            text("server.web", "a folder", 1...4_096) { $0.web = $1 },
            text("server.templates", "a folder, or nothing", 0...4_096) { $0.templates = $1 },
            number("server.drain_ms", 0...600_000) { $0.drainMilliseconds = $1 },
            text("storage.data", "a folder", 1...4_096) { $0.data = $1 },
            Key(name: "storage.synchronous", expected: "full or off") { settings, value in
                guard let known = Synchronous(rawValue: value) else { return false }
                settings.synchronous = known
                return true
            },
            Key(name: "websocket.compression", expected: "off, shared or context") {
                guard let known = Compression(rawValue: $1) else { return false }
                $0.compression = known
                return true
            },
            number("websocket.compression_threshold_bytes", 0...1_048_576) {
                $0.compressionThreshold = $1
            },
            text("site.name_zh", "1 to 64 characters", 1...64) { $0.nameChinese = $1 },
            text("site.name_en", "1 to 64 characters", 1...64) { $0.nameEnglish = $1 },
            number("limits.connections", 1...1_000_000) { $0.connections = $1 },
            number("limits.connections_per_address", 0...1_000_000) {
                $0.connectionsPerAddress = $1
            },
            number("limits.commands_per_second", 1...1_000_000) { $0.commandRate = $1 },
            number("limits.command_burst", 1...1_000_000) { $0.commandBurst = $1 },
            number("limits.guests_per_minute", 1...1_000_000) { $0.guestsPerMinute = $1 },
            number("limits.outbound_bytes", 65_536...1_073_741_824) { $0.outboundBytes = $1 },
            number("limits.ping_after_ms", 100...3_600_000) { $0.pingMilliseconds = $1 },
            number("limits.pong_ms", 100...3_600_000) { $0.pongMilliseconds = $1 },
            number("limits.handshake_ms", 100...3_600_000) { $0.handshakeMilliseconds = $1 },
            number("limits.head_ms", 100...3_600_000) { $0.headMilliseconds = $1 },
            number("limits.body_ms", 100...3_600_000) { $0.bodyMilliseconds = $1 },
            number("limits.stall_ms", 100...3_600_000) { $0.stallMilliseconds = $1 },
        ] + mailKeys + orderKeys + peopleKeys + uploadKeys + mediaKeys

    /// Sets one key, or says what is wrong with it. `origin` tells where it stands: a file and line, a
    /// variable, a flag.
    public mutating func set(
        _ name: String,
        to value: String,
        origin: String
    ) throws(SettingsError) {
        guard let key = Self.keys.first(where: { $0.name == name }) else {
            throw .unknownKey(name, origin: origin, known: Self.keys.map(\.name))
        }
        guard key.set(&self, value) else {
            throw .badValue(key: name, value: value, origin: origin, expected: key.expected)
        }
    }

    /// Takes over a configuration file's text.
    public mutating func read(_ text: String, file: String) throws(SettingsError) {
        // "\r\n" is one character: splitting at "\n" alone would miss it.
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let content = line.trimmingSpace
            guard !content.isEmpty, !content.hasPrefix("#") else { continue }
            let origin = "\(file):\(index + 1)"
            guard let equals = content.firstIndex(of: "=") else { throw .badLine(origin: origin) }
            let name = content[..<equals].trimmingSpace
            let value = content[content.index(after: equals)...].trimmingSpace
            try set(String(name), to: String(value), origin: origin)
        }
    }

    /// Takes over the variables that name settings; an unknown `LUYAN_` variable is an error.
    public mutating func read(environment: [String: String]) throws(SettingsError) {
        for (name, value) in environment.sorted(by: { $0.key < $1.key })
        where name.hasPrefix("LUYAN_") {
            guard let key = Self.keys.first(where: { $0.environmentName == name }) else {
                let known = Self.keys.map(\.environmentName)
                throw .unknownKey(name, origin: "environment", known: known)
            }
            try set(key.name, to: value, origin: "environment \(name)")
        }
    }

    static func text(
        _ name: String,
        _ expected: String,
        _ lengths: ClosedRange<Int>,
        _ store: @escaping @Sendable (inout Settings, String) -> Void
    ) -> Key {
        Key(name: name, expected: expected) { settings, value in
            guard lengths.contains(value.count) else { return false }
            store(&settings, value)
            return true
        }
    }

    static func number(
        _ name: String,
        _ range: ClosedRange<Int>,
        _ store: @escaping @Sendable (inout Settings, Int) -> Void
    ) -> Key {
        Key(name: name, expected: "an integer from \(range.lowerBound) to \(range.upperBound)") {
            guard let number = Int($1), range.contains(number) else { return false }
            store(&$0, number)
            return true
        }
    }

    private static func flag(
        _ name: String,
        _ store: @escaping @Sendable (inout Settings, Bool) -> Void
    ) -> Key {
        Key(name: name, expected: "true or false") {
            guard let flag = Bool($1) else { return false }
            store(&$0, flag)
            return true
        }
    }
}

extension StringProtocol {
    var trimmingSpace: Self.SubSequence {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return self[endIndex...] }
        return self[first...last]
    }
}

// Proves that every setting is read from file and environment, and that what is wrong is named with its place.
import Testing

@testable import Server

struct SettingsTests {
    /// Each key: values that are taken, with the field they set, and values that are not.
    static let keys: [(key: String, good: [String], bad: [String])] = [
        ("server.host", ["0.0.0.0", "::1", "host.example"], [""]),
        ("server.port", ["0", "65535"], ["-1", "65536", "http", "", "80.5"]),
        (
            "server.name", ["a", "Lu-yan_1.example", String(repeating: "n", count: 64)],
            ["", "路演", "a b", "a/b", String(repeating: "n", count: 65)]
        ),
        ("server.public_url", ["", "https://luyan.example"], [String(repeating: "u", count: 256)]),
        ("server.certificate", ["", "a.pem"], [String(repeating: "p", count: 4_097)]),
        ("server.key", ["", "a.pem"], [String(repeating: "p", count: 4_097)]),
        ("server.lan", ["true", "false"], ["yes", ""]),
        ("server.tls", ["true", "false"], ["yes", "1", "TRUE", ""]),
        ("mail.from", ["a@b"], ["", "a", "a b@c"]),
        ("mail.smtp_host", ["", "smtp.example.org"], [String(repeating: "h", count: 256)]),
        ("mail.smtp_port", ["1", "65535"], ["0", "65536"]),
        ("mail.smtp_security", ["tls", "starttls", "none"], ["", "ssl", "TLS"]),
        ("mail.smtp_user", ["", "u"], [String(repeating: "u", count: 256)]),
        ("mail.smtp_password", ["", "p"], [String(repeating: "p", count: 1_025)]),
        ("mail.smtp_authorities", ["", "a.pem"], [String(repeating: "a", count: 4_097)]),
        ("server.trusted_proxies", ["", "10.0.0.0/8, ::1"], ["here", "10.0.0.0/33", "::1,"]),
        ("server.shards", ["0", "256"], ["-1", "257"]),
        ("server.web", ["web", "/srv/web"], [""]),
        ("server.templates", ["config/templates", ""], [String(repeating: "x", count: 4_097)]),
        ("server.drain_ms", ["0", "600000"], ["-1", "600001"]),
        ("storage.data", ["data"], ["", String(repeating: "d", count: 4_097)]),
        ("storage.synchronous", ["full", "off"], ["normal", "FULL", ""]),
        ("websocket.compression", ["off", "shared", "context"], ["on", "", "true"]),
        ("websocket.compression_threshold_bytes", ["0", "1048576"], ["-1", "1048577"]),
        ("site.name_zh", ["路演"], ["", String(repeating: "路", count: 65)]),
        ("site.name_en", ["Luyan"], [""]),
        ("people.two_step", ["off", "staff", "everyone"], ["on", "", "Staff"]),
        ("limits.tries_per_address", ["1", "1000000"], ["0", "many"]),
        ("limits.tries_per_account", ["1", "1000000"], ["0", "many"]),
        ("limits.codes_per_hour", ["1", "1000000"], ["0", "many"]),
        ("uploads.slide_bytes", ["1024", "1073741824"], ["1023", "1073741825", "8M"]),
        ("uploads.slide_pixels", ["1", "65535"], ["0", "65536"]),
        ("uploads.picture_bytes", ["1024", "16777216"], ["1023", "16777217"]),
        ("uploads.picture_pixels", ["1", "65535"], ["0", "65536"]),
        ("uploads.document_bytes", ["1024", "1073741824"], ["1023", "1073741825", "8M"]),
        ("uploads.files_per_room", ["1", "1000000"], ["0", "1000001"]),
        ("uploads.orphan_hours", ["1", "8760"], ["0", "8761"]),
        ("media.publisher_kbit", ["64", "100000"], ["63", "100001"]),
        ("media.tracks_per_room", ["1", "250"], ["0", "251"]),
        ("media.tracks", ["1", "10000"], ["0", "10001"]),
        ("recording.room_mb", ["1", "100000000"], ["0", "100000001"]),
        ("recording.free_mb", ["0", "100000000"], ["-1", "100000001"]),
        ("recording.upload_mb", ["1", "1000000"], ["0", "1000001"]),
        ("limits.connections", ["1", "1000000"], ["0", "1000001"]),
        ("limits.connections_per_address", ["0", "1000000"], ["-1", "1000001"]),
        ("limits.commands_per_second", ["1"], ["0", "-5", "many"]),
        ("limits.command_burst", ["1"], ["0"]),
        ("limits.guests_per_minute", ["1"], ["0"]),
        ("limits.code_tries_per_minute", ["1"], ["0"]),
        ("limits.searches_per_minute", ["1", "1000000"], ["0", "1000001"]),
        ("rooms.attendance_seconds", ["1", "3600"], ["0", "3601"]),
        (
            "chat.words", ["", "a", "坏词， worse,"],
            [String(repeating: "x", count: 65), String(repeating: "x,", count: 10_001)]
        ),
        ("chat.words_found", ["hold", "refuse"], ["", "delete"]),
        ("limits.outbound_bytes", ["65536", "1073741824"], ["65535", "1073741825"]),
        ("limits.ping_after_ms", ["100", "3600000"], ["99", "3600001"]),
        ("limits.pong_ms", ["100", "3600000"], ["99", "3600001"]),
        ("limits.handshake_ms", ["100", "3600000"], ["99", "3600001"]),
        ("limits.head_ms", ["100", "3600000"], ["99", "3600001"]),
        ("limits.body_ms", ["100", "3600000"], ["99", "3600001"]),
        ("limits.stall_ms", ["100", "3600000"], ["99", "3600001"]),
    ]

    @Test func `every key is in this table`() {
        #expect(Self.keys.map(\.key).sorted() == Settings.keys.map(\.name).sorted())
    }

    /// A host, and the addresses of a machine with the interfaces 10.0.0.5, fd00::5 and fe80::5.
    static let hosts: [(host: String, addresses: [String])] = [
        ("127.0.0.1", ["http://127.0.0.1:8080"]), ("::1", ["http://[::1]:8080"]),
        ("hall.example", ["http://hall.example:8080"]),
        ("0.0.0.0", ["http://10.0.0.5:8080", "http://127.0.0.1:8080"]),
        ("::", ["http://[fd00::5]:8080", "http://[::1]:8080"]),
    ]

    @Test(arguments: hosts)
    func `links begin with an address that leads somewhere`(host: String, addresses: [String]) {
        var settings = Settings()
        settings.host = host
        let interfaces = ["10.0.0.5", "fe80::5%eth0", "fd00::5"]
        #expect(settings.addresses(interfaces: interfaces) == addresses)
        settings.publicURL = "https://luyan.example"
        #expect(settings.addresses(interfaces: interfaces) == ["https://luyan.example"])
    }

    @Test func `a machine whose interfaces are down reaches itself`() {
        var settings = Settings()
        settings.host = "0.0.0.0"
        #expect(settings.addresses(interfaces: []) == ["http://127.0.0.1:8080"])
        settings.host = "::"
        #expect(settings.addresses(interfaces: ["10.0.0.5"]) == ["http://[::1]:8080"])
    }

    @Test(arguments: keys)
    func `a key takes what it allows and names what it does not`(
        key: String,
        good: [String],
        bad: [String]
    ) throws {
        let expected = try #require(Settings.keys.first { $0.name == key }).expected
        for value in good {
            var settings = Settings()
            try settings.set(key, to: value, origin: "here")
            var file = Settings()
            try file.read("\(key)=\(value)", file: "f")
            #expect(file == settings)
            var environment = Settings()
            let name = "LUYAN_" + key.uppercased().replacing(".", with: "_")
            try environment.read(environment: [name: value])
            #expect(environment == settings)
        }
        for value in bad {
            var settings = Settings()
            let error = SettingsError.badValue(
                key: key,
                value: value,
                origin: "here",
                expected: expected
            )
            #expect(throws: error) { try settings.set(key, to: value, origin: "here") }
            #expect(settings == Settings())
            #expect(error.description == "here: \(key) is \"\(value)\", but must be \(expected)")
        }
    }

    @Test func `each key sets a field of its own`() throws {
        let changed: [String: String] = [
            "server.host": "h", "server.port": "1", "server.name": "n", "server.public_url": "u",
            "server.certificate": "c", "server.key": "k", "server.lan": "true",
            "server.tls": "true", "server.trusted_proxies": "10.0.0.0/8",
            "mail.from": "a@b", "mail.smtp_host": "h", "mail.smtp_port": "25",
            "mail.smtp_security": "tls", "mail.smtp_user": "u", "mail.smtp_password": "p",
            "mail.smtp_authorities": "a",
            "server.shards": "3", "server.web": "w", "server.templates": "t",
            "server.drain_ms": "2",
            "storage.data": "d", "storage.synchronous": "off", "site.name_zh": "z",
            "site.name_en": "e", "limits.connections": "11", "limits.commands_per_second": "12",
            "limits.command_burst": "13", "limits.guests_per_minute": "14",
            "limits.outbound_bytes": "65536", "websocket.compression": "off",
            "websocket.compression_threshold_bytes": "15", "limits.connections_per_address": "16",
            "limits.code_tries_per_minute": "17", "rooms.attendance_seconds": "18",
            "limits.searches_per_minute": "19",
            "chat.words": "a,b",
            "chat.words_found": "refuse",
            "limits.ping_after_ms": "117", "limits.pong_ms": "118", "limits.handshake_ms": "119",
            "limits.head_ms": "120", "limits.body_ms": "121", "limits.stall_ms": "122",
            "people.two_step": "staff", "limits.tries_per_address": "123",
            "limits.tries_per_account": "124", "limits.codes_per_hour": "125",
            "uploads.slide_bytes": "2048", "uploads.slide_pixels": "1",
            "uploads.picture_bytes": "2048", "uploads.picture_pixels": "1",
            "uploads.document_bytes": "2048", "uploads.files_per_room": "1",
            "uploads.orphan_hours": "1",
            "media.publisher_kbit": "100", "media.tracks_per_room": "1", "media.tracks": "1",
            "recording.room_mb": "1", "recording.free_mb": "1", "recording.upload_mb": "1",
        ]
        var seen: [Settings] = [Settings()]
        for (key, value) in changed {
            var settings = Settings()
            try settings.set(key, to: value, origin: "here")
            #expect(!seen.contains(settings), "\(key)")
            seen.append(settings)
        }
        #expect(seen.count == Settings.keys.count + 1)
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `a file has comments, empty lines and room around names`(newline: String) throws {
        var settings = Settings()
        let lines = [
            "# a comment = no setting", "", "  server.port =  81  ", "server.host=h # h", "\t",
            "site.name_en = a = b", "server.port = 82",
        ]
        try settings.read(lines.joined(separator: newline), file: "luyan.conf")
        #expect(settings.port == 82)
        #expect(settings.host == "h # h")
        #expect(settings.nameEnglish == "a = b")
    }

    @Test(arguments: ["\n", "\r\n"])
    func `an error names file and line`(newline: String) {
        var settings = Settings()
        let known = Settings.keys.map(\.name)
        let unknown = SettingsError.unknownKey("server.prot", origin: "f:3", known: known)
        #expect(throws: unknown) {
            try settings.read(
                ["# one", "", "server.prot = 1"].joined(separator: newline),
                file: "f"
            )
        }
        #expect(throws: SettingsError.badLine(origin: "f:2")) {
            try settings.read(
                ["server.port = 1", "server.port"].joined(separator: newline),
                file: "f"
            )
        }
        #expect(throws: SettingsError.self) {
            try settings.read(
                ["server.port = 1", "server.port ="].joined(separator: newline),
                file: "f"
            )
        }
        #expect(
            unknown.description.hasPrefix(
                "f:3: unknown key \"server.prot\"; known are: server.host, "
            )
        )
    }

    @Test func `the environment is read where it names settings, and nowhere else`() throws {
        var settings = Settings()
        try settings.read(environment: ["PATH": "/bin", "LUYANX": "1", "LUYAN_SERVER_PORT": "83"])
        #expect(settings.port == 83)
        let known = Settings.keys.map(\.environmentName)
        let error = SettingsError.unknownKey("LUYAN_PORT", origin: "environment", known: known)
        #expect(throws: error) { try settings.read(environment: ["LUYAN_PORT": "84"]) }
        #expect(throws: SettingsError.self) {
            try settings.read(environment: ["LUYAN_SERVER_PORT": "x"])
        }
        #expect(known.count == Set(known).count)
    }
}

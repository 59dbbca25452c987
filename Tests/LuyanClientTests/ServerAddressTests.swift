// Proves which addresses a client takes, and what it makes of them.
import LuyanClient
import Testing

struct ServerAddressTests {
    static let good: [(url: String, host: String, port: Int, authority: String)] = [
        ("http://127.0.0.1:8080", "127.0.0.1", 8_080, "127.0.0.1:8080"),
        ("HTTP://luyan.example", "luyan.example", 80, "luyan.example:80"),
        ("ws://luyan.example:1/r/ab?x#y", "luyan.example", 1, "luyan.example:1"),
        ("http://[::1]:65535/", "::1", 65_535, "[::1]:65535"),
        ("http://[::1]", "::1", 80, "[::1]:80"),
        ("https://luyan.example", "luyan.example", 443, "luyan.example:443"),
        ("WSS://luyan.example:8443/ws", "luyan.example", 8_443, "luyan.example:8443"),
    ]

    @Test(arguments: good)
    func `an address has a host and a port`(
        url: String,
        host: String,
        port: Int,
        authority: String
    ) throws {
        let address = try ServerAddress(url)
        let isTLS = url.lowercased().hasPrefix("https:") || url.lowercased().hasPrefix("wss:")
        #expect(address == ServerAddress(host: host, port: port, isTLS: isTLS))
        #expect(address.authority == authority)
    }

    @Test(arguments: [
        "", "127.0.0.1:8080", "ftp://luyan.example", "http://", "http://:80", "http://a:0",
        "http://a:65536", "http://a:", "http://a:b", "http://user@a", "http://[::1",
        "http://[::1]x",
    ])
    func `anything else is refused with what was given`(url: String) {
        #expect(throws: ClientError.badAddress(url)) { try ServerAddress(url) }
    }
}

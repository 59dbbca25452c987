// Proves which addresses a range has, at both sides of its borders, and which texts are none.
import Testing

@testable import Transport

struct AddressRangeTests {
    static let rows: [(range: String, address: String, isIn: Bool)] = [
        ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
        ("10.0.0.0/8", "9.255.255.255", false), ("192.168.4.0/22", "192.168.7.255", true),
        ("192.168.4.0/22", "192.168.8.0", false), ("192.168.4.0/22", "192.168.3.255", false),
        ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "127.0.0.2", false),
        ("127.0.0.1/32", "127.0.0.1", true), ("0.0.0.0/0", "203.0.113.9", true),
        ("0.0.0.0/0", "::1", false), ("::1", "::1", true), ("::/0", "2001:db8::1", true),
        ("::/0", "127.0.0.1", false), ("2001:db8::/33", "2001:db8:7fff::1", true),
        ("2001:db8::/33", "2001:db8:8000::1", false), ("10.0.0.0/8", "::ffff:10.1.2.3", true),
        ("::ffff:10.0.0.1", "10.0.0.1", true), ("10.0.0.0/8", "host", false),
        ("10.0.0.0/8", "", false),
    ]

    @Test(arguments: rows)
    func `a range has what its first bits say`(range: String, address: String, isIn: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(address) == isIn)
    }

    @Test(arguments: [
        "", "host", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/", "10.0.0.0/8/8",
        "10.0.0", "::1/129", "[::1]", "10.0.0.0 /8", "1.2.3.4:80",
    ])
    func `anything else is none`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test func `an address is counted as the peer that has it`() throws {
        #expect(AddressRange("1.2.3.4")?.peer == .four(0x0102_0304))
        #expect(AddressRange("2001:db8:1:2:3::4")?.peer == .six(0x2001_0db8_0001_0002))
    }
}

// Proves that an event's parts survive their row, and that no other bytes are taken for parts.
import Ledger
import OpenSSL
import TestSupport
import Testing

@testable import Storage

struct ContentTests {
    static func parts(_ random: inout SplitMix64) -> [KeptPart] {
        let audiences: [Audience] = [.everyone, .members, .staff, .server, .role("presenter")]
        return (0..<Int.random(in: 0...4, using: &random)).map { _ in
            let audience = audiences[Int.random(in: 0..<audiences.count, using: &random)]
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let salt = [UInt8](repeating: UInt8.random(in: 0...255, using: &random), count: 32)
            let part = Part(audience: audience, salt: salt, bytes: bytes)
            return Bool.random(using: &random) ? .whole(part) : .erased(audience, part.digest)
        }
    }

    @Test
    func `parts read back as they were`() throws {
        var random = SplitMix64(seed: 3)
        for _ in 0..<200 {
            let parts = Self.parts(&random)
            #expect(try EventContent.decode(EventContent.encode(parts)) == parts)
        }
    }

    @Test
    func `every cut is corrupt or shorter, and garbage never traps`() throws {
        var random = SplitMix64(seed: 4)
        for _ in 0..<50 {
            let parts = Self.parts(&random)
            let bytes = EventContent.encode(parts)
            for end in 0..<bytes.count {
                do throws(StorageError) {
                    let read = try EventContent.decode(Array(bytes[..<end]))
                    #expect(read == Array(parts.prefix(read.count)) && read.count < parts.count)
                } catch {
                    #expect(error == .corrupt)
                }
                var bent = bytes
                bent[end] = UInt8.random(in: 0...255, using: &random)
                do throws(StorageError) {
                    _ = try EventContent.decode(bent)
                } catch {
                    #expect(error == .corrupt)
                }
            }
        }
    }
}

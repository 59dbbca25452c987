// Proves that passwords are hashed and compared beside all else, for nobody too, and that floods are told to wait.
import OpenSSL
import Testing
import Wire

@testable import Server

struct PasswordMillTests {
    private static func mill(width: Int = 1) throws -> PasswordMill {
        PasswordMill(cost: try #require(Scrypt.Cost(logN: 10, r: 8, p: 1)), width: width)
    }

    @Test func `a password is its own, whatever keyboard wrote it`() async throws {
        let mill = try Self.mill()
        let hash = try await mill.hash("caf\u{E9} 合作 2026")
        #expect(try await mill.check("cafe\u{301} 合作 2026", against: hash))
        #expect(try await !mill.check("cafe 合作 2026", against: hash))
        let kept = try #require(PasswordHash(hash.description))
        #expect(try await mill.check("caf\u{E9} 合作 2026", against: kept))
    }

    @Test func `nobody's password is none`() async throws {
        let mill = try Self.mill()
        for text in ["", "x", "合作意向 2026"] {
            #expect(try await !mill.check(text, against: nil))
        }
    }

    @Test func `of a flood as many wait as may, the others are told when to come again`()
        async throws
    {
        let mill = PasswordMill(cost: try #require(Scrypt.Cost(logN: 14, r: 8, p: 1)), width: 1)
        let crowd = 4 * PasswordMill.waitingLimit
        let refused = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<crowd {
                group.addTask {
                    do throws(WireError) {
                        _ = try await mill.check("x", against: nil)
                        return false
                    } catch {
                        return error.code == .rateLimited && !error.values.isEmpty
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect((1...crowd - PasswordMill.waitingLimit).contains(refused))
        #expect(try await !mill.check("x", against: nil))
    }
}

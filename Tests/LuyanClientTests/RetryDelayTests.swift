// Proves that waits double up to a bound, are spread at random, and begin anew after a success.
import LuyanClient
import TestSupport
import Testing

struct RetryDelayTests {
    @Test(arguments: Seeds.first(20))
    func `the n-th wait is half to all of the doubled first one, up to the bound`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var delay = RetryDelay(first: 100, most: 1_000)
        for bound in [100, 200, 400, 800, 1_000, 1_000] {
            let wait = delay.next(using: &generator)
            #expect(wait >= .milliseconds(bound / 2) && wait <= .milliseconds(bound))
        }
        delay.reset()
        #expect(delay.next(using: &generator) <= .milliseconds(100))
    }

    @Test
    func `a hundred failures and the largest numbers do not overflow`() {
        var generator = SplitMix64(seed: 1)
        var delay = RetryDelay(first: .max, most: 7)
        for _ in 0..<100 { #expect(delay.next(using: &generator) <= .milliseconds(7)) }
        var none = RetryDelay(first: 0, most: 0)
        #expect(none.next(using: &generator) == .zero)
    }
}

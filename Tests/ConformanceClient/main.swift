// Plays the client of the conformance suite's fuzzing server: opens case after case, and says back what
// it hears. Usage: ConformanceClient URL [AUTHORITIES]; ends when all cases are through.
import Foundation
import LuyanClient
import Transport
import WebSocket

guard CommandLine.arguments.count >= 2 else {
    FileHandle.standardError.write(Data("usage: ConformanceClient URL [AUTHORITIES]\n".utf8))
    exit(64)
}
var limits = Client.standardLimits
limits.frame = 32 << 20
limits.message = 32 << 20
limits.outbound = 64 << 20
// Cases of section 9 send a message of 4 MiB in fragments of 64 bytes.
limits.fragments = 1 << 20
var policy = DeflatePolicy()
// Its own messages refer to none before, and its offer says so: servers of section 13.2 insist
// on that.
policy.keepsPeerContext = true
policy.threshold = 0
limits.deflate = policy
let client = try await Client(
    limits: limits,
    authorities: CommandLine.arguments.dropFirst(2).first
)
let address = try ServerAddress(CommandLine.arguments[1])
let outcome: Result<Int, Cases.Failure> = await withCheckedContinuation { continuation in
    client.onShard(0) { switchboard, shard in
        let cases = Cases(address, switchboard) { continuation.resume(returning: $0) }
        cases.begin(on: shard)
    }
}
await client.stop()
switch outcome {
case .success(let count): print("\(count) cases")
case .failure(let failure):
    FileHandle.standardError.write(Data("\(failure)\n".utf8))
    exit(1)
}

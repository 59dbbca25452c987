// Proves with seeded random input that requests survive writing and reading, however they are cut,
// and that damaged ones give a documented error or a request, never anything else.
import Foundation
import HTTP
import HTTPTypes
import TestSupport
import Testing

struct RequestPropertyTests {
    static let seed = ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init) ?? 9_112

    @Test func `what the client writes the server reads`() throws {
        var random = SplitMix64(seed: Self.seed)
        for _ in 0..<500 {
            let (sent, body) = Self.randomRequest(&random)
            let bytes = RequestSerializer.bytes(of: sent, body: body)
            let outcome = parse(Self.cut(bytes, &random), bodyLimit: 300)
            guard outcome.events.count == 2, case .request(let got) = outcome.events[1] else {
                Issue.record("seed \(Self.seed): \(outcome)")
                return
            }
            #expect(got.method == sent.method, "seed \(Self.seed)")
            #expect(got.head.request.path == sent.path)
            #expect(got.head.authority == sent.authority)
            #expect(got.body == body)
            let named = got.fields.filter { $0.name != .contentLength }
            #expect(named.map(\.value) == sent.headerFields.map(\.value))
        }
    }

    @Test func `damage gives a documented error or other requests, the same for every cut`() {
        var random = SplitMix64(seed: Self.seed)
        for _ in 0..<2_000 {
            let (sent, body) = Self.randomRequest(&random)
            var bytes =
                Bool.random(using: &random)
                ? RequestSerializer.bytes(of: sent, body: body) : Self.chunked(body, &random)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                Self.damage(&bytes, &random)
            }
            let whole = parse([bytes], bodyLimit: 300)
            let cut = parse(Self.cut(bytes, &random), bodyLimit: 300)
            #expect(whole == cut, "seed \(Self.seed): \(String(decoding: bytes, as: UTF8.self))")
            if let fault = whole.fault { #expect((400...599).contains(fault.status.code)) }
        }
    }

    @Test func `path segments survive encoding and decoding`() throws {
        var random = SplitMix64(seed: Self.seed)
        let letters = Array("abz09-._~ %?#&=+;:@!$'()*,é路演\u{1F600}\"<>|")
        for _ in 0..<1_000 {
            let segments = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                "x" + String((0..<5).map { _ in letters.randomElement(using: &random) ?? "a" })
            }
            let path = "/" + segments.map(PercentEncoding.encode).joined(separator: "/")
            #expect(try RequestTarget(path).path == segments, "seed \(Self.seed)")
        }
    }

    private static func randomRequest(
        _ random: inout SplitMix64
    ) -> (HTTPRequest, body: [UInt8]) {
        let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]
        var request = HTTPRequest(
            method: methods.randomElement(using: &random) ?? .get,
            scheme: "http",
            authority: ["a", "luyan.test:8080", "[::1]:1"].randomElement(using: &random),
            path: ["/", "/a/b?c=d&e", "/%E8%B7%AF", "/a/"].randomElement(using: &random)
        )
        for number in 0..<Int.random(in: 0...5, using: &random) {
            guard let name = HTTPField.Name("X-\(number)") else { continue }
            let length = Int.random(in: 0...20, using: &random)
            let value = (0..<length).map { _ in UInt8.random(in: 0x21...0x7E, using: &random) }
            request.headerFields.append(
                HTTPField(name: name, value: String(decoding: value, as: UTF8.self))
            )
        }
        let count = Bool.random(using: &random) ? Int.random(in: 0...300, using: &random) : 0
        return (request, (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
    }

    private static func chunked(_ body: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var bytes = Array(ChunkedBodyTests.head.utf8)
        var rest = body[...]
        while !rest.isEmpty {
            let size = Int.random(in: 1...rest.count, using: &random)
            bytes += ChunkedWriter.begin(size) + rest.prefix(size) + ChunkedWriter.end
            rest = rest.dropFirst(size)
        }
        return bytes + ChunkedWriter.last
    }

    private static func cut(_ bytes: [UInt8], _ random: inout SplitMix64) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...max(1, min(40, rest.count)), using: &random)
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }

    private static func damage(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let telling: [UInt8] = [0, 9, 10, 13, 32, 37, 44, 47, 58, 127, 128, 255]
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.insert(telling.randomElement(using: &random) ?? 0, at: place)
        case 2: bytes[place] = telling.randomElement(using: &random) ?? 0
        default: if bytes.count > 1 { bytes.remove(at: place) }
        }
    }
}

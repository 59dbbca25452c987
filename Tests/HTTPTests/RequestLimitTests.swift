// Proves that each limit of a head allows its last byte and refuses the next, wherever it is cut.
import HTTP
import Testing

struct RequestLimitTests {
    static let limits = RequestLimits(requestLineBytes: 20, fieldBytes: 30, fieldCount: 3)

    /// `GET /` and ` HTTP/1.1` take 14 bytes; `Host: a` takes 7.
    static let heads: [(text: String, fault: RequestError?)] = [
        (request("Host: a", first: "GET /123456 HTTP/1.1"), nil),
        (
            request("Host: a", first: "GET /1234567 HTTP/1.1"),
            .requestLineTooLong(limit: 20)
        ),
        (request("Host: a", "A: " + String(repeating: "x", count: 20)), nil),
        (
            request("Host: a", "A: " + String(repeating: "x", count: 21)),
            .fieldsTooLarge(limit: 30)
        ),
        (request("Host: a", "A: 1", "B: 2"), nil),
        (request("Host: a", "A: 1", "B: 2", "C: 3"), .tooManyFields(limit: 3)),
        (String(repeating: "G", count: 22), .requestLineTooLong(limit: 20)),
        (String(repeating: "G", count: 21), nil),
        ("GET /1234567890123\n", .bareLineFeed),
        ("GET /1234567890123456\n", .requestLineTooLong(limit: 20)),
    ]

    @Test(arguments: heads)
    func `a head is measured to the byte`(text: String, fault: RequestError?) {
        #expect(parse(text, limits: Self.limits).fault == fault)
        let bytes = Array(text.utf8)
        #expect(parse(bytes.map { [$0] }, limits: Self.limits).fault == fault)
    }

    @Test func `a body limit is inclusive and decided after the head`() {
        for (length, isTaken) in [(4, true), (5, true), (6, false)] {
            let text = request("Host: a", "Content-Length: \(length)", body: "123456")
            let outcome = parse(
                [Array(text.utf8).dropLast(6 - length)].map(Array.init),
                bodyLimit: 5
            )
            #expect((outcome.fault == nil) == isTaken)
            #expect(outcome.events.count == (isTaken ? 2 : 1))
        }
    }

    @Test func `an endless line is given up at the limit, not stored`() {
        var parser = RequestParser(limits: Self.limits)
        let piece = [UInt8](repeating: 0x41, count: 10)
        var offset = 0
        var pieces = 0
        let error = #expect(throws: RequestError.self) {
            while pieces < 10 {
                offset = 0
                _ = try parser.next(in: piece.span, from: &offset)
                pieces += 1
            }
        }
        #expect(error == .requestLineTooLong(limit: 20))
        #expect(pieces == 2)
    }
}

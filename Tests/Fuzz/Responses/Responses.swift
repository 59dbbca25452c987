// Proves that no bytes trap the parser of responses, and that pieces of any length tell it the same.
import FuzzSupport
import HTTP
import HTTPTypes

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzResponses(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzInput.take(start, count) { input in
        let methods = input.choice()
        let seed = input.choice()
        let whole = parse([input.rest], to: methods)
        let pieced = parse(input.pieces(seed: seed), to: methods)
        demand(whole == pieced, "whole: \(whole)\npieced: \(pieced)")
        for response in whole.responses {
            demand(response.body.count <= bodyLimit, "a body of \(response.body.count) bytes")
        }
    }
}

private let bodyLimit = 500

/// What a parser made of a stream that ends.
struct Outcome: Equatable {
    var responses: [Response] = []
    var fault: ResponseError?
    var leftOver = 0
}

/// Waits for eight responses, to GET or HEAD as the bits say.
private func parse(_ pieces: [[UInt8]], to methods: UInt8) -> Outcome {
    var parser = ResponseParser(headLimit: 400, bodyLimit: bodyLimit)
    for bit in 0..<8 { parser.expect(responseTo: methods >> bit & 1 == 0 ? .get : .head) }
    var outcome = Outcome()
    do throws(ResponseError) {
        for piece in pieces {
            var offset = 0
            while let response = try parser.next(in: piece.span, from: &offset) {
                outcome.responses.append(response)
            }
            outcome.leftOver += piece.count - offset
        }
        if let last = try parser.finish() { outcome.responses.append(last) }
    } catch {
        outcome.fault = error
        outcome.leftOver = 0
    }
    return outcome
}

// Proves that no bytes trap the parser of requests, and that pieces of any length tell it the same.
import FuzzSupport
import HTTP
import HTTPTypes

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRequests(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzInput.take(start, count) { input in
        let isStreamed = input.choice() & 1 != 0
        let seed = input.choice()
        let whole = parse([input.rest], isStreamed: isStreamed)
        let pieced = parse(input.pieces(seed: seed), isStreamed: isStreamed)
        demand(whole == pieced, "whole: \(whole)\npieced: \(pieced)")
        for case .request(let request) in whole.events {
            demand(request.body.count <= bodyLimit, "a body of \(request.body.count) bytes")
        }
    }
}

private let bodyLimit = 500

/// What a parser made of a stream: its events, the pieces of a body joined, and its fault.
struct Outcome: Equatable {
    var events: [RequestParser.Event] = []
    var fault: RequestError?
    /// How many bytes were left to the next protocol.
    var leftOver = 0

    mutating func add(_ event: RequestParser.Event) {
        if case .piece(let next) = event, case .piece(let before)? = events.last {
            events[events.count - 1] = .piece(before + next)
        } else {
            events.append(event)
        }
    }
}

private func parse(_ pieces: [[UInt8]], isStreamed: Bool) -> Outcome {
    var limits = RequestLimits()
    limits.requestLineBytes = 200
    limits.fieldBytes = 400
    limits.fieldCount = 16
    var parser = RequestParser(limits: limits)
    var outcome = Outcome()
    var isUpgraded = false
    for piece in pieces {
        var offset = 0
        do throws(RequestError) {
            while let event = try parser.next(in: piece.span, from: &offset) {
                outcome.add(event)
                guard case .head(let head) = event else { continue }
                if head.fields[.upgrade] != nil {
                    parser.end()
                    isUpgraded = true
                } else if isStreamed {
                    try parser.streamBody(upTo: bodyLimit)
                } else {
                    try parser.readBody(upTo: bodyLimit)
                }
            }
        } catch {
            outcome.fault = error
            // How much of a body was passed on before its fault is a matter of the pieces.
            if case .piece? = outcome.events.last { outcome.events.removeLast() }
            return outcome
        }
        demand(isUpgraded || offset == piece.count, "\(piece.count - offset) bytes were not taken")
        if isUpgraded { outcome.leftOver += piece.count - offset }
    }
    return outcome
}

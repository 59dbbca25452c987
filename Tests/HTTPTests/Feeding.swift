// Proves nothing by itself: drives the parsers as a transport does, piece by piece.
import HTTP
import HTTPTypes

/// What a parser made of a stream: its events, and the fault that ended it.
struct Outcome: Equatable {
    var events: [RequestParser.Event] = []
    var fault: RequestError?
    /// How many bytes were left to the next protocol.
    var leftOver = 0
}

/// Feeds pieces to a parser, taking bodies of up to `bodyLimit` bytes; ends it at an upgrade.
func parse(
    _ pieces: [[UInt8]],
    limits: RequestLimits = RequestLimits(),
    bodyLimit: Int = 1_000
) -> Outcome {
    var parser = RequestParser(limits: limits)
    var outcome = Outcome()
    var isUpgraded = false
    for piece in pieces {
        var offset = 0
        do throws(RequestError) {
            while let event = try parser.next(in: piece.span, from: &offset) {
                outcome.events.append(event)
                guard case .head(let head) = event else { continue }
                if head.fields[.upgrade] != nil {
                    parser.end()
                    isUpgraded = true
                } else {
                    try parser.readBody(upTo: bodyLimit)
                }
            }
        } catch {
            outcome.fault = error
            return outcome
        }
        if isUpgraded { outcome.leftOver += piece.count - offset }
    }
    return outcome
}

/// Feeds text as one piece.
func parse(
    _ text: String,
    limits: RequestLimits = RequestLimits(),
    bodyLimit: Int = 1_000
) -> Outcome {
    parse([Array(text.utf8)], limits: limits, bodyLimit: bodyLimit)
}

/// A request for `/` with the given field lines, Host among them if wanted.
func request(_ lines: String..., first: String = "GET / HTTP/1.1", body: String = "") -> String {
    ([first] + lines).map { $0 + "\r\n" }.joined() + "\r\n" + body
}

/// What a response parser made of a stream.
struct ResponseOutcome: Equatable {
    var responses: [Response] = []
    var fault: ResponseError?
    var leftOver = 0
}

/// Feeds pieces to a client's parser that waits for one response per method, then closes.
func parseResponses(
    _ pieces: [[UInt8]],
    to methods: [HTTPRequest.Method] = [.get],
    parser start: ResponseParser = ResponseParser()
) -> ResponseOutcome {
    var parser = start
    for method in methods { parser.expect(responseTo: method) }
    var outcome = ResponseOutcome()
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
    }
    return outcome
}

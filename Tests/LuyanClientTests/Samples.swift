// Proves nothing by itself: rooms, events and texts of a server, made short.
import Ledger
import Wire

@testable import LuyanClient

let room: RoomID = RoomID(bytes: [UInt8](repeating: 0xab, count: 16)) ?? unreachableRoom
private let unreachableRoom: RoomID = { preconditionFailure("16 bytes are a room id") }()

extension RoomEvent {
    static func sample(_ sequence: Int, after previous: Int, own: Bool = false) -> RoomEvent {
        guard
            let json = try? JSONParser.parse(Text.event(sequence, after: previous, own: own).utf8),
            let event = RoomEvent(json)
        else { preconditionFailure("the sample is an event") }
        return event
    }
}

extension JSONParser {
    static func parse(_ text: some Sequence<UInt8>) throws(JSONError) -> JSON {
        try parse([UInt8](text))
    }
}

/// What a server sends.
enum Text {
    static func event(_ sequence: Int, after previous: Int, own: Bool = false) -> String {
        let to = own ? #""to":"0102030405060708","# : ""
        return #"{"room":"\#(room)",\#(to)"seq":\#(sequence),"prev":\#(previous),"at":5,"#
            + #""hash":"00","parts":[{"n":1,"body":{"type":"chat.said","by":null,"data":{}}}]}"#
    }

    static func joined(_ id: String, ofClass: Int, own: Int = 0, _ content: String) -> String {
        #"{"re":"\#(id)","ok":{"room":"\#(room)","now":9,"you":{"member":null},"#
            + #""cursor":{"class":\#(ofClass),"own":\#(own)},\#(content)}}"#
    }

    static func snapshot(_ id: String, ofClass: Int, own: Int = 0) -> String {
        joined(id, ofClass: ofClass, own: own, #""snapshot":{"seq":\#(ofClass)}"#)
    }

    static func tail(_ id: String, ofClass: Int, own: Int = 0, _ events: [String]) -> String {
        joined(id, ofClass: ofClass, own: own, #""events":[\#(events.joined(separator: ","))]"#)
    }

    static func refusal(_ id: String, _ code: String, _ action: String) -> String {
        #"{"re":"\#(id)","error":{"code":"\#(code)","message":"no","action":"\#(action)","#
            + #""data":{"retryMs":70}}}"#
    }
}

/// A conversation's doings, made short for comparing.
enum Doing: Equatable {
    case send(String)
    case event(UInt64)
    case snapshot(UInt64)
    case gap(after: UInt64, before: UInt64)
    case signal(String)
    case left(String)
    case fault(String)
    case unreadable
    case ok(String)
    case refused(String, String)
    case failed(String)
    case rejoin(after: Int)
    case other

    init(_ effect: Conversation.Effect) {
        self =
            switch effect {
            case .send(let text): .send(String(decoding: text, as: UTF8.self))
            case .settle(let id, .success): .ok(id)
            case .settle(let id, .failure(.refused(let refusal))): .refused(id, refusal.code)
            case .settle(let id, .failure): .failed(id)
            case .rejoin(_, let milliseconds): .rejoin(after: milliseconds)
            case .deliver(.event(let event)): .event(event.sequence)
            case .deliver(.snapshot(let entry)): .snapshot(entry.cursor.ofClass)
            case .deliver(.gap(_, let after, let before)): .gap(after: after, before: before)
            case .deliver(.signal(let name, _, _)): .signal(name)
            case .deliver(.left(_, let refusal)): .left(refusal.code)
            case .deliver(.fault(let refusal)): .fault(refusal.code)
            case .deliver(.unreadable): .unreadable
            case .deliver: .other
            }
    }
}

// Messages about the order of slots and its draw.
import Ledger
import Rooms
import RoomsTestSupport
import Wire

extension CommandSample {
    private static let hex = String(repeating: "02", count: 32)

    static let ofOrder: [CommandSample] = [
        CommandSample(
            type: "slots.order",
            data: #"{"slots":["2","1"]}"#,
            request: .act(.orderSlots([.second, .first])),
            fields: ["slots": .texts]
        ),
        CommandSample(
            type: "draw.commit",
            data: #"{"draw":"17","slot":"1","commitment":"\#(hex)"}"#,
            request: .act(.commitDraw(17, .first, .sample(2))),
            fields: ["draw": .question, "slot": .slot, "commitment": .recording]
        ),
        CommandSample(
            type: "draw.reveal",
            data: #"{"draw":"17","slot":"1","contribution":"\#(hex)"}"#,
            request: .act(.revealDraw(17, .first, .sample(2))),
            fields: ["draw": .question, "slot": .slot, "contribution": .recording]
        ),
        CommandSample(
            type: "draw.close",
            data: #"{"draw":"17"}"#,
            request: .act(.closeDraw(17)),
            fields: ["draw": .question]
        ),
        CommandSample(
            type: "draw.finish",
            data: #"{"draw":"17"}"#,
            request: .act(.finishDraw(17, in: nil)),
            fields: ["draw": .question]
        ),
        CommandSample(
            type: "draw.cancel",
            data: #"{"draw":"17"}"#,
            request: .act(.cancelDraw(17)),
            fields: ["draw": .question]
        ),
    ]
}

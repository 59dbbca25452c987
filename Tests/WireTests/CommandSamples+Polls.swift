// Messages about polls.
import Rooms
import RoomsTestSupport
import Wire

extension CommandSample {
    static let ofPolls: [CommandSample] = [
        CommandSample(
            type: "poll.open",
            data: #"{"kind":"single","question":"哪个？","options":["甲","乙"],"slot":"1","#
                + #""results":"closed","registered":true,"changeable":false}"#,
            request: .act(
                .openPoll(
                    PollPlan(
                        kind: .single,
                        texts: PollTexts(question: "哪个？", options: ["甲", "乙"]),
                        slot: .first,
                        results: .closed,
                        isForRegistered: true,
                        isChangeable: false
                    )
                )
            ),
            fields: [
                "kind": .choice, "question": .text, "options": .optionalTexts,
                "slot": .optionalSlot, "registered": .optionalFlag, "changeable": .optionalFlag,
            ]
        ),
        CommandSample(
            type: "poll.open",
            data: #"{"kind":"rating","question":"?"}"#,
            request: .act(.openPoll(PollPlan(kind: .rating, texts: PollTexts(question: "?"))))
        ),
        CommandSample(
            type: "poll.vote",
            data: #"{"poll":"17","choices":[1,3]}"#,
            request: .act(.votePoll(17, [1, 3])),
            fields: ["poll": .question, "choices": .numbers]
        ),
        CommandSample(
            type: "poll.close",
            data: #"{"poll":"17"}"#,
            request: .act(.closePoll(17)),
            fields: ["poll": .question]
        ),
        CommandSample(
            type: "poll.cancel",
            data: #"{"poll":"17"}"#,
            request: .act(.cancelPoll(17)),
            fields: ["poll": .question]
        ),
        CommandSample(
            type: "reaction.show",
            data: #"{"reaction":"applause"}"#,
            request: .react(.applause),
            fields: ["reaction": .choice]
        ),
        CommandSample(
            type: "pointer.show",
            data: #"{"slot":"1","page":2,"x":0,"y":10000}"#,
            request: Pointer(slot: .first, page: 2, x: 0, y: 10_000).map { .point($0) } ?? .leave,
            fields: ["slot": .slot, "page": .natural, "x": .place, "y": .place]
        ),
        CommandSample(
            type: "slide.look_back",
            data: #"{"slot":"1","page":2}"#,
            request: .lookBack(.first, page: 2),
            fields: ["slot": .slot, "page": .natural]
        ),
    ]
}

import Ledger
public import Rooms

// Polls of each kind.
extension EventSamples {
    public static let polls: [Draft] = [
        Draft(
            .pollOpened(PollFrame(kind: .single, options: 2, slot: .first)),
            .poll(PollTexts(question: "哪条路线？", options: ["固态", "liquid \"x\""]))
        ),
        Draft(
            .pollOpened(
                PollFrame(
                    kind: .multiple,
                    options: 3,
                    results: .closed,
                    isForRegistered: true,
                    isChangeable: false
                )
            ),
            .poll(PollTexts(question: "Which?", options: ["a", "b", "c"])),
            isBehindDoor: true
        ),
        Draft(
            .pollOpened(PollFrame(kind: .rating, options: 5)),
            .poll(PollTexts(question: "讲得如何？"))
        ),
        Draft(
            .pollOpened(PollFrame(kind: .yesNo, options: 2)),
            .poll(PollTexts(question: "愿意试用？"))
        ),
        Draft(.pollVoted(17, by: member, ballot)),
        Draft(.pollClosed(17, counts: [3, 0, 2], voters: 4)), Draft(.pollCancelled(17)),
    ]

    private static let ballot: Ballot = {
        guard let ballot = Ballot([1, 3], of: 3) else {
            preconditionFailure("1 and 3 are options of three")
        }
        return ballot
    }()
}

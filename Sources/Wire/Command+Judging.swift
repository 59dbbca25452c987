internal import Ledger
internal import Rooms

// Commands about judges, sheets and scores.
extension Command {
    init?(judging type: String, _ data: Fields) throws(FieldFault) {
        switch type {
        case "judging.arrange": self = .arrangeJudging(try JudgingPlan(data))
        case "judge.seat": self = .seatJudge(try data.member("member"), panel: try data.panel())
        case "judge.recuse":
            self = .recuse(
                try data.slot("slot"),
                try data.optionalMember("member"),
                reason: try data.optionalText("reason")
            )
        case "judge.return":
            self = .endRecusal(try data.slot("slot"), try data.optionalMember("member"))
        case "sheet.submit":
            self = .submitSheet(
                try data.slot("slot"),
                marks: try data.integers("marks"),
                comment: try data.optionalText("comment")
            )
        case "scoring.close": self = .closeScoring(try data.slot("slot"), words: [:])
        case "scoring.open":
            self = .openScoring(try data.slot("slot"), reason: try data.text("reason"))
        case "scores.publish": self = .publishScores(words: [:])
        default: return nil
        }
    }
}

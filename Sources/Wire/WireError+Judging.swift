internal import Ledger
internal import Rooms

extension WireError {
    /// The error that tells of a refusal about judging.
    init(ofJudging rejection: Rejection) {
        switch rejection {
        case .noJudging: self.init(.judgingNone, "nothing is judged in this room")
        case .judgingBegun:
            self.init(.judgingBegun, "there are sheets already; judging stays as it is")
        case .badJudging(let fault):
            let (field, sentence, values) = Self.words(of: fault)
            self.init(.judgingMalformed, sentence, [JSON.Member("field", .string(field))] + values)
        case .notJudge(let member):
            self.init(
                .judgingNotJudge,
                "that member is no judge",
                [JSON.Member("member", .string("\(member)"))]
            )
        case .noSuchPanel(let limit):
            self.init(.judgingNoSuchPanel, "panels are numbered from 1", [.limit(limit)])
        case .recused(let slot):
            self.init(.judgingRecused, "the judge stood back from that slot", [.slot(slot)])
        case .conflictOfInterest(let slot):
            self.init(.judgingConflict, "nobody judges what is their own", [.slot(slot)])
        case .slotNotScored(let slot):
            self.init(.judgingNotScored, "that slot shows without scores", [.slot(slot)])
        case .badMarks(let criteria):
            self.init(
                .judgingBadMarks,
                "a whole mark from 0 to 100 for each criterion",
                [JSON.Member("criteria", .integer(Int64(criteria)))]
            )
        case .tooManySheets(let limit):
            self.init(.judgingTooMany, "that slot takes no more judges", [.limit(limit)])
        case .alreadyPublished(let slot):
            self.init(.judgingPublished, "that slot's scores are published", [.slot(slot)])
        case .scoresTooEarly(let left):
            self.init(
                .judgingTooEarly,
                "so many slots come first",
                [JSON.Member("left", .integer(Int64(left)))]
            )
        case .nothingToPublish:
            self.init(.judgingNothing, "no slot has scores that nobody was told of")
        default: self.init(ofRoadshow: rejection)
        }
    }

    /// The field that is wrong, what is allowed, and the values that belong to it.
    static func words(of fault: JudgingFault) -> (String, String, [JSON.Member]) {
        switch fault {
        case .criteriaCount(let limit):
            ("criteria", "1 criterion to the limit", [.limit(limit)])
        case .weight: ("criteria.weight", "a weight is 1 to 100", [])
        case .weightSum(let sum):
            ("criteria.weight", "the weights sum to 100", [.sum(sum)])
        case .panelCount(let limit): ("panels", "1 panel to the limit", [.limit(limit)])
        case .panelWeight: ("panels.weight", "a weight is 1 to 100", [])
        case .panelWeightSum(let sum):
            ("panels.weight", "the panels' weights sum to 100", [.sum(sum)])
        case .ties(let criteria):
            ("ties", "numbers of criteria, each once", [.limit(criteria)])
        case .publication(let limit):
            ("after", "1 slot to the limit", [.limit(limit)])
        case .groupCount(let limit): ("groups", "at most so many groups", [.limit(limit)])
        case .groupSlots: ("groups.slots", "each slot of the room stands in one group", [])
        case .advancing: ("groups.advancing", "at most as many as the group has slots", [])
        case .textsDoNotMatch: ("criteria.name", "a name for each", [])
        case .name(let limit):
            ("criteria.name", "names are 1 character to the limit", [.limit(limit)])
        case .anchors(let limit):
            ("criteria.anchors", "anchors are 1 character to the limit", [.limit(limit)])
        case .prizes(let limit):
            ("groups.prizes", "at most so many prizes, with names", [.limit(limit)])
        }
    }
}

extension JSON.Member {
    fileprivate static func sum(_ sum: Int) -> JSON.Member {
        JSON.Member("sum", .integer(Int64(sum)))
    }
}

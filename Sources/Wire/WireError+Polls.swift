internal import Rooms

extension WireError {
    /// The error that tells of a refusal about polls.
    init(ofPolls rejection: Rejection) {
        switch rejection {
        case .noSuchPoll(let id): self.init(.pollNotFound, "no such poll", [.poll(id)])
        case .pollRunning(let id):
            self.init(.pollRunning, "close or cancel the open poll first", [.poll(id)])
        case .pollNotOpen(let id):
            self.init(.pollNotOpen, "the poll takes no votes any more", [.poll(id)])
        case .tooManyPolls(let limit):
            self.init(.pollTooMany, "the room takes no more polls", [.limit(limit)])
        case .badPollOptions(let range):
            self.init(
                .pollBadOptions,
                "a poll of this kind has other options, each said once",
                [.least(range.lowerBound), .most(range.upperBound)]
            )
        case .badBallot(let options, let most):
            self.init(
                .pollBadBallot,
                "a ballot has numbers of options from 1, each once",
                [JSON.Member("options", .integer(Int64(options))), .most(most)]
            )
        case .ballotFixed(let id):
            self.init(.pollBallotFixed, "the vote cannot be changed", [.poll(id)])
        case .registeredOnly:
            self.init(.pollRegisteredOnly, "only registered members vote in this poll")
        default:
            self.init(ofJudging: rejection)
        }
    }
}

extension JSON.Member {
    fileprivate static func poll(_ id: UInt64) -> JSON.Member {
        JSON.Member("poll", .string(String(id)))
    }

    fileprivate static func least(_ least: Int) -> JSON.Member {
        JSON.Member("least", .integer(Int64(least)))
    }

    fileprivate static func most(_ most: Int) -> JSON.Member {
        JSON.Member("most", .integer(Int64(most)))
    }
}

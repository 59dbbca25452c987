public import Ledger

/// Questions: asked by name or, where the room allows it, anonymously to others than staff; carried
/// by votes, merged with those that ask the same, answered aloud, in writing or another time.
extension Room {
    func questionEvents(
        of command: Command,
        by member: MemberID,
        as card: NameCard
    ) throws(Rejection) -> [Draft] {
        switch command {
        case .ask(let text, let slot, let anonymously):
            return [try asked(text, about: slot, by: member, as: card, anonymously)]
        case .vote(let id):
            let supporters = supporters(of: id, try standing(id))
            guard !supporters.contains(member) else { throw .alreadyVoted(id) }
            return [Draft(.questionVoted(id, votes: supporters.count + 1))]
        case .mark(let id, let state):
            return try standing(id).state == state ? [] : [Draft(.questionMarked(id, state))]
        case .mergeQuestion(let id, let target?): return try merged(id, into: target)
        case .mergeQuestion(let id, nil): return try takenApart(id)
        case .answerQuestion(let id, let text):
            return [try answered(id, text, by: member, as: card)]
        case .allowAnonymous(let allows):
            return conduct.allowsAnonymous == allows ? [] : [Draft(.anonymitySet(allows))]
        default: return []
        }
    }

    private func asked(
        _ text: String,
        about slot: SlotID?,
        by member: MemberID,
        as card: NameCard,
        _ anonymously: Bool
    ) throws(Rejection) -> Draft {
        if let slot { try requireKnown(slot) }
        guard questions.count < limits.questions else {
            throw .tooManyQuestions(limit: limits.questions)
        }
        guard !anonymously || conduct.allowsAnonymous else { throw .namedOnly }
        let accepted = try accepted(text, limit: limits.questionText)
        try requireVoice(of: member)
        // A question is never held: with such a word it is refused.
        guard !limits.words.match(accepted) else { throw .wordRefused }
        return Draft(
            .questionAsked(about: slot, hiding: anonymously ? member : nil),
            .asked(by: card.byline, text: accepted)
        )
    }

    private func merged(_ id: UInt64, into target: UInt64) throws(Rejection) -> [Draft] {
        guard id != target else { throw .noSuchQuestion(target) }
        let question = try visible(id)
        guard question.mergedInto != target else { return [] }
        guard question.mergedInto == nil else { throw .questionMerged(id) }
        let both = supporters(of: id, question).union(
            supporters(of: target, try standing(target))
        )
        let counts = [
            QuestionVotes(id, question.voters.count), QuestionVotes(target, both.count),
        ]
        return [Draft(.questionMerged(id, into: target, counts: counts))]
    }

    private func takenApart(_ id: UInt64) throws(Rejection) -> [Draft] {
        let question = try visible(id)
        guard let target = question.mergedInto, let other = questions[target] else { return [] }
        let left = supporters(of: target, other, without: id)
        let counts = [
            QuestionVotes(id, question.voters.count), QuestionVotes(target, left.count),
        ]
        return [Draft(.questionMerged(id, into: nil, counts: counts))]
    }

    /// A moderator answers any, a presenter those about its slots.
    private func answered(
        _ id: UInt64,
        _ text: String,
        by member: MemberID,
        as card: NameCard
    ) throws(Rejection) -> Draft {
        let question = try standing(id)
        let presents = question.slot.map { members[member]?.slots.contains($0) ?? false } ?? false
        guard isModerator(member) || presents else { throw .notPermitted(needs: [.moderator]) }
        guard question.answers < limits.answers else {
            throw .tooManyAnswers(limit: limits.answers)
        }
        let accepted = try accepted(text, limit: limits.answerText)
        try requireVoice(of: member)
        guard isModerator(member) || !limits.words.match(accepted) else { throw .wordRefused }
        return Draft(.questionAnswered(id), .said(by: card.byline, text: accepted))
    }

    /// Who voted for it, or for what was merged into it.
    public func supporters(of id: UInt64) -> Set<MemberID> {
        questions[id].map { supporters(of: id, $0) } ?? []
    }

    private func supporters(
        of id: UInt64,
        _ question: Question,
        without left: UInt64? = nil
    ) -> Set<MemberID> {
        var supporters = question.voters
        guard hasMergedQuestions else { return supporters }
        for (other, merged) in questions where merged.mergedInto == id && other != left {
            supporters.formUnion(merged.voters)
        }
        return supporters
    }

    /// The question, unless there is none or its text was removed.
    private func visible(_ id: UInt64) throws(Rejection) -> Question {
        guard let question = questions[id], texts[id]?.isRedacted == false else {
            throw .noSuchQuestion(id)
        }
        return question
    }

    /// The same, unless another stands for it.
    private func standing(_ id: UInt64) throws(Rejection) -> Question {
        let question = try visible(id)
        guard question.mergedInto == nil else { throw .questionMerged(id) }
        return question
    }

    mutating func applyQuestions(_ recorded: Recorded) {
        switch recorded.event {
        case .questionAsked(let slot, let hidden):
            guard case .member(let author) = recorded.by else { return }
            questions[recorded.sequence] = Question(
                by: author,
                slot: slot,
                isAnonymous: hidden != nil,
                page: followedPage.flatMap { $0.slot == slot ? $0.page : nil }
            )
        case .questionVoted(let id, _):
            guard case .member(let voter) = recorded.by else { return }
            questions[id]?.voters.insert(voter)
        case .questionMarked(let id, let state): questions[id]?.state = state
        case .questionMerged(let id, let target, _):
            hasMergedQuestions = hasMergedQuestions || target != nil
            questions[id]?.mergedInto = target
            guard let target else { return }
            // What was merged into it goes along.
            for (other, question) in questions where question.mergedInto == id {
                questions[other]?.mergedInto = target
            }
        case .questionAnswered(let id):
            questions[id]?.answers += 1
            questions[id]?.state = .answered
        case .anonymitySet(let allows): conduct.allowsAnonymous = allows
        default: applyConduct(recorded)
        }
    }
}

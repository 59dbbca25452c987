internal import Ledger
internal import Rooms
internal import Wire

// Questions, each with its written answer, and whose an anonymous one is for staff alone.
extension Snapshot {
    static func writeQuestions(
        of room: Room,
        _ texts: RoomTextBook,
        for reader: ReaderClass,
        to writer: inout JSONWriter
    ) {
        writer.member("anonymousQuestions", room.conduct.allowsAnonymous)
        writer.member(
            "questions",
            array: { array in
                for (id, question) in room.questions.sorted(by: { $0.key < $1.key }) {
                    guard let line = texts.questions[id] else { continue }
                    array.object { object in
                        object.member("id", String(id))
                        object.member("slot", orNull: question.slot?.description)
                        object.member("votes", room.votes(for: id, question))
                        object.member("state", question.state.rawValue)
                        if let target = question.mergedInto {
                            object.member("mergedInto", String(target))
                        }
                        if question.isAnonymous { object.member("anonymous", true) }
                        let isTold = !question.isAnonymous || reader.sees(.staff)
                        line.write(to: &object, withAuthor: isTold)
                        if let answer = texts.answers[id] {
                            object.member("answer", object: { answer.write(to: &$0) })
                        }
                    }
                }
            }
        )
    }
}

extension Room {
    /// What was merged counts for the other, and keeps its own.
    fileprivate func votes(for id: UInt64, _ question: Question) -> Int {
        question.mergedInto == nil ? supporters(of: id).count : question.voters.count
    }
}

extension RoomHost {
    /// The questions that the member voted for, also through what was merged into them, and those
    /// that it asked anonymously.
    func writeQuestions(of member: MemberID, to you: inout JSONWriter) {
        var voted: Set<UInt64> = []
        var asked: [UInt64] = []
        for (id, question) in durable.questions {
            if question.isAnonymous, question.by == member { asked.append(id) }
            guard question.voters.contains(member) else { continue }
            voted.insert(id)
            if let target = question.mergedInto { voted.insert(target) }
        }
        you.member(
            "votes",
            array: { votes in for id in voted.sorted() { votes.string(String(id)) } }
        )
        guard !asked.isEmpty else { return }
        you.member(
            "asked",
            array: { array in for id in asked.sorted() { array.string(String(id)) } }
        )
    }
}

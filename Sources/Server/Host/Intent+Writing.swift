internal import Ledger
internal import Rooms
internal import Wire

// Intents and what goes with them, as those are shown them who may see each.
extension Intent {
    /// `{"slot", "member", "seq", "at", "side", "step", "amount"?, "cooperation"?, "shared",
    /// "withdrawn"?, "answers", "followUps"}` with the card and the note, where they are left.
    func write(_ key: IntentKey, _ book: IntentBook, to object: inout JSONWriter) {
        key.write(to: &object)
        object.member("seq", sequence)
        object.member("at", at.milliseconds)
        terms.write(to: &object)
        object.member("shared", isShared)
        book.cards[sequence]?.write(to: &object)
        if let note = book.remarks[sequence]?.text { object.member("note", note) }
        if let withdrawn {
            object.member(
                "withdrawn",
                object: { object in
                    object.member("seq", withdrawn)
                    if let note = book.remarks[withdrawn]?.text { object.member("note", note) }
                }
            )
        }
        object.member("answers", array: { writeAnswers(book, to: &$0) })
        object.member("followUps", array: { writeFollowUps(book, to: &$0) })
    }

    private func writeAnswers(_ book: IntentBook, to array: inout JSONWriter) {
        for answered in answers.values.sorted(by: { $0.sequence < $1.sequence }) {
            array.object { object in
                object.member("answer", answered.answer.rawValue)
                object.member("seq", answered.sequence)
                object.member("at", answered.at.milliseconds)
                book.remarks[answered.sequence]?.write(to: &object)
            }
        }
    }

    private func writeFollowUps(_ book: IntentBook, to array: inout JSONWriter) {
        for followed in followUps.values.sorted(by: { $0.sequence < $1.sequence }) {
            array.object { object in
                followed.followUp.write(to: &object)
                object.member("seq", followed.sequence)
                object.member("at", followed.at.milliseconds)
                book.remarks[followed.sequence]?.write(to: &object)
            }
        }
    }
}

extension Feedback {
    /// `{"slot", "member", "codes", "seq", "at"}` with the words, where they are left.
    func write(_ key: IntentKey, _ book: IntentBook, to object: inout JSONWriter) {
        key.write(to: &object)
        object.member(
            "codes",
            array: { array in for code in codes { array.string(code.rawValue) } }
        )
        object.member("seq", sequence)
        object.member("at", at.milliseconds)
        book.remarks[sequence]?.write(to: &object)
    }
}

extension ContactExchange {
    /// The last event that changed who was told what.
    var newest: UInt64 {
        max(offers.values.max() ?? 0, told.values.map(\.sequence).max() ?? 0)
    }

    /// `{"slot", "author", "presenter", "offered", "told"}`: who agrees and waits for the other, and
    /// the contacts that both were told. One's own offer is shown with its text.
    func write(
        _ key: ContactKey,
        _ book: IntentBook,
        for reader: MemberID,
        to object: inout JSONWriter
    ) {
        key.write(to: &object)
        object.member(
            "offered",
            array: { array in
                for (member, sequence) in offers.sorted(by: { $0.value < $1.value }) {
                    array.object { object in
                        object.member("of", "\(member)")
                        object.member("seq", sequence)
                        if member == reader { book.remarks[sequence]?.write(to: &object, "text") }
                    }
                }
            }
        )
        object.member(
            "told",
            array: { array in
                for (member, told) in told.sorted(by: { $0.value.sequence < $1.value.sequence }) {
                    array.object { object in
                        object.member("of", "\(member)")
                        object.member("seq", told.sequence)
                        if told.isWithdrawn { object.member("withdrawn", true) }
                        book.remarks[told.sequence]?.write(to: &object, "text")
                    }
                }
            }
        )
    }
}

extension IntentBook.Remark {
    /// The byline, and the text under that name.
    func write(to object: inout JSONWriter, _ name: String = "note") {
        byline.write(to: &object)
        if let text { object.member(name, text) }
    }
}

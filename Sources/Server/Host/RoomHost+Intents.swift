internal import Ledger
internal import Rooms
internal import Wire

// What a member is shown of intents with its own join, and what everybody inside is told: counts.
extension RoomHost {
    /// Entries of each kind that a join's answer holds at most, the newest; the log has all of them.
    private static let intentsInAnswer = 1_000

    /// The member's own intents, feedback and notes; those for the slots that it presents; contacts;
    /// for staff those whose authors let it see them too.
    func writeIntents(of member: MemberID, _ membership: Membership, to you: inout JSONWriter) {
        let intents = durable.intents
        let slots = membership.slots
        let own = durable.roadshow.slots.map { IntentKey($0.frame.id, member) }
        let given = own.compactMap { key in intents.all[key].map { (key, $0) } }
        write(Dictionary(given) { first, _ in first }, "intents", .author, to: &you)
        if !slots.isEmpty {
            let leads = intents.all.filter {
                slots.contains($0.key.slot) && $0.key.member != member
            }
            write(leads, "leads", .presenter, to: &you)
        }
        if membership.roles.readsAsStaff {
            // One that was taken back is left out: given anew without staff it would be missed.
            let shared = intents.all.filter { $0.value.isShared && !$0.value.isWithdrawn }
            write(shared, "shared", nil, to: &you)
        }
        let feedback = intents.feedback
            .filter { $0.key.member == member || slots.contains($0.key.slot) }
            .sorted { $0.value.sequence < $1.value.sequence }
        list("feedback", feedback.suffix(Self.intentsInAnswer), to: &you) { entry, object in
            entry.value.write(entry.key, texts.intents, to: &object)
        }
        let followed = durable.attendance.pages.filter { slots.contains($0.key) }
            .sorted { $0.key < $1.key }
        list("followed", followed[...], to: &you) { entry, object in
            object.member("slot", entry.key.description)
            object.member(
                "pages",
                array: { array in entry.value.forEach { $0.write(to: &array) } }
            )
        }
        let notes = own.compactMap { key in intents.notes[key].map { (key.slot, $0) } }
        list("notes", notes[...], to: &you) { note, object in
            object.member("slot", note.0.description)
            object.member("seq", note.1)
            object.member("text", texts.intents.remarks[note.1]?.text ?? "")
        }
        let contacts = intents.contacts
            .filter { $0.key.author == member || $0.key.presenter == member }
            .sorted { $0.value.newest < $1.value.newest }
        list("contacts", contacts.suffix(Self.intentsInAnswer), to: &you) { entry, object in
            entry.value.write(entry.key, texts.intents, for: member, to: &object)
        }
    }

    private func write(
        _ intents: [IntentKey: Intent],
        _ name: String,
        _ party: IntentParty?,
        to you: inout JSONWriter
    ) {
        let newest = intents.sorted { $0.value.sequence < $1.value.sequence }
            .suffix(Self.intentsInAnswer)
        let (ended, now) = (durable.intents.endedAt, now())
        list(name, newest, to: &you) { entry, object in
            entry.value.write(entry.key, texts.intents, to: &object)
            if let party, let due = entry.value.due(for: party, since: ended, at: now) {
                object.member("due", due)
            }
            if party == .author { writePresenters(of: entry.key.slot, to: &object) }
        }
    }

    /// Who is told of it now: an author knows whom it writes to.
    private func writePresenters(of slot: SlotID, to object: inout JSONWriter) {
        object.member(
            "presenters",
            array: { array in
                for presenter in durable.presentersTold(of: slot) {
                    array.object { object in
                        object.member("member", "\(presenter)")
                        texts.members[presenter]?.card.byline.write(to: &object)
                    }
                }
            }
        )
    }

    /// An array of objects; left out where it is empty.
    private func list<Entry>(
        _ name: String,
        _ entries: ArraySlice<Entry>,
        to you: inout JSONWriter,
        write: (Entry, inout JSONWriter) -> Void
    ) {
        guard !entries.isEmpty else { return }
        you.member(
            name,
            array: { array in
                for entry in entries { array.object { write(entry, &$0) } }
            }
        )
    }

    /// What the other wrote as its contact for this member, and waits to be told.
    func offered(by other: MemberID, to actor: Actor, in slot: SlotID) -> HeldWords? {
        guard case .member(let member) = actor else { return nil }
        for key in ContactKey.between(member, other, in: slot) {
            guard let sequence = decided.intents.contacts[key]?.offers[other],
                let remark = texts.intents.remarks[sequence], let text = remark.text
            else { continue }
            return HeldWords(by: remark.byline, text: text)
        }
        return nil
    }

    /// How many members have an intent, by slot: what everybody inside is told of intents.
    func writeInterest(to writer: inout JSONWriter) {
        writer.member(
            "interest",
            object: { object in
                for (slot, count) in durable.intents.counts.sorted(by: { $0.key < $1.key }) {
                    object.member(slot.description, count)
                }
            }
        )
    }

    /// The signal `interest`, for those inside.
    func interestSegment() -> Segment {
        var segment = Segment()
        let bytes = ServerMessage.signal("interest", in: id) { writeInterest(to: &$0) }
        for reader in audience.keys where durable.shows(to: reader) {
            segment.published[reader] = [bytes]
        }
        return segment
    }
}

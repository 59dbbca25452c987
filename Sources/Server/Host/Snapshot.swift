internal import Ledger
internal import Rooms
internal import Wire

/// The room as one class of readers sees it now: a cache for joining, never evidence.
enum Snapshot {
    static func bytes(of room: Room, _ texts: RoomTextBook, for reader: ReaderClass) -> [UInt8] {
        var writer = JSONWriter(reserving: 4_096)
        writer.object { writer in
            writer.member("seq", room.sequence)
            writer.member("kind", "roadshow")
            writer.member("state", room.lifecycle.name.rawValue)
            writer.member("title", orNull: texts.room?.title)
            writer.member("genre", orNull: texts.room?.genre)
            let subject = room.roadshow.frame?.subject ?? .project
            writer.member("subject", subject.rawValue)
            writer.member("language", orNull: room.roadshow.frame?.language)
            writer.member("startsAt", orNull: room.roadshow.frame?.startsAt.milliseconds)
            // Those outside a closed door are told that it ended, not that it is about to.
            let isInside = room.shows(to: reader)
            let ending = isInside ? room.endRequestedUntil?.milliseconds : nil
            writer.member("endRequestedUntil", orNull: ending)
            writer.member("reopenUntil", orNull: room.reopenUntil?.milliseconds)
            writeDoor(of: room, texts, to: &writer)
            // Behind a closed door those outside get the programme and no more.
            guard isInside else {
                writeProgramme(of: room, texts, to: &writer)
                return
            }
            writer.member("stage", orNull: room.roadshow.stage?.frame.id.description)
            writer.member("slots", array: { write(room.roadshow, texts, to: &$0) })
            writer.name("clock")
            write(room.roadshow, to: &writer)
            writeRules(of: room.roadshow, to: &writer)
            writer.member("calledAt", orNull: room.roadshow.calledAt?.milliseconds)
            writeOrder(of: room.roadshow, to: &writer)
            writer.member("slowMode", room.conduct.slowSeconds)
            writer.member("chatHold", room.conduct.holdsChat)
            writer.member("stopped", room.conduct.isStopped)
            writer.member(
                "chat",
                array: { array in
                    for line in texts.recentChat { array.object { line.write(to: &$0) } }
                }
            )
            writer.member("chatMore", texts.hasMoreChat)
            writeQuestions(of: room, texts, for: reader, to: &writer)
            writePolls(of: room, texts, for: reader, to: &writer)
            writeMedia(of: room, texts, to: &writer)
            writeJudging(of: room, texts, for: reader, to: &writer)
            if reader.sees(.staff) {
                writer.member("members", array: { writeMembers(of: room, texts, to: &$0) })
                writer.member(
                    "held",
                    array: { array in
                        for (_, line) in texts.held.sorted(by: { $0.key < $1.key }) {
                            array.object { line.write(to: &$0) }
                        }
                    }
                )
                texts.confided.write(to: &writer) { _, _ in true }
            }
        }
        return writer.bytes
    }

    private static func write(
        _ roadshow: Roadshow,
        _ texts: RoomTextBook,
        to array: inout JSONWriter
    ) {
        for slot in roadshow.slots {
            let id = slot.frame.id
            array.object { object in
                object.member("id", id.description)
                texts.room?.slots.first { $0.id == id }?.writeTexts(to: &object)
                object.member("pitchMs", slot.frame.pitchMilliseconds)
                object.member("qaMs", slot.frame.questionsMilliseconds)
                object.member("state", slot.state.rawValue)
                object.member("absences", slot.absences)
                object.member("page", slot.page)
                object.member(
                    "pages",
                    array: { pages in
                        for file in texts.slides[id] ?? [] { pages.object { file.write(to: &$0) } }
                    }
                )
            }
        }
    }

    static func writeRules(of roadshow: Roadshow, to writer: inout JSONWriter) {
        writer.member(
            "rules",
            object: { object in
                roadshow.rules.write(to: &object)
                object.member("graceMs", orNull: roadshow.frame?.graceMilliseconds)
            }
        )
    }

    private static func write(_ roadshow: Roadshow, to writer: inout JSONWriter) {
        guard let slot = roadshow.stage, let clock = roadshow.clock else {
            writer.null()
            return
        }
        writer.object { object in
            object.member("slot", slot.frame.id.description)
            object.member("phase", clock.phase.rawValue)
            object.member("totalMs", clock.total)
            switch clock.reading {
            case .running(let end):
                object.member("endsAt", end.milliseconds)
                object.member("remainingMs", .null)
            case .stopped(let remaining, _):
                object.member("endsAt", .null)
                object.member("remainingMs", remaining)
            }
        }
    }

    private static func writeMembers(
        of room: Room,
        _ texts: RoomTextBook,
        to array: inout JSONWriter
    ) {
        let entrants = texts.members.sorted {
            ($0.value.at, "\($0.key)") < ($1.value.at, "\($1.key)")
        }
        for (id, entrant) in entrants.suffix(membersInSnapshot) {
            guard let membership = room.members[id] else { continue }
            array.object { object in
                object.member("member", "\(id)")
                entrant.card.write(to: &object)
                object.member("card", entrant.cardIn)
                membership.writeRoles(to: &object)
                if membership.isMuted { object.member("muted", true) }
                if membership.isOnSite { object.member("onSite", true) }
                if let signed = room.signatures[id] {
                    object.member("signed", signed.milliseconds)
                }
                object.member("at", entrant.at.milliseconds)
            }
        }
    }

    /// The newest members that staff see on joining; all of them stand in the log.
    private static let membersInSnapshot = 500
}

extension RoomTextBook.Line {
    /// The members of a chat message or question; `removed` where its text is gone.
    func write(to object: inout JSONWriter, withAuthor isTold: Bool = true) {
        object.member("seq", sequence)
        object.member("by", orNull: isTold ? "\(by)" : nil)
        object.member("at", at.milliseconds)
        address.writeHead(to: &object)
        guard let content else {
            object.member("removed", true)
            return
        }
        if isTold { content.byline.write(to: &object) }
        object.member("text", correction?.text ?? content.text)
        guard let correction else { return }
        object.member("original", content.text)
        object.member("corrected", correction.sequence)
    }
}

extension Membership {
    /// What somebody is in the room, and which slots are theirs.
    func writeRoles(to object: inout JSONWriter) {
        object.member(
            "roles",
            array: { array in for role in roles.sorted() { array.string(role.rawValue) } }
        )
        object.member(
            "slots",
            array: { array in for slot in slots.sorted() { array.string(slot.description) } }
        )
    }
}

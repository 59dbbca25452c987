internal import Ledger
internal import Rooms
internal import Wire

// How the room is judged, and what was told of it.
extension Snapshot {
    static func writeJudging(
        of room: Room,
        _ texts: RoomTextBook,
        for reader: ReaderClass,
        to writer: inout JSONWriter
    ) {
        guard let scheme = room.judging.scheme else {
            writer.member("judging", .null)
            return
        }
        writer.member(
            "judging",
            object: { object in
                scheme.write(texts.judging, to: &object)
                let told = room.roadshow.slots.compactMap { room.judging.published[$0.frame.id] }
                PublishedScores(scores: told, ranks: room.judging.ranks).write(to: &object)
                object.member(
                    "sheets",
                    array: { writeOpened(of: room, texts, for: reader, to: &$0) }
                )
                if reader.sees(.staff) { writeProgress(of: room, to: &object) }
            }
        )
    }

    private static func writeOpened(
        of room: Room,
        _ texts: RoomTextBook,
        for reader: ReaderClass,
        to array: inout JSONWriter
    ) {
        for sheet in room.roadshow.slots.flatMap({ room.judging.opened[$0.frame.id] ?? [] })
        where sheet.isForAll || reader.sees(.staff) {
            array.object { object in
                sheet.write(to: &object)
                texts.openedSheets[sheet.slot, sheet.judge]?.write(to: &object)
            }
        }
    }

    /// Who sits where, who stood back, who gave a sheet: no mark.
    private static func writeProgress(of room: Room, to object: inout JSONWriter) {
        object.member(
            "seats",
            array: { array in
                for (judge, panel) in room.judging.seats.sorted(by: { "\($0.key)" < "\($1.key)" }) {
                    array.object { seat in
                        seat.member("member", "\(judge)")
                        seat.member("panel", panel)
                    }
                }
            }
        )
        let recusals = room.judging.recusals.flatMap { slot, judges in judges.map { (slot, $0) } }
        object.member("recusals", array: { write(recusals, to: &$0) })
        let given = room.judging.sheets.flatMap { slot, sheets in sheets.keys.map { (slot, $0) } }
        object.member("given", array: { write(given, to: &$0) })
    }

    private static func write(_ pairs: [(SlotID, MemberID)], to array: inout JSONWriter) {
        for (slot, judge) in pairs.sorted(by: { ($0.0, "\($0.1)") < ($1.0, "\($1.1)") }) {
            array.object { object in
                object.member("slot", slot.description)
                object.member("member", "\(judge)")
            }
        }
    }

    /// A judge's own sheets and the slots it stood back from, for `you`.
    static func writeOwnSheets(
        of judge: MemberID,
        in room: Room,
        _ texts: RoomTextBook,
        to you: inout JSONWriter
    ) {
        you.member("panel", room.judging.seats[judge] ?? 1)
        you.member(
            "recused",
            array: { array in
                for (slot, judges) in room.judging.recusals.sorted(by: { $0.key < $1.key })
                where judges.contains(judge) {
                    array.string(slot.description)
                }
            }
        )
        you.member(
            "sheets",
            array: { array in
                for (slot, sheets) in room.judging.sheets.sorted(by: { $0.key < $1.key }) {
                    guard let sheet = sheets[judge] else { continue }
                    array.object { object in
                        object.member("slot", slot.description)
                        object.member("panel", sheet.panel)
                        object.member("marks", integers: sheet.marks)
                        object.member("seq", sheet.sequence)
                        texts.sheets[slot, judge]?.write(to: &object)
                    }
                }
            }
        )
    }
}

extension SheetWords {
    /// The byline, and `comment` where there is one.
    fileprivate func write(to object: inout JSONWriter) {
        byline.write(to: &object)
        if let comment { object.member("comment", comment) }
    }
}

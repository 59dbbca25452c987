internal import Ledger
internal import Media
internal import Rooms
internal import Storage
internal import Wire

/// What a recording is: `head.json`.
struct RecordingHead: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        /// Of what was live in the room.
        case live
        /// Of a slot, in private.
        case rehearsal
        /// A file that its presenter brought.
        case upload
    }

    let kind: Kind
    let slot: SlotID?
    /// Who rehearsed or uploaded it.
    let member: MemberID?
    let begunAt: Timestamp

    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.object { write(to: &$0) }
        return writer.bytes
    }

    func write(to object: inout JSONWriter) {
        object.member("kind", kind.rawValue)
        object.member("slot", orNull: slot?.description)
        object.member("member", orNull: member.map { "\($0)" })
        object.member("begunAt", begunAt.milliseconds)
    }

    init(kind: Kind, slot: SlotID? = nil, member: MemberID? = nil, begunAt: Timestamp) {
        self.kind = kind
        self.slot = slot
        self.member = member
        self.begunAt = begunAt
    }

    /// `nil` where the bytes are none of ours.
    init?(_ bytes: [UInt8]) {
        guard let json = try? JSONParser.parse(bytes),
            let kind = json["kind"]?.text.flatMap(Kind.init),
            let begunAt = json["begunAt"]?.integer, begunAt >= 0
        else { return nil }
        self.init(
            kind: kind,
            slot: json["slot"]?.text.flatMap { SlotID($0) },
            member: json["member"]?.text.flatMap { MemberID($0) },
            begunAt: Timestamp(milliseconds: UInt64(begunAt))
        )
    }
}

/// How a recording ended: `end.json`.
struct RecordingEndNote: Sendable {
    let at: Timestamp
    /// Microseconds since the epoch, of the first and the last frame.
    let firstTime: Int?
    let lastTime: Int?
    let frames: Int
    let bytesOfFrames: Int
    let leftOut: Int

    init(at: Timestamp, figures: RecordingFigures) {
        self.at = at
        (firstTime, lastTime) = (figures.firstTime, figures.lastTime)
        (frames, bytesOfFrames, leftOut) = (figures.frames, figures.bytes, figures.leftOut)
    }

    /// Of a recording of which the file alone is here.
    init(from first: Timestamp, to last: Timestamp) {
        at = last
        firstTime = Int(clamping: first.milliseconds) * 1_000
        lastTime = Int(clamping: last.milliseconds) * 1_000
        (frames, bytesOfFrames, leftOut) = (0, 0, 0)
    }

    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.object { object in
            object.member("at", at.milliseconds)
            object.member("firstTime", orNull: firstTime)
            object.member("lastTime", orNull: lastTime)
            object.member("frames", frames)
            object.member("bytes", bytesOfFrames)
            object.member("leftOut", leftOut)
        }
        return writer.bytes
    }
}

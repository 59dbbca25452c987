internal import Archive
internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Storage
internal import Wire

// Closed matters: what is sent of them is noted first, and staff reads the list (披露台账).
extension API {
    /// Notes that a part of a closed matter goes to whoever asks; nothing is sent that is not noted, and
    /// nothing is noted that is not sent: HEAD brings no content.
    /// - Returns: whether more than the public face may be sent: it is noted, or needs no note.
    @discardableResult
    func disclose(
        _ item: Disclosure.Item,
        in room: RoomID,
        to reading: Reading,
        _ request: Request
    ) async throws(WireError) -> Bool {
        guard reading.isMatter else { return true }
        guard request.head.method == .get, !reading.mustSign, let member = reading.member else {
            return false
        }
        let command = Command.disclose(Disclosure(of: item, to: member))
        _ = try await world.perform(command, in: room, by: .server)
        return true
    }

    /// The same of a file, with the slot and page where it stands: on stage, or else first in the agenda.
    func disclose(
        _ file: String,
        in room: RoomID,
        to reading: Reading,
        _ request: Request
    ) async throws(WireError) {
        guard reading.isMatter else { return }
        let item = try await world.withHost(of: room) { host, _, _ in
            let stage = host.durable.roadshow.stage
            let slots = [stage].compactMap(\.self) + host.durable.roadshow.slots
            for slot in slots {
                let id = slot.frame.id
                let files = host.texts.slides[id] ?? []
                let shown = slot.page - 1
                if id == stage?.frame.id, files.indices.contains(shown), files[shown].file == file {
                    return Disclosure.Item.file(file, slot: id, page: slot.page)
                }
                if let place = files.firstIndex(where: { $0.file == file }) {
                    return .file(file, slot: id, page: place + 1)
                }
            }
            return .file(file, slot: nil, page: nil)
        }
        try await disclose(item, in: room, to: reading, request)
    }

    /// `GET /rooms/R/disclosures?before=&limit=`, newest first; `format=csv` for all, oldest first.
    func disclosures(of room: RoomID, _ request: Request) async throws(WireError) -> Response {
        _ = try await staff(of: room)
        let (texts, state) = try await world.withHost(of: room) { host, _, _ in
            (host.texts, host.durable)
        }
        guard state.door.terms != nil else {
            throw WireError(.termsNone, "this room is no closed matter")
        }
        guard request.query["format"] != "csv" else {
            let (words, zone) = try place(request)
            let events = try await stored { try await world.store.readAll(room, after: 0) }
            let cells = events.compactMap { DisclosureRow($0, texts)?.cells(words, zone) }
            let csv = CSV(DisclosureRow.heading(words), cells)
            return download(.bytes(csv.bytes), .csv, "luyan-\(room)-disclosures.csv")
        }
        let before = try number("before", request) ?? .max
        let limit = min(max(try number("limit", request) ?? 100, 1), 500)
        let older = texts.disclosures.prefix { $0 < before }
        let page = older.suffix(Int(limit))
        var rows: [DisclosureRow] = []
        for sequence in page.reversed() {
            let found = try await stored {
                try await world.store.read(room, after: sequence - 1, limit: 1)
            }
            rows += found.compactMap { DisclosureRow($0, texts) }
        }
        return json { writer in
            writer.member("total", texts.disclosures.count)
            writer.member("signed", state.signatures.count)
            writer.member("next", orNull: older.count > page.count ? page.first : nil)
            writer.member(
                "rows",
                array: { array in for row in rows { array.object { row.write(to: &$0) } } }
            )
        }
    }
}

/// One line of the list of disclosures: who signed, or was sent what, and the event that proves it.
struct DisclosureRow {
    let sequence: UInt64
    private let at: Timestamp
    private let hash: String
    private let member: MemberID
    private let name: String
    private let organisation: String?
    let item: Item
    private var slot: String?
    private var slotTitle: String?
    private var page: Int?
    /// SHA-256 of the file, or of the terms.
    private var digest: String?

    enum Item: Equatable {
        case signature
        case sent(Disclosure.Item)

        var name: String {
            switch self {
            case .signature: "signature"
            case .sent(let item): item.name
            }
        }
    }

    /// `nil` where the event is neither a signature nor a disclosure.
    init?(_ sealed: SealedEvent, _ book: RoomTextBook) {
        guard let entry = Entry(sealed) else { return nil }
        switch entry.recorded.event {
        case .termsSigned(let member, let terms):
            (self.member, digest, item) = (member, terms, .signature)
        case .disclosed(let disclosure):
            (member, item) = (disclosure.member, .sent(disclosure.item))
            if case .file(let file, let place, let number) = disclosure.item {
                (digest, slot, page) = (file, place?.description, number)
                slotTitle = book.room?.slots.first { $0.id == place }?.title
            }
        default: return nil
        }
        let card = book.members[member]?.card ?? book.outsiders[member]?.card
        // Who signed is called so ever after, whatever card it shows later.
        name = book.signatures[member] ?? card?.name ?? ""
        organisation = card?.organisation
        (sequence, at, hash) = (sealed.sequence, sealed.header.time, sealed.hash.hex)
    }

    func write(to object: inout JSONWriter) {
        object.member("seq", sequence)
        object.member("at", at.milliseconds)
        object.member("member", "\(member)")
        object.member("name", name)
        object.member("organisation", orNull: organisation)
        object.member("item", item.name)
        object.member("slot", orNull: slot)
        object.member("slotTitle", orNull: slotTitle)
        object.member("page", orNull: page.map(UInt64.init(clamping:)))
        object.member("digest", orNull: digest)
        object.member("hash", hash)
    }

    static func heading(_ language: Transcript.Language) -> [String] {
        switch language {
        case .chinese:
            [
                "序号", "时间", "UTC 时间", "成员", "姓名", "单位", "事项", "项目", "页", "SHA-256", "事件哈希",
            ]
        case .english:
            [
                "event", "time", "time in UTC", "member", "name", "organisation", "what", "project",
                "page", "SHA-256", "event hash",
            ]
        }
    }

    func cells(_ language: Transcript.Language, _ zone: Transcript.Zone) -> [String] {
        let isChinese = language == .chinese
        let what =
            switch item {
            case .signature: isChinese ? "签署条款" : "signed the terms"
            case .sent(.file): isChinese ? "发送页面" : "page sent"
            case .sent(.log): isChinese ? "下载全程记录" : "log downloaded"
            case .sent(.transcript): isChinese ? "下载文字记录" : "transcript downloaded"
            case .sent(.recording): isChinese ? "播放或下载录像" : "recording sent"
            }
        return [
            "\(sequence)", at.text(in: zone), at.utc, "\(member)", name, organisation ?? "", what,
            slotTitle ?? slot ?? "", page.map(String.init) ?? "", digest ?? "", hash,
        ]
    }
}

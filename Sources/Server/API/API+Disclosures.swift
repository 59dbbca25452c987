internal import Archive
internal import HTTP
internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Wire

// Closed matters: what is sent of them is noted first, and staff reads the list (披露台账).
extension API {
    /// Notes that a part of a closed matter goes to whoever asks; nothing is sent that is not noted.
    func disclose(
        _ item: Disclosure.Item,
        in room: RoomID,
        to reading: Reading
    ) async throws(WireError) {
        guard reading.isMatter, let member = reading.member, !reading.mustSign else { return }
        let command = Command.disclose(Disclosure(of: item, to: member))
        _ = try await world.perform(command, in: room, by: .server)
    }

    /// The same of a file, with the slot and page where it stands now.
    func disclose(
        _ file: String,
        in room: RoomID,
        to reading: Reading
    ) async throws(WireError) {
        guard reading.isMatter else { return }
        let item = try await world.withHost(of: room) { host, _, _ in
            for (slot, files) in host.texts.slides.sorted(by: { $0.key < $1.key }) {
                if let place = files.firstIndex(where: { $0.file == file }) {
                    return Disclosure.Item.file(file, slot: slot, page: place + 1)
                }
            }
            return .file(file, slot: nil, page: nil)
        }
        try await disclose(item, in: room, to: reading)
    }

    /// `GET /rooms/R/disclosures?before=&limit=`, newest first; `format=csv` for all, oldest first.
    func disclosures(of room: RoomID, _ request: Request) async throws(WireError) -> Response {
        _ = try await staff(of: room)
        let (texts, terms) = try await world.withHost(of: room) { host, _, _ in
            (host.texts, host.durable.door.terms)
        }
        guard terms != nil else { throw WireError(.termsNone, "this room is no closed matter") }
        let events = try await stored { try await world.store.readAll(room, after: 0) }
        let rows = events.compactMap { DisclosureRow($0, texts) }
        guard request.query["format"] != "csv" else {
            let (words, zone) = try place(request)
            let cells = rows.map { $0.cells(words, zone) }
            let csv = CSV(DisclosureRow.heading(words), cells)
            return download(.bytes(csv.bytes), .csv, "luyan-\(room)-disclosures.csv")
        }
        let before = try number("before", request) ?? .max
        let limit = min(try number("limit", request) ?? 100, 500)
        let older = rows.filter { $0.sequence < before }
        let page = older.suffix(Int(limit))
        return json { writer in
            writer.member("total", rows.count)
            writer.member("signed", rows.count { $0.item == .signature })
            writer.member("next", orNull: older.count > page.count ? page.first?.sequence : nil)
            writer.member(
                "rows",
                array: { array in for row in page.reversed() { array.object { row.write(to: &$0) } }
                }
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
        if case .signature(let signed) = entry.texts {
            name = signed
        } else {
            name = card?.name ?? ""
        }
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
            }
        return [
            "\(sequence)", at.text(in: zone), at.utc, "\(member)", name, organisation ?? "", what,
            slotTitle ?? slot ?? "", page.map(String.init) ?? "", digest ?? "", hash,
        ]
    }
}

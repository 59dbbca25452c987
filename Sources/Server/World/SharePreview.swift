internal import Archive
internal import Foundation
internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import Rooms
internal import Storage
internal import Transport

/// What a link shows where it is sent on: title, time and picture, by the Open Graph protocol, which
/// messengers and social networks read. It tells what the page tells visitors.
struct SharePreview: Equatable {
    let title: String
    let text: String
    /// The page's own address, and the picture's, whole.
    let address: String
    let picture: String
    let site: String
    let language: String

    /// The document with the preview in its head; the same where it has none.
    func inserted(into document: [UInt8]) -> [UInt8] {
        let html = String(decoding: document, as: UTF8.self)
        guard let start = html.range(of: "<title>"), let end = html.range(of: "</title>") else {
            return document
        }
        let head = [
            "<title>\(HTMLText.escaped(title))</title>", meta("og:type", "website"),
            meta("og:title", title), meta("og:description", text), meta("og:url", address),
            meta("og:image", picture), meta("og:site_name", site),
            meta("og:locale", language == "en" ? "en_GB" : "zh_CN"),
            "<meta name=\"description\" content=\"\(HTMLText.escaped(text))\">",
            "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        ].joined(separator: "\n    ")
        return Array((html[..<start.lowerBound] + head + html[end.upperBound...]).utf8)
    }

    private func meta(_ property: String, _ content: String) -> String {
        "<meta property=\"\(property)\" content=\"\(HTMLText.escaped(content))\">"
    }
}

extension Hub {
    /// The document of a room or event with its preview; `nil` where the page is of something else, or
    /// a browser asks, which shows the page itself and gets the document that all share.
    func preview(of page: PageAddress, for head: RequestHead) -> Response? {
        guard head.method == .get || head.method == .head, !head.isOfBrowser,
            let document = pages["index.html"], let preview = preview(of: page, reached: base(head))
        else { return nil }
        var response = Response(type: .html, body: preview.inserted(into: document.bytes))
        response.fields[.cacheControl] = "no-cache"
        response.fields[.vary] = "Sec-Fetch-Dest"
        return response
    }

    private func base(_ head: RequestHead) -> String {
        world.settings.base(reachedAs: head.authority)
    }

    private func preview(of page: PageAddress, reached base: String) -> SharePreview? {
        switch page {
        case .other: return nil
        case .room(let id):
            guard let room = world.directory[id], room.state != .unborn else { return nil }
            return SharePreview(
                title: room.title,
                text: Self.words(from: room.startsAt, projects: room.slots, in: room.language),
                address: "\(base)/r/\(id)",
                picture: picture(of: room, base),
                site: world.settings.name(in: room.language),
                language: room.language
            )
        case .event(let id):
            guard let event = try? world.store.people.publicEventNow(id) else { return nil }
            let rooms = event.halls.compactMap { world.directory[$0.room] }
            let language = event.profile.language
            let start = rooms.map(\.startsAt).min().map { Self.time($0, in: language) }
            return SharePreview(
                title: event.profile.title,
                text: [start, event.profile.venue].compactMap(\.self).joined(separator: " · "),
                address: "\(base)/e/\(id)",
                picture: picture(of: rooms.first { $0.picture != nil }, base),
                site: world.settings.name(in: language),
                language: language
            )
        }
    }

    private func picture(of room: RoomSummary?, _ base: String) -> String {
        guard let room, let file = room.picture else { return "\(base)/styles/card.png" }
        return "\(base)/api/v1/rooms/\(room.room)/files/\(file)"
    }

    private static func words(from start: Timestamp, projects: Int, in language: String) -> String {
        let time = time(start, in: language)
        guard language == "en" else { return "\(time) · \(projects) 个项目" }
        return "\(time) · \(projects) \(projects == 1 ? "project" : "projects")"
    }

    /// By the clocks of China for what is held in Chinese, else by UTC.
    private static func time(_ time: Timestamp, in language: String) -> String {
        time.minuteText(in: language == "en" ? .utc : .china)
    }
}

extension Settings {
    /// Where the site is on the web: as it was set, else as it was reached.
    func base(reachedAs authority: String?) -> String {
        guard publicURL.isEmpty else { return publicURL }
        return "\(isReachedByTLS ? "https" : "http")://\(authority ?? "")"
    }

    fileprivate func name(in language: String) -> String {
        language == "en" ? nameEnglish : nameChinese
    }
}

extension RequestHead {
    /// Browsers alone say what they want an answer for (Fetch Metadata).
    fileprivate var isOfBrowser: Bool {
        HTTPField.Name("Sec-Fetch-Dest").flatMap { fields[$0] } != nil
    }
}

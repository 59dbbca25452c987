internal import Ledger
internal import OpenSSL
internal import Rooms

// The outcome as documents: Markdown for people, a table for spreadsheets.
extension Outcome {
    public func markdown(in language: Transcript.Language, zone: Transcript.Zone) -> String {
        let words = DocumentWords(language)
        var text = "# \(title.escaped)\n\n"
        if let startsAt {
            text += "- \(words.planned)\(words.colon)\(CivilTime(startsAt, zone).text)\n"
        }
        text += "- \(words.state)\(words.colon)\(words.lifecycle(state))\n"
        text += "- \(words.projects)\(words.colon)\(slots.count)\n"
        text += "\n## \(words.attendance)\n\n- \(words.members)\(words.colon)\(members)"
        text += "\(words.onSite(onSite))\n"
        for (kind, members, onSite) in attendance {
            text += "- \(words.kind(kind))\(words.colon)\(members)\(words.onSite(onSite))\n"
        }
        for region in regions {
            let name = words.pick(region.chinese, region.english ?? region.chinese)
            text += "- \(name)\(words.colon)\(region.members)\n"
        }
        if let peak {
            text += "- \(words.peak)\(words.colon)\(peak.count)"
            text += " (\(CivilTime(peak.at, zone).text))\n"
        }
        text += "\n## \(judging == nil ? words.projects : words.results)\n\n"
        text += Self.table(heading(words), rows(words))
        if let judging { text += "\n\(words.counting(judging.scheme.aggregation))\n" }
        text += "\n## \(words.questions)\n\n"
        if questions.isEmpty { text += "\(words.none)\n" }
        for asked in questions { text += line(asked, words) }
        if !polls.isEmpty { text += "\n## \(words.polls)\n\n" }
        for poll in polls { text += lines(poll, words) }
        text += "\n## \(words.proof)\n\n- \(words.room)\(words.colon)`\(room)`\n"
        text += "- \(words.events)\(words.colon)\(events)\n"
        text += "- \(words.key)\(words.colon)`\(key.hex)`\n\n"
        text += "    luyan verify luyan-\(room).jsonl --key \(key.hex)\n"
        return text
    }

    /// A line for each slot.
    public func table(in language: Transcript.Language) -> CSV {
        let words = DocumentWords(language)
        return CSV(heading(words), rows(words))
    }

    private func heading(_ words: DocumentWords) -> [String] {
        let about = [
            words.group, words.place, words.number, words.project, words.presenters,
            words.organisation, words.field, words.state,
        ]
        let scores = judging.map { judged in
            [words.total] + judged.texts.criteria.map(\.name)
                + [words.sheets, words.trimmed, words.recused, words.award]
        }
        return about + (scores ?? [])
            + [words.asked, words.answered, words.intents, words.most]
    }

    private func rows(_ words: DocumentWords) -> [[String]] {
        placings.map { placing in
            let texts = placing.project.texts
            let place = slots.firstIndex { $0.id == placing.project.id }
            let about = [
                placing.group ?? "", placing.rank.map(String.init) ?? "",
                place.map { String($0 + 1) } ?? "", texts.title, texts.presenters ?? "",
                texts.organisation ?? "", texts.field ?? "", words.slot(placing.project.state),
            ]
            let count = questions(about: placing.project.id)
            return about + (judging.map { cells(placing, $0, words) } ?? [])
                + [count.asked, count.answered, placing.project.intents].map(String.init)
                + [placing.project.most.map(String.init) ?? ""]
        }
    }

    private func cells(_ placing: Placing, _ judged: Judged, _ words: DocumentWords) -> [String] {
        let score = placing.score
        let told = score?.criteria ?? []
        let criteria = judged.texts.criteria.indices.map { index in
            told.indices.contains(index) ? Self.figure(told[index]) : ""
        }
        let award = [placing.prize, placing.isAdvancing ? words.advances : nil].compactMap(\.self)
        return [score?.total.map(Self.figure) ?? ""] + criteria
            + [score?.sheets, score?.trimmed, score?.recused].map { $0.map(String.init) ?? "" }
            + [award.joined(separator: " · ")]
    }

    private func line(_ asked: Asked, _ words: DocumentWords) -> String {
        let about = asked.slot.flatMap { id in slots.first { $0.id == id }?.texts.title }
        let facts = [
            asked.byline?.name, about, "\(asked.votes) \(words.votes)",
            words.ended(asked.state),
        ].compactMap(\.self).joined(separator: " · ")
        let answer = asked.answer.map { "  \(words.answer)\($0.escaped)\n" } ?? ""
        return "- \(asked.text?.escaped ?? "*\(words.removed)*") (\(facts.escaped))\n\(answer)"
    }

    private func lines(_ poll: Voted, _ words: DocumentWords) -> String {
        var text = "- \(poll.texts?.question.escaped ?? "*\(words.removed)*")"
        text += " (\(poll.voters) \(words.voters))\n"
        for (index, count) in poll.counts.enumerated() {
            let own = poll.texts?.options.dropFirst(index).first
            let label = own ?? words.option(index + 1, of: poll.kind)
            text += "  - \(label.escaped)\(words.colon)\(count)\n"
        }
        return text
    }

    /// `86.33` of hundredths.
    static func figure(_ hundredths: Int) -> String {
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// Figures stand as they are: none of them is markup within a cell.
    private static func cell(_ text: String) -> String {
        text.utf8.allSatisfy { "0123456789.".utf8.contains($0) } ? text : text.escaped
    }

    private static func table(_ heading: [String], _ rows: [[String]]) -> String {
        let line = { (cells: [String]) in
            "| " + cells.map(Self.cell).joined(separator: " | ") + " |\n"
        }
        return line(heading) + "|" + heading.map { _ in " --- |" }.joined() + "\n"
            + rows.map(line).joined()
    }
}

internal import Rooms

/// A poll of a transcript: what its results are told with.
struct TranscriptPoll {
    let frame: PollFrame
    /// `nil` where they were removed.
    let texts: PollTexts?

    init(_ frame: PollFrame, _ texts: PollTexts?) {
        self.frame = frame
        self.texts = texts
    }
}

extension TranscriptWriter {
    /// The poll's kind, question and options.
    func opening(of id: UInt64) -> String {
        guard let poll = polls[id] else { return "" }
        let head = "**\(words.poll) \(id)** (\(words.pollKind(poll.frame.kind)))\(words.colon)"
        guard let texts = poll.texts else { return "\(head)*\(words.removed)*" }
        let options = texts.options.isEmpty ? "" : " — \(texts.options.joined(separator: " / "))"
        return head + (texts.question + options).escaped
    }

    /// The final counts, one option after the other.
    func results(of id: UInt64, _ counts: [Int], _ voters: Int) -> String {
        let counted = counts.enumerated().map { place, count in
            "\(label(place + 1, of: id)) \(count)".escaped
        }
        let list = counted.joined(separator: words.comma)
        return "**\(words.poll) \(id)** \(words.pollClosed(voters))\(words.colon)\(list)"
    }

    private func label(_ option: Int, of id: UInt64) -> String {
        guard let poll = polls[id] else { return "\(option)." }
        switch poll.frame.kind {
        case .yesNo: return option == 1 ? words.yes : words.no
        case .rating: return words.stars(option)
        case .single, .multiple:
            guard let options = poll.texts?.options, options.indices.contains(option - 1) else {
                return words.option(option)
            }
            return "“\(options[option - 1])”"
        }
    }
}

extension DocumentWords {
    var poll: String { pick("投票", "Poll") }
    var pollCancelled: String { pick("已取消，结果撤回", "cancelled, its results withdrawn") }
    var yes: String { pick("是", "yes") }
    var no: String { pick("否", "no") }
    var comma: String { pick("，", ", ") }

    func pollKind(_ kind: PollKind) -> String {
        switch kind {
        case .single: pick("单选", "one choice")
        case .multiple: pick("多选", "several choices")
        case .rating: pick("评分", "rating")
        case .yesNo: pick("是否", "yes or no")
        }
    }

    func pollClosed(_ voters: Int) -> String {
        pick("结束，\(voters) 人投票", voters == 1 ? "closed, 1 voter" : "closed, \(voters) voters")
    }

    func stars(_ count: Int) -> String { pick("\(count) 分：", "rated \(count):") }
    func option(_ number: Int) -> String { pick("选项 \(number)：", "option \(number):") }
}

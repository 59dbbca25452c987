internal import Rooms

// The words of an outcome.
extension DocumentWords {
    var state: String { pick("状态", "State") }
    var projects: String { pick("项目", "Projects") }
    var attendance: String { pick("到场", "Attendance") }
    var members: String { pick("成员", "Members") }

    /// How many of them were in the hall; nothing where nobody checked in.
    func onSite(_ count: Int) -> String {
        count == 0 ? "" : pick("（现场 \(count)）", " (\(count) on site)")
    }

    var noKind: String { pick("未填身份", "No kind given") }
    var peak: String { pick("同时在线最多", "Most at once") }
    var most: String { pick("同时在线最多", "Most viewers") }
    var results: String { pick("评审结果", "Results") }
    var questions: String { pick("问答", "Questions and answers") }
    var none: String { pick("没有提问。", "Nobody asked.") }
    var votes: String { pick("票", "votes") }
    var polls: String { pick("投票", "Polls") }
    var voters: String { pick("人投票", "voted") }

    /// What an option says where it has no words of its own.
    func option(_ number: Int, of kind: PollKind) -> String {
        switch kind {
        case .yesNo: number == 1 ? pick("赞成", "Yes") : pick("反对", "No")
        case .rating: pick("\(number) 分", "\(number)")
        case .single, .multiple: pick("选项 \(number)", "Option \(number)")
        }
    }

    var proof: String { pick("核验", "Verification") }

    var number: String { pick("序号", "No.") }
    var group: String { pick("组别", "Group") }
    var place: String { pick("名次", "Place") }
    var project: String { pick("项目", "Project") }
    var presenters: String { pick("主讲人", "Presenters") }
    var organisation: String { pick("单位", "Organisation") }
    var field: String { pick("领域", "Field") }
    var total: String { pick("总分", "Total") }
    var sheets: String { pick("评分表", "Sheets") }
    var trimmed: String { pick("去掉", "Left out") }
    var recused: String { pick("回避", "Stood back") }
    var award: String { pick("奖项", "Award") }
    var asked: String { pick("提问数", "Questions") }
    var answered: String { pick("已回答", "Answered") }
    var intents: String { pick("意向数", "Intents") }
    var advances: String { pick("晋级", "goes on") }

    func counting(_ aggregation: JudgingScheme.Aggregation) -> String {
        switch aggregation {
        case .mean: pick("每组取平均值。", "Each panel counts the mean of its sheets.")
        case .trimmed:
            pick(
                "一组评委不少于 5 人时，去掉一个最高分和一个最低分，再取平均值；不足 5 人时取平均值。",
                "A panel of five or more leaves out one highest and one lowest sheet; a smaller one "
                    + "counts the plain mean."
            )
        }
    }

    func lifecycle(_ state: Lifecycle.Name) -> String {
        switch state {
        case .unborn, .scheduled: pick("未开放", "scheduled")
        case .open: pick("已开放", "open")
        case .live: pick("直播中", "live")
        case .paused: pick("暂停", "paused")
        case .followUp: pick("已结束", "ended")
        case .closed: pick("已关闭", "closed")
        case .archived: pick("已归档", "archived")
        case .cancelled: pick("已取消", "cancelled")
        }
    }

    func slot(_ state: SlotState) -> String {
        switch state {
        case .waiting, .ready: pick("未进行", "not held")
        case .pitch, .overtime, .questions: pick("未完成", "not finished")
        case .scoring: pick("评分中", "being scored")
        case .done: pick("已完成", "done")
        case .skipped: pick("已跳过", "skipped")
        }
    }

    var answer: String { pick("书面回答：", "Answer in writing: ") }

    /// How a question stood in the end: one that was being answered then is open.
    func ended(_ state: QuestionState) -> String {
        questionState(state == .answering ? .open : state)
    }

    func kind(_ kind: String?) -> String {
        switch kind {
        case nil: noKind
        case "scientist": pick("科学家", "Scientists")
        case "entrepreneur": pick("企业家", "Entrepreneurs")
        case "investor": pick("投资家", "Investors")
        case "expert": pick("专家", "Experts")
        case "agency": pick("服务机构", "Agencies")
        case "government": pick("政府部门", "Government")
        case "media": pick("媒体", "Media")
        case "student": pick("学生", "Students")
        default: pick("其他", "Others")
        }
    }
}

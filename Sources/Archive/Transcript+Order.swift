internal import Rooms

// The order of slots in a transcript: by hand, or drawn.
extension DocumentWords {
    func order(_ event: Event, slotTitle title: (SlotID) -> String) -> String? {
        switch event {
        case .slotsOrdered(let order):
            pick("出场顺序已调整", "Order of slots changed") + list(order, title)
        case .drawStarted(let frame):
            pick("抽签开始，服务器承诺值 ", "Draw started, the server commits to ")
                + "\(frame.commitment)"
        case .drawFinished(_, let seed, let order):
            pick("抽签结果（服务器种子 ", "Order drawn (server's seed ") + "\(seed)"
                + pick("）", ")") + list(order, title)
        case .drawFailed(_, let failure):
            pick("抽签失败：", "The draw failed: ") + cause(failure)
        default: nil
        }
    }

    private func list(_ order: [SlotID], _ title: (SlotID) -> String) -> String {
        colon + order.map(title).joined(separator: pick("、", ", "))
    }

    private func cause(_ failure: DrawFailure) -> String {
        switch failure {
        case .moderator: pick("主持人取消", "called off by the moderator")
        case .room: pick("路演先行结束", "the room ended first")
        case .seed: pick("服务器未能公开种子", "the server could not reveal its seed")
        }
    }
}

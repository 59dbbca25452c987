internal import Ledger
internal import Rooms

/// The words of transcripts and outcomes in one language.
struct DocumentWords {
    private let isChinese: Bool

    init(_ language: Transcript.Language) {
        isChinese = language == .chinese
    }

    func pick(_ chinese: String, _ english: String) -> String {
        isChinese ? chinese : english
    }

    var colon: String { pick("：", ": ") }
    var planned: String { pick("计划开始", "Planned start") }
    var agenda: String { pick("议程", "Agenda") }
    var course: String { pick("全程记录", "Transcript") }
    var question: String { pick("提问", "Question") }
    var removed: String { pick("已移除", "removed") }
    var entered: String { pick("入场", "Entered") }
    var source: String { pick("来源", "Source") }
    var room: String { pick("会场", "Room") }
    var events: String { pick("事件数", "Events") }
    var lastHash: String { pick("最后事件摘要", "Hash of the last event") }
    var key: String { pick("服务器公钥指纹", "Fingerprint of the server's key") }
    var howToVerify: String {
        pick(
            "下载全程记录文件后，可用下面的命令核验：",
            "Download the log, then anybody can verify it:"
        )
    }

    var badge: String {
        pick(
            "✓：留下这条记录时，该机构已认证，此人是其成员；不证明此人的身份。",
            "✓: at that moment the organisation was verified and the person was its member; it does not"
                + " prove who the person is."
        )
    }

    func questionState(_ state: QuestionState) -> String {
        switch state {
        case .open: pick("待回答", "open")
        case .answering: pick("正在回答", "being answered")
        case .answered: pick("已回答", "answered")
        case .later: pick("会后回答", "to be answered later")
        case .dismissed: pick("不予回答", "dismissed")
        }
    }

    var anonymous: String { pick("匿名", "Anonymous") }

    func merged(into question: UInt64?) -> String {
        guard let question else { return pick("取消合并", "taken apart again") }
        return pick("并入提问 \(question)", "merged into question \(question)")
    }

    func answer(to question: UInt64) -> String {
        pick("**回答提问 \(question)**", "**Answer to question \(question)**")
    }

    /// A private channel's name; `nil` for everyone's.
    func name(of channel: Channel, slotTitle: (SlotID) -> String) -> String? {
        switch channel {
        case .everyone: nil
        case .staff: pick("仅工作人员可见", "staff only")
        case .judges: pick("评委与工作人员可见", "judges and staff only")
        case .slot(let slot): pick("候场间：", "back room: ") + slotTitle(slot)
        }
    }

    var raised: String { pick("举手", "Hand raised") }
    var caption: String { pick("字幕", "Caption") }
    var announcement: String { pick("公告", "Announcement") }

    /// What staff did to keep order.
    private func orderSentence(
        for event: Event,
        _ memberName: (MemberID) -> String
    ) -> String? {
        switch event {
        case .memberDeclined(let id): pick("未批准入场：\(memberName(id))", "Declined \(memberName(id))")
        case .memberMuted(let id): pick("禁言：\(memberName(id))", "Muted \(memberName(id))")
        case .memberUnmuted(let id): pick("解除禁言：\(memberName(id))", "Unmuted \(memberName(id))")
        case .memberRemoved(let id): pick("请离会场：\(memberName(id))", "Removed \(memberName(id))")
        case .memberBanned(let id): pick("禁止入场：\(memberName(id))", "Banned \(memberName(id))")
        case .memberUnbanned(let id):
            pick("解除禁止入场：\(memberName(id))", "Lifted the ban of \(memberName(id))")
        case .memberCheckedIn(let id):
            pick("现场签到：\(memberName(id))", "\(memberName(id)) checked in at the hall")
        case .memberCheckedOut(let id):
            pick("取消签到：\(memberName(id))", "Not in the hall: \(memberName(id))")
        case .termsSigned(let id, _):
            pick("签署保密条款：\(memberName(id))", "\(memberName(id)) signed the terms")
        case .slowModeSet(0): pick("慢速发言关闭", "Slow mode off")
        case .slowModeSet(let seconds):
            pick("慢速发言：间隔 \(seconds) 秒", "Slow mode: \(seconds) s between messages")
        case .chatHoldSet(true): pick("聊天先审后发", "Chat waits for approval")
        case .chatHoldSet(false): pick("聊天不再先审", "Chat no longer waits for approval")
        case .outputStopped: pick("停止发言", "Writing stopped")
        case .outputResumed: pick("恢复发言", "Writing resumed")
        default: nil
        }
    }

    /// Who spoke and was shown, what was recorded and played.
    private func mediaSentence(
        for event: Event,
        slotTitle: (SlotID) -> String,
        memberName: (MemberID) -> String
    ) -> String? {
        switch event {
        case .floorGiven(let id): pick("请发言：\(memberName(id))", "\(memberName(id)) has the floor")
        case .floorTaken(let id):
            pick("结束发言：\(memberName(id))", "\(memberName(id)) no longer has the floor")
        case .microphoneMuted(let id):
            pick("关闭麦克风：\(memberName(id))", "Microphone of \(memberName(id)) muted")
        case .microphoneUnmuted(let id):
            pick("允许开麦：\(memberName(id))", "Microphone of \(memberName(id)) unmuted")
        case .recordingStarted: pick("开始录制", "Recording began")
        case .recordingStopped(_, .disk): pick("磁盘空间不足，录制停止", "Recording stopped: the disk is full")
        case .recordingStopped: pick("录制停止", "Recording ended")
        case .recordingConsented(let id, true):
            pick("同意录制：\(memberName(id))", "\(memberName(id)) agreed to be recorded")
        case .recordingConsented(let id, false):
            pick("不再同意录制：\(memberName(id))", "\(memberName(id)) no longer agrees to be recorded")
        case .playbackStarted(let offer, _):
            pick("播放录像：", "Recording played: ") + slotTitle(offer.slot)
        case .playbackPaused: pick("播放暂停", "Playback paused")
        case .playbackResumed: pick("播放继续", "Playback resumed")
        case .playbackStopped: pick("播放结束", "Playback ended")
        default: nil
        }
    }

    /// Who judged, what was told of it; no mark of a sheet.
    private func judgingSentence(
        for event: Event,
        slotTitle: (SlotID) -> String,
        memberName: (MemberID) -> String
    ) -> String? {
        switch event {
        case .judgingArranged(let scheme):
            pick("评分规则：", "Judging: ")
                + pick("\(scheme.weights.count) 项指标", "\(scheme.weights.count) criteria")
        case .judgeSeated(let id, let panel):
            pick("评委组 \(panel)：\(memberName(id))", "\(memberName(id)) sits in panel \(panel)")
        case .judgeRecused(let slot, let id):
            pick("回避：\(memberName(id))，", "\(memberName(id)) stands back from ")
                + slotTitle(slot)
        case .recusalEnded(let slot, let id):
            pick("取消回避：\(memberName(id))，", "\(memberName(id)) judges after all: ")
                + slotTitle(slot)
        case .sheetSubmitted(let sheet):
            pick("提交评分表：\(memberName(sheet.judge))，", "\(memberName(sheet.judge)) gave a sheet: ")
                + slotTitle(sheet.slot)
        case .scoringOpened(let slot): pick("评分开始：", "Scoring opened: ") + slotTitle(slot)
        case .scoringClosed(let slot): pick("评分结束：", "Scoring closed: ") + slotTitle(slot)
        case .scoresPublished(let published):
            pick("公布得分：", "Scores published: ")
                + published.scores.map { score in
                    let rank = published.ranks[score.slot].map { "#\($0) " } ?? ""
                    let total = score.total.map(Self.figure) ?? "—"
                    return "\(rank)\(slotTitle(score.slot)) \(total)"
                }.joined(separator: pick("；", "; "))
        default: nil
        }
    }

    /// Hundredths with their point.
    private static func figure(_ hundredths: Int) -> String {
        let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
        return "\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// What happened, in a sentence; `nil` for what a transcript leaves out.
    func sentence(
        for event: Event,
        slotTitle: (SlotID) -> String,
        memberName: (MemberID) -> String
    ) -> String? {
        switch event {
        case .roomOpened: pick("会场开放", "The room opened")
        case .roomStarted: pick("路演开始", "The roadshow began")
        case .roomPaused: pick("暂停", "Paused")
        case .roomResumed: pick("继续", "Resumed")
        case .endRequested: nil
        case .roomEnded: pick("路演结束", "The live part ended")
        case .roomReopened: pick("重新开放", "Reopened")
        case .roomClosed: pick("会场关闭", "The room was closed")
        case .roomCancelled: pick("活动取消", "Cancelled")
        case .contentRedacted(let sequence, _, _):
            pick("移除第 \(sequence) 条", "Number \(sequence) was removed")
        case .pitchStarted: pick("开始路演陈述", "Pitch began")
        case .overtimeStarted: pick("陈述时间到", "Pitch time is up")
        case .questionsStarted: pick("问答开始", "Questions began")
        case .slotFinished: pick("本时段结束", "The slot ended")
        case .slotSkipped(let slot): pick("跳过：", "Skipped: ") + slotTitle(slot)
        case .slotMissed(let slot, let isForfeited):
            isForfeited
                ? pick("未到场，视为放弃：", "Nobody came, forfeited: ") + slotTitle(slot)
                : pick("未到场，排到最后：", "Nobody came, to the last place: ") + slotTitle(slot)
        case .slotRecalled(let slot): pick("重新排入：", "Recalled: ") + slotTitle(slot)
        case .slotRestarted(let slot, _): pick("重新开始：", "Restarted: ") + slotTitle(slot)
        case .clockPaused: pick("计时暂停", "Clock stopped")
        case .clockResumed: pick("计时继续", "Clock resumed")
        case .clockExtended(_, let extra, _, _):
            pick("延长 \(extra / 1_000) 秒", "Extended by \(extra / 1_000) s")
        case .clockShifted(_, let shift, _):
            pick("服务器重启，计时顺延 \(shift / 1_000) 秒", "Restart: clock shifted by \(shift / 1_000) s")
        case .slideShown(_, let page): pick("第 \(page) 页", "Page \(page)")
        case .slidesPlaced(let slot, let pages):
            pick("放入 \(pages) 页幻灯片：", pages == 1 ? "1 slide: " : "\(pages) slides: ")
                + slotTitle(slot)
        case .memberApplied, .memberWaiting, .chatHeld, .chatDeclined, .chatApproved, .announced:
            nil
        case .memberDeclined, .memberMuted, .memberUnmuted, .memberRemoved, .memberBanned,
            .memberUnbanned, .memberCheckedIn, .memberCheckedOut, .termsSigned, .slowModeSet,
            .chatHoldSet, .outputStopped, .outputResumed:
            orderSentence(for: event, memberName)
        case .floorGiven, .floorTaken, .microphoneMuted, .microphoneUnmuted, .recordingStarted,
            .recordingStopped, .recordingConsented, .playbackStarted, .playbackPaused,
            .playbackResumed, .playbackStopped:
            mediaSentence(for: event, slotTitle: slotTitle, memberName: memberName)
        case .judgingArranged, .judgeSeated, .judgeRecused, .recusalEnded, .sheetSubmitted,
            .scoringOpened, .scoringClosed, .scoresPublished:
            judgingSentence(for: event, slotTitle: slotTitle, memberName: memberName)
        case .sheetOpened: nil
        case .handRaised, .handLowered, .stageArranged, .recordingOffered, .captionAdded:
            nil
        case .pollOpened, .pollVoted, .pollClosed, .pollCancelled: nil
        case .slotsOrdered, .drawStarted, .drawFinished, .drawFailed:
            order(event, slotTitle: slotTitle)
        case .drawCommitted, .drawClosed, .drawRevealed: nil
        case .roomCreated, .memberAdmitted, .rolesChanged, .chatSaid, .questionAsked,
            .questionVoted, .questionMarked, .questionMerged, .questionAnswered, .anonymitySet,
            .slotReady, .slotCalled, .disclosed, .attendanceCounted, .slotFollowed:
            nil
        case .archiveArranged, .archiveReviewed, .archiveConsented, .sealRequested, .archiveSealed,
            .archiveSupplemented, .archiveHeld, .archiveReleased, .archiveExpired,
            .contentCorrected:
            archiveSentence(for: event, slotTitle: slotTitle)
        // A transcript is handed round; intents are for those whom they name.
        case .intentGiven, .intentUnshared, .intentWithdrawn, .intentAnswered, .intentFollowedUp,
            .contactOffered, .contactTold, .contactWithdrawn, .feedbackGiven, .noteKept:
            nil
        }
    }
}

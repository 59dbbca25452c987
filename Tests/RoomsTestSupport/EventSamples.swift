public import Ledger
public import Rooms

/// One event of each type, and the forms that a type has, for tests that write, read or show them.
public enum EventSamples {
    public static let member = MemberID.sample(0xa1)
    static let end = Timestamp.start(480_000)
    static let card = NameCard(name: "李四", organisation: "研究所", kind: "expert")

    public static let all: [Draft] =
        room + conversation + slots + clock + people + conduct + badges + media + polls + order
        + judging + intents + intentAnswers + channels + archive

    public static let room: [Draft] = [
        Draft(.roomCreated(plan.frame), .room(plan.texts)),
        Draft(.roomCreated(strict.frame), .room(strict.texts)),
        Draft(
            .memberAdmitted(member, roles: [.presenter, .moderator], slots: [.first, .second]),
            .card(card)
        ),
        Draft(
            .rolesChanged(member, roles: [.audience], slots: []),
            .card(NameCard(name: "Guest \"7\""))
        ),
        Draft(.roomOpened), Draft(.roomStarted), Draft(.roomPaused), Draft(.roomResumed),
        Draft(.endRequested(until: end)), Draft(.roomEnded(reopenUntil: end)),
        Draft(.roomReopened), Draft(.roomClosed), Draft(.roomCancelled),
        Draft(.roomCancelled, .reason("改期")),
    ]

    public static let conversation: [Draft] = [
        Draft(.chatSaid(), .said(by: Byline("李四"), text: "a\n\"b\"\t\\ 🇨🇳")),
        Draft(.questionAsked(about: nil), .asked(by: Byline("x"), text: "why?")),
        Draft(.questionAsked(about: .first), .asked(by: Byline("x", Affiliation("y")), text: "z")),
        Draft(.questionVoted(17, votes: 3)), Draft(.questionMarked(17, .answering)),
        Draft(
            .questionAsked(about: .first, hiding: .sample(3)),
            .asked(by: Byline("王五"), text: "成本？")
        ),
        Draft(
            .questionAsked(about: nil, hiding: .sample(3)),
            .asked(by: Byline("王五"), text: "n?"),
            isBehindDoor: true
        ),
        Draft(.questionMarked(17, .later)),
        Draft(.questionAnswered(17), .said(by: Byline("赵六"), text: "见附件")),
        Draft(.questionMerged(17, into: 15, counts: [QuestionVotes(17, 1), QuestionVotes(15, 4)])),
        Draft(
            .questionMerged(17, into: nil, counts: [QuestionVotes(17, 1), QuestionVotes(15, 3)])
        ),
        Draft(.anonymitySet(true)),
        Draft(.contentRedacted(9, parts: [2], .private)),
        Draft(.contentRedacted(9, parts: [2, 4], .mistake), hidesActor: true),
    ]

    public static let archive: [Draft] = [
        Draft(.archiveArranged(ArchiveTerms(audience: .public, retention: .permanent))),
        Draft(.archiveArranged(ArchiveTerms(audience: .nobody, retention: .tenYears))),
        Draft(.archiveReviewed(.transcript, true)), Draft(.archiveReviewed(.redactions, false)),
        Draft(.archiveConsented(.first, by: member, true)), Draft(.sealRequested(until: end)),
        Draft(.archiveSealed), Draft(.archiveHeld, .reason("诉讼保全")),
        Draft(.archiveReleased, .reason("结案")), Draft(.archiveExpired),
        Draft(.archiveSupplemented, .said(by: Byline("李四"), text: "合同号 2026-17")),
        Draft(
            .archiveSupplemented,
            .said(by: Byline("李四"), text: "合同号 2026-17"),
            told: [.staff]
        ),
        Draft(.contentCorrected(9), .said(by: Byline("李四"), text: "300 °C")),
    ]

    public static let channels: [Draft] = [
        Draft(
            .chatHeld(by: member, mentioning: [.sample(3)]),
            .said(by: Byline("李四"), text: "@王五")
        ),
        Draft(
            .chatApproved(17, author: member, mentioning: [.sample(3)]),
            .said(by: Byline("李四"), text: "@王五")
        ),
        Draft(
            .chatSaid(ChatAddress(mentions: [member, .sample(3)])),
            .said(by: Byline("李四"), text: "@王五 你好")
        ),
        Draft(.chatSaid(ChatAddress(.staff)), .said(by: Byline("李四"), text: "内部")),
        Draft(
            .chatSaid(ChatAddress(.judges, told: [.sample(3), .sample(4)], mentions: [member])),
            .said(by: Byline("赵六"), text: "评委")
        ),
        Draft(
            .chatSaid(ChatAddress(.slot(.first), told: [.sample(5)])),
            .said(by: Byline("张三"), text: "候场"),
            isBehindDoor: true
        ),
    ]

    public static let slots: [Draft] = [
        Draft(.slotReady(.first)), Draft(.slotCalled(.first, remaining: 480_000)),
        Draft(.pitchStarted(.first, endsAt: end)), Draft(.overtimeStarted(.first, endsAt: end)),
        Draft(.questionsStarted(.first, endsAt: end)), Draft(.slotFinished(.first)),
        Draft(.slotSkipped(.first)), Draft(.slotSkipped(.first), .reason("缺席")),
        Draft(.slotMissed(.first, isForfeited: false)),
        Draft(.slotMissed(.second, isForfeited: true)), Draft(.slotRecalled(.first)),
        Draft(.slotRestarted(.first, remaining: 480_000), .reason("断线")),
        Draft(.slidesPlaced(.first, pages: 1), .slides([page])),
        Draft(.slidesPlaced(.first, pages: 0), .slides([])),
        Draft(.slideShown(.first, page: 2)),
    ]

    public static let clock: [Draft] = [
        Draft(.clockPaused(.first, remaining: 1_000, withRoom: false)),
        Draft(.clockPaused(.first, remaining: 0, withRoom: true)),
        Draft(.clockResumed(.first, endsAt: end)),
        Draft(
            .clockExtended(.first, by: 60_000, total: 540_000, reading: .running(endsAt: end)),
            .reason("追问")
        ),
        Draft(
            .clockExtended(
                .first,
                by: 60_000,
                total: 540_000,
                reading: .stopped(remaining: 61_000, withRoom: true)
            )
        ),
        Draft(.clockShifted(.first, by: 2_500, endsAt: end)),
    ]

    public static let people: [Draft] =
        [
            Draft(.roomCreated(closed.frame), .room(closed.texts), isBehindDoor: true),
            Draft(.memberWaiting(member), .card(card), isBehindDoor: true),
            Draft(
                .memberApplied(member),
                .application(card, answers: ["做电池", "yes \"no\""]),
                isBehindDoor: true
            ),
            Draft(.memberAdmitted(member, roles: [.audience], slots: []), isBehindDoor: true),
            Draft(.rolesChanged(member, roles: [.judge, .auditor, .investor], slots: [])),
            Draft(.memberDeclined(member), .reason("名额已满"), isBehindDoor: true),
            Draft(.memberMuted(member)), Draft(.memberUnmuted(member)),
            Draft(.memberCheckedIn(member)), Draft(.memberCheckedOut(member)),
            Draft(.attendanceCounted(AttendanceCount(here: 12, most: 15, slot: .first))),
            Draft(.attendanceCounted(AttendanceCount(here: 0, most: 15, slot: nil))),
            Draft(
                .slotFollowed(
                    .first,
                    [PageTally(page: 1, left: 6), PageTally(page: 3, asked: 5, returned: 9)]
                ),
                told: [.staff, .member(member)]
            ),
            Draft(.memberRemoved(member)),
            Draft(.memberRemoved(member), .reason("请勿喧哗")),
            Draft(.memberBanned(member), .reason("x")),
            Draft(.memberUnbanned(member)),
            Draft(.roomCreated(matter.frame), .room(matter.texts), isBehindDoor: true),
            Draft(
                .termsSigned(member, terms: Terms.digest),
                .signature(name: "李四"),
                isBehindDoor: true
            ),
        ]
        + Terms.items.map { Draft(.disclosed(Disclosure(of: $0, to: member)), isBehindDoor: true) }

    public static let conduct: [Draft] = [
        Draft(.slowModeSet(seconds: 30)), Draft(.chatHoldSet(true)), Draft(.chatHoldSet(false)),
        Draft(.chatHeld(by: member), .said(by: Byline("李四"), text: "待审")),
        Draft(.chatApproved(17, author: member), .said(by: Byline("李四"), text: "待审")),
        Draft(.chatDeclined(17, author: member)),
        Draft(.chatDeclined(17, author: member), .reason("重复")),
        Draft(.outputStopped), Draft(.outputResumed),
        Draft(.announced, .announcement("十点开始")),
        Draft(.announced, .announcement("十点开始"), isBehindDoor: true),
        Draft(.chatSaid(), .said(by: Byline("李四"), text: "门内"), isBehindDoor: true),
        Draft(.slotSkipped(.first), .reason("缺席"), isBehindDoor: true),
    ]

    /// Hands and the floor, recordings, captions and playback.
    public static let media: [Draft] = [
        Draft(.handRaised, .raised(by: Byline("李四", Affiliation("研究所")))),
        Draft(.handRaised, .raised(by: Byline("李四")), isBehindDoor: true),
        Draft(.handLowered(member)), Draft(.floorGiven(member)), Draft(.floorTaken(member)),
        Draft(.microphoneMuted(member)), Draft(.microphoneUnmuted(member)),
        Draft(.stageArranged(.gallery, pinned: nil)),
        Draft(.stageArranged(.camera, pinned: member)),
        Draft(.recordingStarted(.sample(1))),
        Draft(.recordingStopped(.sample(1), .moderator)),
        Draft(.recordingStopped(.sample(1), .disk)),
        Draft(.recordingConsented(member, true)), Draft(.recordingConsented(member, false)),
        Draft(.recordingOffered(offer)),
        Draft(
            .captionAdded(CaptionFrame(language: "en", from: .start(1_000), to: .start(3_000))),
            .captioned(by: Byline("李四"), text: "We measured 5 % <more>")
        ),
        Draft(.playbackStarted(offer, from: 1_500)), Draft(.playbackPaused(at: 2_000)),
        Draft(.playbackResumed(from: 2_000)), Draft(.playbackStopped),
    ]

    private static let offer = OfferedRecording(
        id: .sample(2),
        by: member,
        slot: .first,
        length: 480_000
    )

    /// The scheme, judges, sheets and scores.
    public static let judging: [Draft] = [
        arranged(.sample),
        arranged(
            .plan(
                publication: .after(slots: 2),
                detail: .judges,
                ties: [2, 1],
                groups: [
                    SlotGroup(slots: [.first], advancing: 1),
                    SlotGroup(slots: [.second], isScored: false),
                ]
            )
        ),
        arranged(.plan(panels: [100], aggregation: .trimmed, publication: .eachSlot, ties: [])),
        Draft(.judgeSeated(member, 2)), Draft(.judgeRecused(.first, member), .reason("同一单位")),
        Draft(.judgeRecused(.first, member)), Draft(.recusalEnded(.first, member)),
        Draft(.sheetSubmitted(sheet), .sheet(by: Byline("李四"), comment: "扎实")),
        Draft(
            .sheetSubmitted(sheet),
            .sheet(by: Byline("李四", Affiliation("研究所")), comment: nil),
            isBehindDoor: true
        ),
        Draft(.scoringOpened(.first)), Draft(.scoringOpened(.first), .reason("补评")),
        Draft(.scoringClosed(.first)),
        Draft(
            .scoresPublished(
                PublishedScores(
                    scores: [
                        score(.first, 8_633, [9_000, 7_777]), score(.second, nil, []),
                    ],
                    ranks: [.second: 2, .first: 1]
                )
            )
        ),
        Draft(.sheetOpened(opened(forAll: false)), .sheet(by: Byline("李四"), comment: "扎实")),
        Draft(.sheetOpened(opened(forAll: true)), .sheet(by: Byline("李四"), comment: nil)),
        Draft(
            .sheetOpened(opened(forAll: true)),
            .sheet(by: Byline("李四"), comment: nil),
            isBehindDoor: true
        ),
    ]

    private static func arranged(_ plan: JudgingPlan) -> Draft {
        Draft(.judgingArranged(plan.scheme), .judging(plan.texts))
    }

    private static let sheet = SubmittedSheet(
        slot: .first,
        judge: member,
        panel: 1,
        marks: [90, 80]
    )

    private static func score(_ slot: SlotID, _ total: Int?, _ criteria: [Int]) -> SlotScore {
        SlotScore(
            slot: slot,
            total: total,
            criteria: criteria,
            sheets: total == nil ? 0 : 5,
            trimmed: total == nil ? 0 : 2,
            recused: 1
        )
    }

    private static func opened(forAll: Bool) -> OpenedSheet {
        OpenedSheet(
            slot: .first,
            judge: member,
            panel: 1,
            marks: [90, 80],
            total: 8_700,
            isTrimmed: false,
            isForAll: forAll
        )
    }

    /// Names beside which the server vouched for an organisation.
    public static let badges: [Draft] = [
        Draft(.memberWaiting(member), .card(vouched)),
        Draft(.memberApplied(member), .application(vouched, answers: ["做电池"])),
        Draft(.memberAdmitted(member, roles: [.audience], slots: []), .card(vouched)),
        Draft(.chatSaid(), .said(by: vouched.byline, text: "你好")),
        Draft(.questionAsked(about: nil), .asked(by: vouched.byline, text: "why?")),
        Draft(.chatHeld(by: member), .said(by: vouched.byline, text: "待审")),
        Draft(.chatApproved(17, author: member), .said(by: vouched.byline, text: "待审")),
        // What somebody typed looks like none of them.
        Draft(.chatSaid(), .said(by: Byline("李四 ✓", Affiliation("某大学 ✔")), text: "✓")),
    ]

    private static let vouched = NameCard(
        Byline("王五", Affiliation("某大学", badge: .organisation(12))),
        kind: "expert"
    )

    private static let closed = RoomPlan(
        frame: RoomFrame(
            language: "zh-CN",
            startsAt: end,
            slots: plan.frame.slots,
            door: Door(
                admission: .registration,
                hasWaitingArea: true,
                least: .registered,
                questions: 2
            )
        ),
        texts: RoomTexts(title: "闭门路演", slots: plan.texts.slots, form: ["单位？", "Why?"])
    )

    private static let matter = RoomPlan(
        frame: RoomFrame(
            language: "zh-CN",
            startsAt: end,
            slots: plan.frame.slots,
            door: Door(terms: Terms.digest)
        ),
        texts: RoomTexts(title: "保密路演", slots: plan.texts.slots, terms: Terms.text)
    )

    private static let page = SlideFile(
        file: String(repeating: "ab", count: 32),
        type: "image/png",
        width: 1_600,
        height: 900
    )

    private static let strict = RoomPlan.sample(
        slots: 1,
        rules: StageRules(atZero: .cut, noShow: .forfeit, awaitedMilliseconds: 60_000),
        subject: .demand,
        genre: "反向路演"
    )

    private static let plan = RoomPlan(
        frame: RoomPlan.sample(slots: 2).frame,
        texts: RoomTexts(
            title: "成果发布 2026",
            slots: [
                SlotTexts(
                    id: .first,
                    title: "固态电池",
                    abstract: "一段摘要",
                    field: "材料",
                    presenters: "张三、李四",
                    organisation: "某大学",
                    source: "CC BY 4.0"
                ),
                SlotTexts(id: .second, title: "Second"),
            ]
        )
    )
}

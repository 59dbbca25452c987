internal import Ledger
public import Rooms

extension EventSamples {
    /// Intents, whom they are told, and their end.
    public static let intents: [Draft] = [
        Draft(
            .intentGiven(intentKey, IntentTerms(.investor, .follow), circle()),
            .intent(intentCard, note: nil)
        ),
        Draft(
            .intentGiven(
                intentKey,
                IntentTerms(.investor, .amount, amount: amount),
                circle(isShared: true)
            ),
            .intent(intentCard, note: "先看样机 \"1\"")
        ),
        Draft(
            .intentGiven(
                intentKey,
                IntentTerms(.enterprise, .cooperation, cooperation: .shares),
                IntentCircle(presenters: [], isShared: false)
            ),
            .intent(intentCard, note: nil),
            isBehindDoor: true
        ),
        Draft(.intentUnshared(intentKey, circle(isShared: true))),
        Draft(.intentWithdrawn(intentKey, circle()), .remark(by: Byline("李四"), text: nil)),
        Draft(
            .intentWithdrawn(intentKey, circle(isShared: true)),
            .remark(by: Byline("李四", Affiliation("研究所")), text: "改变计划")
        ),
        Draft(
            .contentRedacted(9, parts: [2, 4], .mistake),
            told: [.member(member), .member(.sample(0xb1))]
        ),
    ]

    /// What comes back to whoever gave an intent, and what members keep and exchange.
    public static let intentAnswers: [Draft] = [
        Draft(
            .intentAnswered(intentKey, .seen, circle()),
            .remark(by: Byline("王五"), text: nil)
        ),
        Draft(
            .intentAnswered(intentKey, .meetingDeclined, circle(isShared: true)),
            .remark(by: Byline("王五", Affiliation("研究所")), text: "本月已满")
        ),
        Draft(
            .intentFollowedUp(intentKey, FollowUp(.author, .signed, amount: amount), circle()),
            .remark(by: Byline("李四"), text: "已签框架")
        ),
        Draft(
            .intentFollowedUp(intentKey, FollowUp(.presenter, .inTalks), circle(isShared: true)),
            .remark(by: Byline("王五"), text: nil)
        ),
        Draft(
            .contactOffered(contactKey, by: member),
            .said(by: Byline("李四"), text: "微信 lisi")
        ),
        Draft(
            .contactOffered(contactKey, by: .sample(0xb1)),
            .said(by: Byline("王五"), text: "wang@example.org")
        ),
        Draft(.contactTold(contactKey, of: member), .said(by: Byline("李四"), text: "微信 lisi")),
        Draft(.contactWithdrawn(contactKey, by: .sample(0xb1))),
        Draft(
            .feedbackGiven(intentKey, [.tooEarly, .other], circle()),
            .remark(by: Byline("李四", Affiliation("基金")), text: "先做中试")
        ),
        Draft(.feedbackGiven(intentKey, [], circle()), .remark(by: Byline("李四"), text: "x")),
        Draft(.noteKept(intentKey), .remark(by: Byline("李四"), text: "第 3 页的成本")),
        Draft(.noteKept(intentKey), .remark(by: Byline("李四"), text: nil)),
    ]

    static let contactKey = ContactKey(.first, author: member, presenter: .sample(0xb1))

    static let intentKey = IntentKey(.first, member)
    static let amount = AmountRange(currency: "CNY", least: 100_000_000, most: 1 << 53 - 1)
    static let intentCard = NameCard(name: "李四", organisation: "基金", kind: "investor")

    static func circle(isShared: Bool = false) -> IntentCircle {
        IntentCircle(presenters: [.sample(0xb1), .sample(0xb2)], isShared: isShared)
    }
}

// Proves the code, values, action and status of every refusal by golden file, and that none is left out.
import Ledger
import Rooms
import RoomsTestSupport
import TestSupport
import Testing
import Wire

struct ErrorTests {
    /// A refusal of each kind, with the code it is told by.
    static let rejections: [(rejection: Rejection, code: ErrorCode)] =
        roomRejections + doorRejections + textRejections + slotRejections + mediaRejections
        + judgingRejections + pollRejections + intentRejections + orderRejections
        + plans.map { (.badPlan($0), .roomBadPlan) }

    static let roomRejections: [(rejection: Rejection, code: ErrorCode)] = [
        (.notAdmitted, .notAdmitted), (.notPermitted(needs: []), .notPermitted),
        (.notPermitted(needs: [.moderator, .presenter]), .notPermitted),
        (.wrongState(.followUp, allowed: [.live, .paused]), .roomWrongState),
        (.endNotRequested, .roomEndNotRequested), (.reopenOver(since: .start), .roomReopenOver),
        (.roomFull(limit: 50_000), .roomFull),
        (.archiveNotReady([.terms, .scores]), .archiveNotReady),
        (.sealNotRequested, .archiveSealNotRequested),
    ]

    static let doorRejections: [(rejection: Rejection, code: ErrorCode)] = [
        (.outside(.waiting), .doorWaiting), (.outside(.applied), .doorWaiting),
        (.outside(.declined), .doorDeclined), (.outside(.removed), .doorRemoved),
        (.outside(.banned), .doorBanned), (.alreadyIn, .memberAlreadyIn),
        (.noSuchMember(EventSamples.member), .memberNotFound),
        (.notBanned(EventSamples.member), .memberNotBanned),
        (.lastModerator, .memberLastModerator), (.noRoles, .memberNoRoles), (.noForm, .doorNoForm),
        (.wrongAnswers(expected: 2), .doorWrongAnswers),
        (.standingTooLow(least: .verified), .doorStanding), (.muted, .memberMuted),
        (.outputStopped, .outputStopped), (.tooSoon(retry: 9_500), .chatTooSoon),
        (.wordRefused, .textWordRefused), (.slowModeOutOfRange(limit: 3_600), .chatBadSlowMode),
        (.tooManyMentions(limit: 10), .chatTooManyMentions),
        (.mentionsOutsider(.sample(1)), .chatMentionsOutsider),
        (.noSuchHeld(9), .chatNoSuchHeld), (.termsNotSigned, .termsNotSigned),
        (.noTerms, .termsNone), (.wrongTerms(expected: Terms.digest), .termsOthers),
    ]

    static let textRejections: [(rejection: Rejection, code: ErrorCode)] = [
        (.textEmpty, .textEmpty), (.textTooLong(length: 1_001, limit: 1_000), .textTooLong),
        (.textHasControlCharacters, .textControlCharacters), (.noSuchText(9), .textNotFound),
        (.noSuchText(.max), .textNotFound), (.alreadyRedacted(9), .textAlreadyRemoved),
        (.noSuchQuestion(17), .questionNotFound), (.alreadyVoted(17), .questionAlreadyVoted),
        (.tooManyQuestions(limit: 1_000), .questionTooMany), (.namedOnly, .questionNamedOnly),
        (.questionMerged(17), .questionMerged),
        (.tooManyAnswers(limit: 10), .questionTooManyAnswers),
    ]

    static let orderRejections: [(rejection: Rejection, code: ErrorCode)] = [
        (.orderFixed, .orderFixed), (.badOrder, .orderMalformed), (.drawRunning(9), .drawRunning),
        (.noSuchDraw(9), .drawNotFound),
        (.drawPhase(9, .committing, needs: .revealing), .drawWrongPhase),
        (.notInDraw(.first), .drawNotListed), (.alreadyCommitted(.first), .drawCommitted),
        (.wrongContribution(.first), .drawMismatch), (.tooFewSlots(least: 2), .drawTooFew),
        (.tooManyDraws(limit: 10), .drawTooMany),
    ]

    static let pollRejections: [(rejection: Rejection, code: ErrorCode)] = [
        (.noSuchPoll(17), .pollNotFound), (.pollRunning(17), .pollRunning),
        (.pollNotOpen(17), .pollNotOpen), (.tooManyPolls(limit: 50), .pollTooMany),
        (.badPollOptions(2...10), .pollBadOptions), (.badPollOptions(0...0), .pollBadOptions),
        (.badBallot(options: 5, most: 1), .pollBadBallot), (.ballotFixed(17), .pollBallotFixed),
        (.registeredOnly, .pollRegisteredOnly),
    ]

    static let slotRejections: [(rejection: Rejection, code: ErrorCode)] = [
        (.noSuchSlot(.first), .slotNotFound),
        (.slotState(.first, .questions, allowed: [.waiting, .ready]), .slotWrongState),
        (.slotOnStage(.first), .slotOnStage), (.nothingOnStage, .slotNoneOnStage),
        (.stillAwaited(.first, until: .start), .slotStillAwaited),
        (.clockNotRunning, .clockNotRunning), (.clockNotStopped, .clockNotStopped),
        (.extensionOutOfRange(limit: 3_600_000), .clockBadExtension),
        (.extensionOutOfRange(limit: .max), .clockBadExtension),
        (.noSuchPage(.min, pages: 3), .slideNoSuchPage),
        (.tooManyPages(limit: 200), .slideTooManyPages),
    ]

    static let mediaRejections: [(rejection: Rejection, code: ErrorCode)] = [
        (.noFloor, .mediaNoFloor), (.recordingRunning, .recordingRunning),
        (.noRecording, .recordingNone), (.recordingNotOffered(.sample(1)), .recordingNotOffered),
        (.noPlayback, .playbackNone), (.positionOutOfRange(length: 60_000), .playbackOutOfRange),
        (.captionTimes(earliest: .start, latest: .start(10_000)), .captionBadTimes),
        (.badLanguage(limit: 35), .captionBadLanguage),
    ]

    static let judgingRejections: [(rejection: Rejection, code: ErrorCode)] =
        [
            (.noJudging, .judgingNone), (.judgingBegun, .judgingBegun),
            (.notJudge(EventSamples.member), .judgingNotJudge),
            (.noSuchPanel(limit: 2), .judgingNoSuchPanel), (.recused(.first), .judgingRecused),
            (.conflictOfInterest(.first), .judgingConflict),
            (.slotNotScored(.first), .judgingNotScored),
            (.badMarks(criteria: 2), .judgingBadMarks),
            (.tooManySheets(limit: 15), .judgingTooMany),
            (.alreadyPublished(.first), .judgingPublished),
            (.scoresTooEarly(left: 3), .judgingTooEarly), (.nothingToPublish, .judgingNothing),
        ] + schemes.map { (.badJudging($0), .judgingMalformed) }

    static let schemes: [JudgingFault] = [
        .criteriaCount(limit: 12), .weight, .weightSum(99), .panelCount(limit: 5), .panelWeight,
        .panelWeightSum(101), .ties(criteria: 2), .publication(limit: 60), .groupCount(limit: 10),
        .groupSlots, .advancing, .textsDoNotMatch, .name(limit: 60), .anchors(limit: 500),
        .prizes(limit: 10),
    ]

    static let intentRejections: [(rejection: Rejection, code: ErrorCode)] =
        IntentConflict.allCases.map { (.intentConflict($0), .intentConflict) }
        + AmountFault.allCases.map { (.badAmount($0), .intentBadAmount) } + [
            (.cardIncomplete([.organisation, .kind]), .intentCardIncomplete),
            (.noSuchStep(IntentSide.enterprise.ladder), .intentNoSuchStep),
            (.stepDown(from: .meet), .intentStepDown), (.otherSide(.investor), .intentOtherSide),
            (.badCooperation(isNeeded: true), .intentBadCooperation),
            (.noSuchIntent, .intentNotFound), (.notAsked(.materials), .intentNotAsked),
            (.noSuchContact, .contactNotFound),
        ]

    static let plans: [PlanFault] = [
        .title(limit: 200), .genre(limit: 60), .language(limit: 35), .startsAt(latest: .start),
        .grace(most: 600_000),
        .awaited(most: 3_600_000),
        .slotCount(limit: 60), .slotTitle(.first, limit: 200), .slotText(.first, limit: 5_000),
        .agendaText(limit: 100_000),
        .pitch(.first, least: 10_000, most: 7_200_000), .questions(.first, most: 7_200_000),
        .duplicateSlot(.first), .textsDoNotMatch, .formQuestions(limit: 10), .formText(limit: 200),
        .terms(limit: 10_000), .judging(.weightSum(99)),
        .alreadyCreated,
    ]

    @Test(arguments: rejections)
    func `each refusal has its own code`(rejection: Rejection, code: ErrorCode) {
        #expect(WireError(rejection).code == code)
    }

    @Test
    func `every refusal that random shows meet is in the table`() {
        let known = Set(Self.rejections.map { "\($0.rejection)".prefix { $0 != "(" } })
        for seed in Seeds.first(40) {
            var generator = CommandGenerator(seed: seed)
            var rehearsal = Rehearsal()
            for _ in 0..<300 {
                let step = generator.next(for: rehearsal.room)
                let actor = step.speaker.actor
                let decision = rehearsal.give(step.command, by: actor, after: step.elapsed)
                guard case .failure(let rejection) = decision else { continue }
                #expect(known.contains("\(rejection)".prefix { $0 != "(" }), "SEED=\(seed)")
                #expect(WireError(rejection).code != .commandMalformed, "SEED=\(seed)")
            }
        }
    }

    @Test
    func `the refusals are the golden ones`() throws {
        var list = GoldenList()
        for row in Self.rejections {
            let message = ServerMessage.refusal(to: "k7Qz-1", WireError(row.rejection))
            list.add([("message", message)])
        }
        #expect(list.text == (try list.expected("refusals.json")))
    }

    @Test
    func `the codes with their actions and statuses are the golden ones`() throws {
        var list = GoldenList()
        for code in ErrorCode.allCases {
            list.add([
                ("code", JSON.string(code.rawValue).bytes),
                ("action", JSON.string(code.action.rawValue).bytes),
                ("status", JSON.integer(Int64(code.status)).bytes),
            ])
        }
        #expect(list.text == (try list.expected("codes.json")))
    }

    @Test(arguments: ErrorCode.allCases)
    func `a code's status fits what is to be done`(code: ErrorCode) {
        #expect((400...599).contains(code.status))
        switch code.action {
        case .wait: #expect([408, 429, 503].contains(code.status))
        case .signIn: #expect(code.status == 401)
        case .mend, .reload, .giveUp: #expect(![401, 408, 429, 503].contains(code.status))
        }
        #expect(
            code.rawValue.utf8.allSatisfy { byte in
                byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            }
        )
    }

    @Test
    func `an error without values has no data`() throws {
        let plain = ServerMessage.refusal(to: nil, WireError(.textEmpty, "the text is empty"))
        #expect(try JSONParser.parse(plain)["error"]?["data"] == nil)
        let waiting = ServerMessage.refusal(to: nil, .rateLimited(retryMilliseconds: 250))
        #expect(try JSONParser.parse(waiting)["error"]?["data"]?["retryMs"] == .integer(250))
    }
}

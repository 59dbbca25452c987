internal import Ledger
public import Rooms

extension WireError {
    /// The error that tells of a room's refusal.
    public init(_ rejection: Rejection) {
        switch rejection {
        case .notAdmitted:
            self.init(.notAdmitted, "only members do this; show a name card first")
        case .notPermitted(let needs):
            let names = needs.map { JSON.string($0.rawValue) }
            self.init(
                .notPermitted,
                "this needs another role",
                [JSON.Member("needs", .array(names))]
            )
        case .wrongState(let state, let allowed):
            self.init(
                .roomWrongState,
                "the room's state does not allow this",
                [
                    JSON.Member("state", .string(state.rawValue)),
                    JSON.Member("allowed", .array(allowed.map { .string($0.rawValue) })),
                ]
            )
        case .endNotRequested:
            self.init(.roomEndNotRequested, "send room.end first, then confirm within 60 s")
        case .reopenOver(let since):
            self.init(
                .roomReopenOver,
                "the time to reopen the room is over",
                [JSON.Member("since", .integer(Int64(clamping: since.milliseconds)))]
            )
        case .roomFull(let limit):
            self.init(.roomFull, "the room holds no more", [.limit(limit)])
        case .badPlan(let fault):
            self = .badPlan(fault)
        case .archiveNotReady(let tasks):
            self.init(
                .archiveNotReady,
                "something is left to do before the record is sealed, or shown to so many",
                [JSON.Member("tasks", .array(tasks.map { .string($0.rawValue) }))]
            )
        case .sealNotRequested:
            self.init(.archiveSealNotRequested, "send archive.seal first, then confirm within 60 s")
        default:
            self.init(ofAdmission: rejection)
        }
    }

    init(ofContent rejection: Rejection) {
        switch rejection {
        case .textEmpty:
            self.init(.textEmpty, "the text is empty")
        case .textTooLong(let length, let limit):
            self.init(
                .textTooLong,
                "the text has too many characters",
                [JSON.Member("length", .integer(Int64(length))), .limit(limit)]
            )
        case .textHasControlCharacters:
            self.init(
                .textControlCharacters,
                "control characters other than tab and line feed are not taken"
            )
        case .noSuchText(let sequence):
            self.init(.textNotFound, "no text stands in that event", [.sequence(sequence)])
        case .alreadyRedacted(let sequence):
            self.init(.textAlreadyRemoved, "that text is removed already", [.sequence(sequence)])
        case .noSuchQuestion(let id):
            self.init(.questionNotFound, "no such question", [.question(id)])
        case .alreadyVoted(let id):
            self.init(.questionAlreadyVoted, "one vote a member", [.question(id)])
        case .tooManyQuestions(let limit):
            self.init(.questionTooMany, "the room takes no more questions", [.limit(limit)])
        case .namedOnly:
            self.init(.questionNamedOnly, "the room takes no anonymous questions")
        case .questionMerged(let id):
            self.init(.questionMerged, "another question stands for it", [.question(id)])
        case .tooManyAnswers(let limit):
            self.init(.questionTooManyAnswers, "answered often enough", [.limit(limit)])
        default:
            self.init(ofPolls: rejection)
        }
    }

    init(ofRoadshow rejection: Rejection) {
        switch rejection {
        case .noFloor:
            self.init(.mediaNoFloor, "raise a hand: staff gives the floor")
        case .recordingRunning: self.init(.recordingRunning, "the room is being recorded already")
        case .noRecording: self.init(.recordingNone, "nothing is being recorded")
        case .recordingNotOffered(let id):
            self.init(
                .recordingNotOffered,
                "nobody gave that recording to be played",
                [JSON.Member("recording", .string("\(id)"))]
            )
        case .noPlayback: self.init(.playbackNone, "no recording is being played")
        case .positionOutOfRange(let length):
            self.init(
                .playbackOutOfRange,
                "the recording is shorter",
                [JSON.Member("lengthMs", .integer(Int64(clamping: length)))]
            )
        case .captionTimes(let earliest, let latest):
            self.init(
                .captionBadTimes,
                "a caption ends after it begins, between these times",
                [
                    JSON.Member("earliest", .integer(Int64(clamping: earliest.milliseconds))),
                    JSON.Member("latest", .integer(Int64(clamping: latest.milliseconds))),
                ]
            )
        case .badLanguage(let limit):
            self.init(.captionBadLanguage, "a language is a name as in BCP 47", [.limit(limit)])
        case .noSuchSlot(let slot):
            self.init(.slotNotFound, "no such slot", [.slot(slot)])
        case .slotState(let slot, let state, let allowed):
            self.init(
                .slotWrongState,
                "the slot's state does not allow this",
                [
                    .slot(slot), JSON.Member("state", .string(state.rawValue)),
                    JSON.Member("allowed", .array(allowed.map { .string($0.rawValue) })),
                ]
            )
        case .slotOnStage(let slot):
            self.init(.slotOnStage, "finish or skip the slot on stage first", [.slot(slot)])
        case .nothingOnStage:
            self.init(.slotNoneOnStage, "call a slot onto the stage first")
        case .stillAwaited(let slot, let until):
            self.init(
                .slotStillAwaited,
                "its presenters are waited for",
                [.slot(slot), JSON.Member("until", .integer(Int64(clamping: until.milliseconds)))]
            )
        case .clockNotRunning:
            self.init(.clockNotRunning, "no clock is running")
        case .clockNotStopped:
            self.init(.clockNotStopped, "the clock is running already")
        case .extensionOutOfRange(let limit):
            self.init(
                .clockBadExtension,
                "an extension is 1000 ms to the limit",
                [.limit(Int(clamping: limit))]
            )
        case .noSuchPage(_, let pages):
            self.init(
                .slideNoSuchPage,
                "no such page",
                [JSON.Member("pages", .integer(Int64(pages)))]
            )
        case .tooManyPages(let limit):
            self.init(.slideTooManyPages, "too many pages", [.limit(limit)])
        default:
            self.init(ofOrder: rejection)
        }
    }

    private static func badPlan(_ fault: PlanFault) -> WireError {
        let (field, sentence, values): (String, String, [JSON.Member]) =
            switch fault {
            case .title(let limit):
                ("title", "the title is 1 to the limit of characters", [.limit(limit)])
            case .language(let limit):
                ("language", "the language is a name as in BCP 47", [.limit(limit)])
            case .startsAt(let latest):
                (
                    "startsAt", "the start is too far away",
                    [JSON.Member("most", .integer(Int64(clamping: latest.milliseconds)))]
                )
            case .genre(let limit):
                ("genre", "a kind of roadshow has 1 to the limit of characters", [.limit(limit)])
            case .grace(let most):
                (
                    "rules.graceMs", "the overtime is out of range",
                    [JSON.Member("most", .integer(Int64(clamping: most)))]
                )
            case .awaited(let most):
                (
                    "rules.awaitMs", "presenters are not waited for so long",
                    [JSON.Member("most", .integer(Int64(clamping: most)))]
                )
            case .slotCount(let limit):
                ("slots", "a room has 1 to the limit of slots", [.limit(limit)])
            case .slotTitle(let slot, let limit):
                (
                    "slots.title", "a slot's title is 1 to the limit of characters",
                    [.slot(slot), .limit(limit)]
                )
            case .agendaText(let limit):
                ("slots", "the slots' texts together are too long", [.limit(limit)])
            case .slotText(let slot, let limit):
                (
                    "slots.text", "a slot's text is too long or has control characters",
                    [.slot(slot), .limit(limit)]
                )
            case .pitch(let slot, let least, let most):
                (
                    "slots.pitchMs", "the pitch time is out of range",
                    [
                        .slot(slot), JSON.Member("least", .integer(Int64(clamping: least))),
                        JSON.Member("most", .integer(Int64(clamping: most))),
                    ]
                )
            case .questions(let slot, let most):
                (
                    "slots.qaMs", "the time for questions is out of range",
                    [.slot(slot), JSON.Member("most", .integer(Int64(clamping: most)))]
                )
            case .duplicateSlot(let slot):
                ("slots.id", "two slots have the same id", [.slot(slot)])
            case .textsDoNotMatch:
                ("slots", "each slot needs its texts, in the same order", [])
            case .formQuestions(let limit):
                (
                    "form",
                    "registration needs a form of 1 question to the limit, no other door one",
                    [.limit(limit)]
                )
            case .formText(let limit):
                ("form", "a question is empty or too long", [.limit(limit)])
            case .terms(let limit):
                ("terms", "the terms are empty or too long", [.limit(limit)])
            case .judging(let fault): Self.words(of: fault)
            case .alreadyCreated:
                ("room", "the room exists already", [])
            }
        return WireError(.roomBadPlan, sentence, [JSON.Member("field", .string(field))] + values)
    }
}

extension JSON.Member {
    static func limit(_ limit: Int) -> JSON.Member {
        JSON.Member("limit", .integer(Int64(limit)))
    }

    static func sequence(_ sequence: UInt64) -> JSON.Member {
        JSON.Member("seq", .integer(Int64(clamping: sequence)))
    }

    fileprivate static func question(_ id: UInt64) -> JSON.Member {
        JSON.Member("question", .string(String(id)))
    }

    static func slot(_ slot: SlotID) -> JSON.Member {
        JSON.Member("slot", .string(slot.description))
    }
}

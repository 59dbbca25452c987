/// Every code of an error that leaves the server. Nothing else knows these strings; each has a row in
/// `docs/protocol.md` and a text in Chinese and English on the pages.
public enum ErrorCode: String, CaseIterable, Sendable {
    case messageMalformed = "message.malformed"
    case messageNotText = "message.not_text"
    case commandMalformed = "command.malformed"
    case commandUnknown = "command.unknown"
    case commandIDReused = "command.id_reused"

    case roomNotFound = "room.not_found"
    case roomNotJoined = "room.not_joined"
    case roomWrongState = "room.wrong_state"
    case roomEndNotRequested = "room.end_not_requested"
    case roomReopenOver = "room.reopen_over"
    case roomFull = "room.full"
    case roomBadPlan = "room.bad_plan"
    case roomImported = "room.imported"
    case archiveNotShared = "archive.not_shared"
    case archiveNotReady = "archive.not_ready"
    case archiveSealNotRequested = "archive.seal_not_requested"
    case notAdmitted = "not_admitted"
    case notPermitted = "not_permitted"
    case doorWaiting = "door.waiting"
    case doorDeclined = "door.declined"
    case doorRemoved = "door.removed"
    case doorBanned = "door.banned"
    case doorWrongCode = "door.wrong_code"
    case checkInWrongCode = "checkin.wrong_code"
    case doorNoForm = "door.no_form"
    case doorWrongAnswers = "door.wrong_answers"
    case doorStanding = "door.standing"
    case termsNotSigned = "terms.not_signed"
    case termsNone = "terms.none"
    case termsOthers = "terms.others"
    case termsPageByPage = "terms.page_by_page"
    case memberAlreadyIn = "member.already_in"
    case memberNotFound = "member.not_found"
    case memberNotBanned = "member.not_banned"
    case memberLastModerator = "member.last_moderator"
    case memberNoRoles = "member.no_roles"
    case memberMuted = "member.muted"
    case outputStopped = "output.stopped"
    case chatTooSoon = "chat.too_soon"
    case chatBadSlowMode = "chat.bad_slow_mode"
    case chatNoSuchHeld = "chat.no_such_held"
    case chatTooManyMentions = "chat.too_many_mentions"
    case chatMentionsOutsider = "chat.mentions_outsider"
    case textWordRefused = "text.word_refused"
    case ticketInvalid = "ticket.invalid"

    case textEmpty = "text.empty"
    case textTooLong = "text.too_long"
    case textControlCharacters = "text.control_characters"
    case textNotFound = "text.not_found"
    case textAlreadyRemoved = "text.already_removed"
    case questionNotFound = "question.not_found"
    case questionAlreadyVoted = "question.already_voted"
    case questionTooMany = "question.too_many"
    case questionNamedOnly = "question.named_only"
    case questionMerged = "question.merged"
    case questionTooManyAnswers = "question.too_many_answers"
    case pollNotFound = "poll.not_found"
    case pollRunning = "poll.running"
    case pollNotOpen = "poll.not_open"
    case pollTooMany = "poll.too_many"
    case pollBadOptions = "poll.bad_options"
    case pollBadBallot = "poll.bad_ballot"
    case pollBallotFixed = "poll.ballot_fixed"
    case pollRegisteredOnly = "poll.registered_only"

    case slotNotFound = "slot.not_found"
    case slotWrongState = "slot.wrong_state"
    case slotOnStage = "slot.on_stage"
    case slotNoneOnStage = "slot.none_on_stage"
    case slotStillAwaited = "slot.still_awaited"
    case orderFixed = "order.fixed"
    case orderMalformed = "order.malformed"
    case drawRunning = "draw.running"
    case drawNotFound = "draw.not_found"
    case drawWrongPhase = "draw.wrong_phase"
    case drawNotListed = "draw.not_listed"
    case drawCommitted = "draw.committed"
    case drawMismatch = "draw.mismatch"
    case drawTooFew = "draw.too_few"
    case drawTooMany = "draw.too_many"
    case clockNotRunning = "clock.not_running"
    case clockNotStopped = "clock.not_stopped"
    case clockBadExtension = "clock.bad_extension"
    case slideNoSuchPage = "slide.no_such_page"
    case slideTooManyPages = "slide.too_many_pages"
    case slideNoSuchFile = "slide.no_such_file"
    case intentConflict = "intent.conflict"
    case intentCardIncomplete = "intent.card_incomplete"
    case intentNoSuchStep = "intent.no_such_step"
    case intentStepDown = "intent.step_down"
    case intentOtherSide = "intent.other_side"
    case intentBadAmount = "intent.bad_amount"
    case intentBadCooperation = "intent.bad_cooperation"
    case intentNotFound = "intent.not_found"
    case intentNotAsked = "intent.not_asked"
    case contactNotFound = "contact.not_found"

    case judgingNone = "judging.none"
    case judgingBegun = "judging.begun"
    case judgingMalformed = "judging.malformed"
    case judgingNotJudge = "judging.not_a_judge"
    case judgingNoSuchPanel = "judging.no_such_panel"
    case judgingRecused = "judging.recused"
    case judgingConflict = "judging.conflict"
    case judgingNotScored = "judging.not_scored"
    case judgingBadMarks = "judging.bad_marks"
    case judgingTooMany = "judging.too_many"
    case judgingPublished = "judging.published"
    case judgingTooEarly = "judging.too_early"
    case judgingNothing = "judging.nothing_to_publish"

    case mediaNoFloor = "media.no_floor"
    case mediaBadTrack = "media.bad_track"
    case mediaTooManyTracks = "media.too_many_tracks"
    case mediaTrackNotFound = "media.track_not_found"
    case mediaBadFrame = "media.bad_frame"
    case mediaTooFast = "media.too_fast"
    case mediaFull = "media.full"
    case recordingRunning = "recording.running"
    case recordingNone = "recording.none"
    case recordingNotFound = "recording.not_found"
    case recordingNotOffered = "recording.not_offered"
    case recordingUnreadable = "recording.unreadable"
    case recordingDiskFull = "recording.disk_full"
    case playbackNone = "playback.none"
    case playbackOutOfRange = "playback.out_of_range"
    case captionBadTimes = "caption.bad_times"
    case captionBadLanguage = "caption.bad_language"

    case checkpointMalformed = "checkpoint.malformed"
    case checkpointNotOurs = "checkpoint.not_ours"
    case checkpointAhead = "checkpoint.ahead"

    case requestMalformed = "request.malformed"
    case requestTooLarge = "request.too_large"
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case originRefused = "origin_refused"
    case sessionRequired = "session.required"
    case cardMalformed = "card.malformed"
    case inviteInvalid = "invite.invalid"
    case organisationMalformed = "organisation.malformed"
    case organisationLastAdmin = "organisation.last_admin"
    case organisationTooMany = "organisation.too_many"
    case eventTooMany = "event.too_many"
    case eventRoomTaken = "event.room_taken"
    case accountRequired = "account.required"
    case accountMalformed = "account.malformed"
    case accountRefused = "account.refused"
    case accountCodeRefused = "account.code_refused"
    case twoStepRequired = "two_step.required"
    case slideNoConverter = "slide.no_converter"
    case fileUnsupported = "file.unsupported"
    case fileTooManyPixels = "file.too_many_pixels"
    case fileTooMany = "file.too_many"

    case rateLimited = "rate_limited"
    case tooManyConnections = "too_many_connections"
    case unavailable = "unavailable"

    /// What whoever caused it should do.
    public enum Action: String, Sendable {
        /// Change the input and send it again.
        case mend
        /// Send the same again later, after `retryMs` where it is given.
        case wait
        /// Get a session or a name card first.
        case signIn = "sign_in"
        /// Fetch the page or the snapshot anew.
        case reload
        /// The same will never succeed for this person.
        case giveUp = "give_up"
    }

    public var action: Action {
        switch self {
        case .rateLimited, .tooManyConnections, .unavailable, .doorWaiting, .outputStopped,
            .chatTooSoon, .mediaFull, .mediaTooFast, .recordingDiskFull:
            .wait
        case .notAdmitted, .sessionRequired, .accountRequired, .doorStanding: .signIn
        case .roomNotJoined, .checkpointMalformed, .ticketInvalid, .termsNotSigned, .termsOthers:
            .reload
        case .doorDeclined, .doorRemoved, .doorBanned, .memberMuted, .memberLastModerator:
            .giveUp
        case .roomNotFound, .roomFull, .notPermitted, .notFound, .originRefused, .inviteInvalid,
            .checkpointNotOurs, .checkpointAhead, .roomImported, .archiveNotShared, .roomReopenOver,
            .questionTooMany,
            .questionNamedOnly, .questionTooManyAnswers, .fileTooMany,
            .organisationTooMany, .eventTooMany, .judgingTooMany, .judgingConflict,
            .judgingPublished, .termsPageByPage,
            .pollTooMany, .pollBallotFixed, .pollRegisteredOnly, .intentConflict, .orderFixed,
            .drawNotListed, .drawCommitted, .drawTooMany:
            .giveUp
        default: .mend
        }
    }

    /// The status of the HTTP answer that carries it.
    public var status: Int {
        switch self {
        case .roomNotFound, .notFound, .slotNotFound, .textNotFound, .questionNotFound,
            .memberNotFound, .chatNoSuchHeld, .pollNotFound, .drawNotFound,
            .slideNoSuchFile, .checkpointAhead, .mediaTrackNotFound, .recordingNotFound,
            .recordingNotOffered, .intentNotFound, .contactNotFound:
            404
        case .methodNotAllowed: 405
        case .sessionRequired, .notAdmitted, .accountRequired, .doorStanding: 401
        case .notPermitted, .archiveNotShared, .originRefused, .inviteInvalid, .checkpointNotOurs,
            .doorDeclined,
            .doorRemoved, .doorBanned, .doorWrongCode, .checkInWrongCode, .memberMuted,
            .ticketInvalid,
            .accountRefused,
            .accountCodeRefused, .twoStepRequired, .termsNotSigned, .mediaNoFloor,
            .judgingConflict, .pollRegisteredOnly, .intentConflict:
            403
        case .requestTooLarge: 413
        case .fileUnsupported, .recordingUnreadable, .slideNoConverter: 415
        case .rateLimited, .tooManyConnections, .chatTooSoon, .mediaTooFast: 429
        case .unavailable, .doorWaiting, .outputStopped, .mediaFull, .recordingDiskFull: 503
        case .roomWrongState, .slotWrongState, .roomFull, .fileTooMany, .memberAlreadyIn,
            .memberLastModerator, .memberNotBanned, .termsNone, .termsOthers,
            .termsPageByPage,
            .roomImported, .archiveNotReady, .archiveSealNotRequested, .organisationLastAdmin,
            .organisationTooMany, .eventTooMany, .eventRoomTaken,
            .recordingRunning, .recordingNone,
            .playbackNone, .mediaTooManyTracks, .judgingNone, .judgingBegun, .judgingRecused,
            .judgingTooMany, .judgingPublished, .judgingTooEarly, .judgingNothing, .pollRunning,
            .questionMerged, .questionTooManyAnswers, .pollNotOpen, .pollTooMany, .pollBallotFixed,
            .intentStepDown, .intentOtherSide, .intentNotAsked, .orderFixed, .drawRunning,
            .drawWrongPhase, .drawNotListed, .drawCommitted, .drawMismatch, .drawTooFew,
            .drawTooMany:
            409
        case .roomBadPlan, .cardMalformed, .fileTooManyPixels, .organisationMalformed,
            .accountMalformed, .judgingMalformed, .intentCardIncomplete:
            422
        default: 400
        }
    }
}

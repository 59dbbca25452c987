extension Command {
    /// A command without its values, as the table of rights names it.
    public enum Kind: String, CaseIterable, Sendable {
        case create, admit, knock
        case apply, letIn, letInAll, decline, setRoles, mute, unmute, remove, ban, unban
        case checkIn, checkOut, countAttendance, tellPages
        case sign, disclose, forget
        case openRoom, startRoom, pauseRoom, resumeRoom, endRoom, confirmEnd, reopenRoom
        case closeRoom, cancelRoom
        /// `confer`: to say in a private channel, which has states of its own.
        case say, confer, ask, vote, mark, redact, correct
        case mergeQuestion, answerQuestion, allowAnonymous
        case setSlowMode, holdChat, approve, refuseHeld, stopOutput, resumeOutput, announce
        case openPoll, votePoll, closePoll, cancelPoll
        case raiseHand, lowerHand, giveFloor, takeFloor, muteMicrophone, unmuteMicrophone
        case arrangeStage
        case startRecording, stopRecording, consent, offerRecording, addCaption
        case startPlayback, pausePlayback, resumePlayback, seekPlayback, stopPlayback
        case markReady, callSlot, skipSlot, noShow, recallSlot, restartSlot
        case startPitch, startQuestions, finishSlot
        case pauseClock, resumeClock, extendClock
        case arrangeJudging, seatJudge, recuse, endRecusal, submitSheet
        case closeScoring, openScoring, publishScores
        case orderSlots, startDraw, commitDraw, revealDraw, closeDraw, finishDraw, cancelDraw
        case placeSlides, showSlide
        case giveIntent, withdrawIntent, answerIntent, followUp, offerContact, withdrawContact
        case giveFeedback, keepNote
        case arrangeArchive, reviewArchive, consentArchive, seal, confirmSeal, supplement
        case holdArchive, releaseArchive, expire
        case keepTime, makeUp
    }

    public var kind: Kind {
        switch self {
        case .create: .create
        case .admit: .admit
        case .knock: .knock
        case .apply: .apply
        case .letIn: .letIn
        case .letInAll: .letInAll
        case .decline: .decline
        case .setRoles: .setRoles
        case .mute: .mute
        case .unmute: .unmute
        case .checkIn: .checkIn
        case .checkOut: .checkOut
        case .countAttendance: .countAttendance
        case .tellPages: .tellPages
        case .remove: .remove
        case .ban: .ban
        case .unban: .unban
        case .sign: .sign
        case .disclose: .disclose
        case .forget: .forget
        case .openRoom: .openRoom
        case .startRoom: .startRoom
        case .pauseRoom: .pauseRoom
        case .resumeRoom: .resumeRoom
        case .endRoom: .endRoom
        case .confirmEnd: .confirmEnd
        case .reopenRoom: .reopenRoom
        case .closeRoom: .closeRoom
        case .cancelRoom: .cancelRoom
        case .say(_, let channel, _): channel.isPrivate ? .confer : .say
        case .ask: .ask
        case .vote: .vote
        case .mark: .mark
        case .mergeQuestion: .mergeQuestion
        case .answerQuestion: .answerQuestion
        case .allowAnonymous: .allowAnonymous
        case .redact: .redact
        case .correct: .correct
        case .setSlowMode: .setSlowMode
        case .holdChat: .holdChat
        case .approve: .approve
        case .refuseHeld: .refuseHeld
        case .stopOutput: .stopOutput
        case .resumeOutput: .resumeOutput
        case .announce: .announce
        case .openPoll: .openPoll
        case .votePoll: .votePoll
        case .closePoll: .closePoll
        case .cancelPoll: .cancelPoll
        case .raiseHand: .raiseHand
        case .lowerHand: .lowerHand
        case .giveFloor: .giveFloor
        case .takeFloor: .takeFloor
        case .muteMicrophone: .muteMicrophone
        case .unmuteMicrophone: .unmuteMicrophone
        case .arrangeStage: .arrangeStage
        case .startRecording: .startRecording
        case .stopRecording: .stopRecording
        case .consent: .consent
        case .offerRecording: .offerRecording
        case .addCaption: .addCaption
        case .startPlayback: .startPlayback
        case .pausePlayback: .pausePlayback
        case .resumePlayback: .resumePlayback
        case .seekPlayback: .seekPlayback
        case .stopPlayback: .stopPlayback
        case .markReady: .markReady
        case .callSlot: .callSlot
        case .skipSlot: .skipSlot
        case .noShow: .noShow
        case .recallSlot: .recallSlot
        case .restartSlot: .restartSlot
        case .startPitch: .startPitch
        case .startQuestions: .startQuestions
        case .finishSlot: .finishSlot
        case .pauseClock: .pauseClock
        case .resumeClock: .resumeClock
        case .extendClock: .extendClock
        case .arrangeJudging: .arrangeJudging
        case .seatJudge: .seatJudge
        case .recuse: .recuse
        case .endRecusal: .endRecusal
        case .submitSheet: .submitSheet
        case .closeScoring: .closeScoring
        case .openScoring: .openScoring
        case .publishScores: .publishScores
        case .orderSlots: .orderSlots
        case .startDraw: .startDraw
        case .commitDraw: .commitDraw
        case .revealDraw: .revealDraw
        case .closeDraw: .closeDraw
        case .finishDraw: .finishDraw
        case .cancelDraw: .cancelDraw
        case .placeSlides: .placeSlides
        case .showSlide: .showSlide
        case .giveIntent: .giveIntent
        case .withdrawIntent: .withdrawIntent
        case .answerIntent: .answerIntent
        case .followUp: .followUp
        case .offerContact: .offerContact
        case .withdrawContact: .withdrawContact
        case .giveFeedback: .giveFeedback
        case .keepNote: .keepNote
        case .arrangeArchive: .arrangeArchive
        case .reviewArchive: .reviewArchive
        case .consentArchive: .consentArchive
        case .seal: .seal
        case .confirmSeal: .confirmSeal
        case .supplement: .supplement
        case .holdArchive: .holdArchive
        case .releaseArchive: .releaseArchive
        case .expire: .expire
        case .keepTime: .keepTime
        case .makeUp: .makeUp
        }
    }
}

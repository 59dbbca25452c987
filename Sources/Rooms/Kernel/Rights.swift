/// Who may give which command, and in which state of the room: the one table. What it does not name
/// is refused. Rules that look at more than the role stand with their commands: a presenter's slot
/// is its own, a text is removed by its author.
public enum Rights {
    /// Who may give a command.
    public enum Holder: Equatable, Sendable {
        /// The server itself.
        case server
        /// Members with one of these roles.
        case roles([Role])
        /// The same, and the server: it places the slides of examples.
        case rolesAndServer([Role])
        /// Whoever is known to the place and not yet in the room.
        case outsiders
        /// Members, also those who have yet to sign the terms of a closed matter.
        case members
    }

    public struct Right: Equatable, Sendable {
        public let holder: Holder
        /// `nil` where the state does not matter.
        public let states: [Lifecycle.Name]?
    }

    /// Where an actor stands in a room.
    public enum Position: Equatable, Sendable {
        case server
        /// Watches, without a name card.
        case visitor
        /// A person whom the room does not know.
        case stranger
        case outside(Outside.Name)
        case member(Set<Role>)
        /// A member who has yet to sign the terms of a closed matter.
        case unsigned
    }

    /// All but the auditor, who writes nothing.
    public static let speakers = Role.allCases.filter { $0 != .auditor }

    private static let staff = Holder.roles([.moderator])
    private static let ongoing: [Lifecycle.Name] = [.open, .live, .paused]
    private static let preparing: [Lifecycle.Name] = [.scheduled, .open, .live, .paused]
    private static let unfinished: [Lifecycle.Name] = [
        .scheduled, .open, .live, .paused, .followUp,
    ]

    private static let ended: [Lifecycle.Name] = [.followUp, .closed]
    private static let recorded: [Lifecycle.Name] = [.followUp, .closed, .archived]

    private static let judging: [Lifecycle.Name] = [.live, .paused, .followUp]

    public static func right(to kind: Command.Kind) -> Right {
        switch kind {
        case .create: Right(holder: .server, states: nil)
        case .keepTime, .makeUp, .disclose: Right(holder: .server, states: nil)
        case .countAttendance: Right(holder: .server, states: ongoing)
        case .tellPages: Right(holder: .server, states: judging)
        case .forget: Right(holder: .server, states: unfinished)
        case .sign: Right(holder: .members, states: unfinished)
        case .admit: Right(holder: .server, states: unfinished)
        case .knock: Right(holder: .server, states: preparing)

        case .apply: Right(holder: .outsiders, states: preparing)
        case .letIn, .decline, .setRoles, .remove, .ban, .unban, .mute, .unmute:
            Right(holder: staff, states: unfinished)
        case .checkIn: Right(holder: .rolesAndServer([.moderator]), states: preparing)
        case .checkOut: Right(holder: staff, states: preparing)
        case .letInAll: Right(holder: staff, states: preparing)

        case .openRoom: Right(holder: staff, states: [.scheduled])
        case .startRoom: Right(holder: staff, states: [.open])
        case .pauseRoom: Right(holder: staff, states: [.live])
        case .resumeRoom: Right(holder: staff, states: [.paused])
        case .endRoom, .confirmEnd: Right(holder: staff, states: [.live, .paused])
        case .reopenRoom, .closeRoom: Right(holder: staff, states: [.followUp])
        case .cancelRoom: Right(holder: staff, states: unfinished)

        case .say, .ask, .vote: Right(holder: .roles(speakers), states: ongoing)
        // Who is in which channel stands with the command.
        case .confer: Right(holder: .roles(speakers), states: unfinished)
        case .redact:
            Right(holder: .roles(speakers), states: unfinished + [.closed, .archived, .cancelled])
        case .correct: Right(holder: staff, states: ongoing + ended)
        case .mark, .mergeQuestion: Right(holder: staff, states: ongoing + [.followUp])
        case .setSlowMode, .holdChat, .approve, .refuseHeld, .stopOutput, .resumeOutput, .announce:
            Right(holder: staff, states: preparing)

        case .answerQuestion:
            Right(holder: .roles([.moderator, .presenter]), states: ongoing + [.followUp])
        case .allowAnonymous: Right(holder: staff, states: preparing)

        case .votePoll: Right(holder: .roles(speakers), states: ongoing)
        case .openPoll, .closePoll: Right(holder: staff, states: ongoing)
        case .cancelPoll: Right(holder: staff, states: ongoing + [.followUp])

        case .raiseHand, .lowerHand: Right(holder: .roles(speakers), states: ongoing)
        case .giveFloor, .takeFloor, .muteMicrophone, .unmuteMicrophone, .arrangeStage:
            Right(holder: staff, states: ongoing)
        case .startRecording: Right(holder: staff, states: ongoing)
        case .stopRecording: Right(holder: .rolesAndServer([.moderator]), states: ongoing)
        case .consent: Right(holder: .roles(speakers), states: preparing)
        case .offerRecording: Right(holder: .roles([.moderator, .presenter]), states: preparing)
        case .addCaption: Right(holder: .roles([.moderator, .captioner]), states: ongoing)
        case .startPlayback, .resumePlayback: Right(holder: staff, states: [.open, .live])
        case .pausePlayback, .seekPlayback, .stopPlayback: Right(holder: staff, states: ongoing)

        case .arrangeJudging: Right(holder: staff, states: preparing)
        case .seatJudge: Right(holder: staff, states: unfinished)
        case .recuse, .endRecusal:
            Right(holder: .roles([.moderator, .judge]), states: unfinished)
        case .submitSheet: Right(holder: .roles([.judge]), states: judging)
        case .closeScoring, .openScoring, .publishScores: Right(holder: staff, states: judging)

        case .orderSlots, .startDraw, .closeDraw, .finishDraw, .cancelDraw:
            Right(holder: staff, states: preparing)
        // Staff does not contribute: its presenters' bytes are what binds it.
        case .commitDraw, .revealDraw: Right(holder: .roles([.presenter]), states: preparing)

        case .markReady: Right(holder: .roles([.moderator, .presenter]), states: preparing)
        case .placeSlides:
            Right(holder: .rolesAndServer([.moderator, .presenter]), states: preparing)
        case .showSlide: Right(holder: .roles([.moderator, .presenter]), states: ongoing)
        case .skipSlot, .recallSlot: Right(holder: staff, states: preparing)
        case .callSlot, .noShow, .restartSlot, .startPitch, .startQuestions, .pauseClock,
            .resumeClock:
            Right(holder: staff, states: [.live])
        // What the room's end cut off is finished afterwards, so that it can be judged.
        case .finishSlot: Right(holder: staff, states: judging)
        case .extendClock: Right(holder: staff, states: [.live, .paused])

        case .giveIntent, .withdrawIntent, .offerContact, .withdrawContact, .giveFeedback,
            .keepNote:
            Right(holder: .roles(speakers), states: ongoing + [.followUp])
        case .answerIntent: Right(holder: .roles([.presenter]), states: ongoing + [.followUp])
        case .followUp: Right(holder: .roles(speakers), states: recorded)

        case .expire: Right(holder: .server, states: [.archived])
        case .reviewArchive, .seal, .confirmSeal: Right(holder: staff, states: ended)
        case .arrangeArchive, .holdArchive, .releaseArchive: Right(holder: staff, states: recorded)
        case .supplement: Right(holder: staff, states: [.archived])
        case .consentArchive:
            Right(holder: .roles([.moderator, .presenter]), states: preparing + recorded)
        }
    }

    /// Why somebody there may not give that command in that state; `nil` where it may.
    public static func refusal(
        of kind: Command.Kind,
        to position: Position,
        in state: Lifecycle.Name
    ) -> Rejection? {
        let right = right(to: kind)
        if let refusal = right.holder.refusal(to: position) { return refusal }
        guard let states = right.states, !states.contains(state) else { return nil }
        return .wrongState(state, allowed: states)
    }
}

extension Rights.Holder {
    fileprivate func refusal(to position: Rights.Position) -> Rejection? {
        switch (self, position) {
        case (.server, .server), (.rolesAndServer, .server): nil
        case (.server, _): .notPermitted(needs: [])
        case (_, .server), (_, .visitor): .notAdmitted
        case (.outsiders, .stranger), (.outsiders, .outside(.waiting)),
            (.outsiders, .outside(.applied)), (.outsiders, .outside(.removed)):
            nil
        case (.outsiders, .member), (.outsiders, .unsigned): .alreadyIn
        case (.members, .member), (.members, .unsigned): nil
        case (_, .unsigned): .termsNotSigned
        case (_, .stranger): .notAdmitted
        case (_, .outside(let name)): .outside(name)
        case (.roles(let needed), .member(let held)),
            (.rolesAndServer(let needed), .member(let held)):
            needed.contains(where: held.contains) ? nil : .notPermitted(needs: needed)
        }
    }
}

extension Room {
    func position(of actor: Actor) -> Rights.Position {
        switch actor {
        case .server: .server
        case .visitor: .visitor
        case .member(let id):
            if let membership = members[id] {
                mustSign(id) ? .unsigned : .member(membership.roles)
            } else if let outside = outside[id] {
                .outside(outside.name)
            } else {
                .stranger
            }
        }
    }
}

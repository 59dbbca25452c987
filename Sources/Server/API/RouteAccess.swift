internal import HTTP
internal import Storage
internal import Wire

/// Who may call a route: the one table, read before anything else of a request. What a room's routes
/// show, and which role in that room they ask for, is decided in the room besides.
enum RouteAccess: Sendable {
    /// Also a visitor.
    case anyone
    /// Whoever has a session: a guest with a name card, or an account.
    case person
    /// Whoever has an account, also while a second step is still demanded of them.
    case account
    /// Who may make rooms.
    case organiser
    /// Who runs the site.
    case siteOperator
}

extension Route {
    var access: RouteAccess {
        switch self {
        case .health, .readiness, .site, .search, .templates, .session, .makeGuest, .redeemInvite,
            .endSession, .rooms,
            .room, .file, .fileText, .slideTexts, .events, .proof, .checkpoint, .log, .outcome,
            .calendar, .captions, .recordings, .recording, .recordingFile, .archive, .bundle,
            .organisations,
            .organisation, .wrongMethod:
            .anyone
        // The room then asks for its moderator, or the slot's presenter.
        case .invite, .invites, .revokeInvite, .people, .code, .renewCode, .upload, .transcript,
            .disclosures, .media, .removeRecording, .exportRecording, .uploadRecording,
            .uploadSlides, .slides,
            .slideNotes, .setSlideNote, .makeBundle:
            .person
        case .enter, .ticket, .hallCode, .checkIn: .person
        // The organisation then asks for its administrators, or for whoever vouches for it.
        case .foundOrganisation, .enterOrganisation, .changeOrganisation, .organisationStanding,
            .organisationInvites, .inviteToOrganisation, .organisationInvite, .organisationMember:
            .person
        case .createRoom: .organiser
        case .publicEvent(let route): route.access
        case .account(let route): route.access
        }
    }
}

extension AccountRoute {
    var access: RouteAccess {
        switch self {
        case .register, .verify, .signIn, .secondStep, .reset, .confirmReset: .anyone
        // Public pages are for everyone; any other is there for its owner alone.
        case .profilePage, .picture: .anyone
        case .setPicture, .removePicture, .page: .account
        case .account, .password, .changeContact, .confirmContact, .profile, .organisations,
            .showOrganisation, .signIns, .endSignIns, .endSignIn, .enrolTwoStep,
            .confirmTwoStep, .removeTwoStep, .export, .erase:
            .account
        case .people, .person: .siteOperator
        }
    }
}

extension Caller {
    /// - Throws: `session.required`, `account.required`, `two_step.required` or `not_permitted`.
    func require(_ access: RouteAccess) throws(WireError) {
        switch access {
        case .anyone: return
        case .person: _ = try signedIn()
        case .account:
            guard account != nil else {
                throw WireError(.accountRequired, "this needs an account; sign in or register")
            }
        case .organiser:
            guard try signedIn().isOrganiser else {
                throw .needs(
                    "organiser",
                    "an organiser's sign-in link gives the right to make rooms"
                )
            }
        case .siteOperator:
            guard try signedIn().isOperator else {
                throw .needs("operator", "this is for those who run the site")
            }
        }
    }
}

extension WireError {
    /// What is asked for, and the role that it asks for.
    static func needs(_ role: String, _ sentence: String) -> WireError {
        WireError(
            .notPermitted,
            sentence,
            [JSON.Member("needs", .array([.string(role)]))]
        )
    }
}

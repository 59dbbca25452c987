internal import HTTP
internal import HTTPTypes
internal import Ledger
internal import OpenSSL
internal import Rooms

/// What a request is for: the one table of addresses below `/api/v1`.
enum Route: Equatable {
    case health
    case readiness
    case site
    case search
    case session
    case makeGuest
    case redeemInvite
    case endSession
    case templates
    case rooms
    case createRoom
    case room(RoomID)
    case invite(RoomID)
    case invites(RoomID)
    case revokeInvite(RoomID, String)
    case people(RoomID)
    case disclosures(RoomID)
    case code(RoomID)
    case renewCode(RoomID)
    case enter(RoomID)
    case hallCode(RoomID)
    case checkIn(RoomID)
    case ticket
    case upload(RoomID)
    case file(RoomID, String)
    case fileText(RoomID, String)
    case events(RoomID)
    case proof(RoomID, UInt64)
    case checkpoint(RoomID)
    case transcript(RoomID)
    case log(RoomID)
    case outcome(RoomID)
    case calendar(RoomID)
    case archive(RoomID)
    case makeBundle(RoomID)
    case bundle(RoomID, String)
    case media(RoomID)
    case recordings(RoomID)
    case recording(RoomID, RecordingID)
    case removeRecording(RoomID, RecordingID)
    case exportRecording(RoomID, RecordingID)
    case recordingFile(RoomID, RecordingID)
    case uploadRecording(RoomID, SlotID)
    case uploadSlides(RoomID, SlotID)
    case slides(RoomID, SlotID)
    case slideTexts(RoomID, SlotID)
    case slideNotes(RoomID, SlotID)
    case setSlideNote(RoomID, SlotID, Int)
    case captions(RoomID)
    case organisations
    case foundOrganisation
    case enterOrganisation
    case organisation(Int64)
    case changeOrganisation(Int64)
    case organisationStanding(Int64)
    case organisationInvites(Int64)
    case inviteToOrganisation(Int64)
    case organisationInvite(Int64, Digest)
    case organisationMember(Int64, Int64)
    case publicEvent(PublicEventRoute)
    case account(AccountRoute)
    /// The address is known, the method is none of these: it is refused, or is OPTIONS.
    case wrongMethod(allowed: [HTTPRequest.Method])

    /// `nil` where nothing is at that address.
    init?(_ head: RequestHead) {
        let isRead = head.method == .get || head.method == .head
        let isPost = head.method == .post
        guard head.path.first == "api" else {
            switch head.path {
            case ["healthz"]: self = isRead ? .health : .onlyRead
            // A handshake is planned before; what comes here is none.
            case ["ws"], ["ws", "media"]: self = .wrongMethod(allowed: [.get])
            case ["readyz"]: self = isRead ? .readiness : .onlyRead
            default: return nil
            }
            return
        }
        switch Array(head.path.dropFirst()) {
        case ["v1", "templates"]: self = isRead ? .templates : .onlyRead
        case ["v1", "site"]: self = isRead ? .site : .onlyRead
        case ["v1", "search"]: self = isRead ? .search : .onlyRead
        case ["v1", "session"]:
            switch head.method {
            case .get, .head: self = .session
            case .delete: self = .endSession
            default: self = .wrongMethod(allowed: [.get, .head, .delete])
            }
        case ["v1", "session", "guest"]: self = isPost ? .makeGuest : .onlyPost
        case ["v1", "session", "invite"]: self = isPost ? .redeemInvite : .onlyPost
        case ["v1", "ws-ticket"]: self = isPost ? .ticket : .onlyPost
        case ["v1", "rooms"]:
            self =
                isRead
                ? .rooms : isPost ? .createRoom : .wrongMethod(allowed: [.get, .head, .post])
        case let path where path.count >= 3 && path[0] == "v1" && path[1] == "rooms":
            guard let room = RoomID(path[2]) else { return nil }
            let rest = Array(path.dropFirst(3))
            if let route = Route(door: room, rest, head.method)
                ?? Route(media: room, rest, head.method)
            {
                self = route
            } else {
                self.init(room, rest, isRead: isRead, isPost: isPost)
            }
        case let path where path.count >= 2 && path[0] == "v1" && path[1] == "organisations":
            self.init(
                organisations: Array(path.dropFirst(2)),
                head.method,
                isRead: isRead,
                isPost: isPost
            )
        case let path where path.count >= 2 && path[0] == "v1" && path[1] == "events":
            guard let route = PublicEventRoute.route(Array(path.dropFirst(2)), head.method) else {
                return nil
            }
            self = route
        case let path where path.first == "v1":
            guard let route = AccountRoute.route(Array(path.dropFirst()), head.method) else {
                return nil
            }
            self = route
        default: return nil
        }
    }

    private init?(
        organisations rest: [String],
        _ method: HTTPRequest.Method,
        isRead: Bool,
        isPost: Bool
    ) {
        let both = Route.wrongMethod(allowed: [.get, .head, .post])
        guard let first = rest.first else {
            self = isRead ? .organisations : isPost ? .foundOrganisation : both
            return
        }
        if rest == ["enter"] {
            self = isPost ? .enterOrganisation : .onlyPost
            return
        }
        guard let id = Route.number(first) else { return nil }
        switch Array(rest.dropFirst()) {
        case []: self = isRead ? .organisation(id) : isPost ? .changeOrganisation(id) : both
        case ["standing"]: self = isPost ? .organisationStanding(id) : .onlyPost
        case ["invites"]:
            self = isRead ? .organisationInvites(id) : isPost ? .inviteToOrganisation(id) : both
        case let path where path.count == 2 && path[0] == "invites":
            guard let token = Digest(hex: path[1]) else { return nil }
            self =
                method == .delete
                ? .organisationInvite(id, token) : .wrongMethod(allowed: [.delete])
        case let path where path.count == 2 && path[0] == "members":
            guard let member = Route.number(path[1]) else { return nil }
            self = isPost ? .organisationMember(id, member) : .onlyPost
        default: return nil
        }
    }

    /// A record's number as addresses have it: no sign, no leading zero.
    private static func number(_ text: String) -> Int64? {
        guard let number = Int64(text), number > 0, "\(number)" == text else { return nil }
        return number
    }

    private init?(_ room: RoomID, _ rest: [String], isRead: Bool, isPost: Bool) {
        switch rest {
        case []: self = isRead ? .room(room) : .onlyRead
        case ["files"]: self = isPost ? .upload(room) : .onlyPost
        case ["events"]: self = isRead ? .events(room) : .onlyRead
        case ["checkpoint"]: self = isRead ? .checkpoint(room) : .onlyRead
        case ["transcript"]: self = isRead ? .transcript(room) : .onlyRead
        case ["outcome"]: self = isRead ? .outcome(room) : .onlyRead
        case ["calendar.ics"]: self = isRead ? .calendar(room) : .onlyRead
        case ["log"]: self = isRead ? .log(room) : .onlyRead
        case ["archive"]: self = isRead ? .archive(room) : .onlyRead
        case ["bundles"]: self = isPost ? .makeBundle(room) : .onlyPost
        case let path where path.count == 2 && path[0] == "bundles":
            self = isRead ? .bundle(room, path[1]) : .onlyRead
        case let path where path.count == 2 && path[0] == "files":
            self = isRead ? .file(room, path[1]) : .onlyRead
        case let path where path.count == 3 && path[0] == "files" && path[2] == "text":
            self = isRead ? .fileText(room, path[1]) : .onlyRead
        case let path where path.count == 3 && path[0] == "events" && path[2] == "proof":
            guard let sequence = UInt64(path[1]) else { return nil }
            self = isRead ? .proof(room, sequence) : .onlyRead
        default: return nil
        }
    }

    /// Addresses of the door and of those who pass it.
    private init?(door room: RoomID, _ rest: [String], _ method: HTTPRequest.Method) {
        let isRead = method == .get || method == .head
        let isPost = method == .post
        switch rest {
        case ["invites"]:
            self = isRead ? .invites(room) : isPost ? .invite(room) : .readOrPost
        case ["code"]: self = isRead ? .code(room) : isPost ? .renewCode(room) : .readOrPost
        case ["enter"]: self = isPost ? .enter(room) : .onlyPost
        case ["check-in"]:
            self = isRead ? .hallCode(room) : isPost ? .checkIn(room) : .readOrPost
        case ["people"]: self = isRead ? .people(room) : .onlyRead
        case ["disclosures"]: self = isRead ? .disclosures(room) : .onlyRead
        case let path where path.count == 2 && path[0] == "invites":
            self =
                method == .delete
                ? .revokeInvite(room, path[1]) : .wrongMethod(allowed: [.delete])
        default: return nil
        }
    }

    /// Addresses of live media and what was recorded of them.
    private init?(media room: RoomID, _ rest: [String], _ method: HTTPRequest.Method) {
        let isRead = method == .get || method == .head
        let isPost = method == .post
        switch rest {
        case ["media"]: self = isRead ? .media(room) : .onlyRead
        case ["recordings"]: self = isRead ? .recordings(room) : .onlyRead
        case ["captions.vtt"]: self = isRead ? .captions(room) : .onlyRead
        case let path where path.count == 2 && path[0] == "recordings":
            if let id = RecordingID(path[1]) {
                self =
                    isRead
                    ? .recording(room, id)
                    : method == .delete
                        ? .removeRecording(room, id)
                        : .wrongMethod(allowed: [.get, .head, .delete])
            } else if path[1].hasSuffix(".webm"), let id = RecordingID(String(path[1].dropLast(5)))
            {
                self = isRead ? .recordingFile(room, id) : .onlyRead
            } else {
                return nil
            }
        case let path where path.count == 3 && path[0] == "recordings" && path[2] == "export":
            guard let id = RecordingID(path[1]) else { return nil }
            self = isPost ? .exportRecording(room, id) : .onlyPost
        case let path where path.count == 3 && path[0] == "slots" && path[2] == "recordings":
            guard let slot = SlotID(path[1]) else { return nil }
            self = isPost ? .uploadRecording(room, slot) : .onlyPost
        case let path where path.count == 3 && path[0] == "slots" && path[2] == "slides":
            guard let slot = SlotID(path[1]) else { return nil }
            self =
                isRead
                ? .slides(room, slot) : isPost ? .uploadSlides(room, slot) : .readOrPost
        case let path where path.count == 3 && path[0] == "slots" && path[2] == "texts":
            guard let slot = SlotID(path[1]) else { return nil }
            self = isRead ? .slideTexts(room, slot) : .onlyRead
        case let path where path.count == 3 && path[0] == "slots" && path[2] == "notes":
            guard let slot = SlotID(path[1]) else { return nil }
            self = isRead ? .slideNotes(room, slot) : .onlyRead
        case let path where path.count == 4 && path[0] == "slots" && path[2] == "notes":
            guard let slot = SlotID(path[1]), let page = Int(path[3]) else { return nil }
            self =
                method == .put
                ? .setSlideNote(room, slot, page) : .wrongMethod(allowed: [.put])
        default: return nil
        }
    }

    private static let readOrPost = Route.wrongMethod(allowed: [.get, .head, .post])
    private static let onlyRead = Route.wrongMethod(allowed: [.get, .head])
    private static let onlyPost = Route.wrongMethod(allowed: [.post])

    /// Whether its body is a file, which goes to the disk as it comes.
    var isUpload: Bool {
        switch self {
        case .upload, .uploadRecording, .uploadSlides, .account(.setPicture): true
        default: false
        }
    }

    /// Guesses at an entry code are counted by address.
    var isCodeEntry: Bool {
        if case .enter = self { true } else { false }
    }

    var isGuestEntry: Bool {
        self == .makeGuest || self == .redeemInvite
    }

    /// Bytes that the body of a request may have; uploads have a limit of their own.
    static func bodyLimit(of head: RequestHead) -> Int {
        if head.method == .post { return 256 << 10 }
        // Of 4,000 characters each is twelve bytes where JSON writes it as escapes.
        if case .setSlideNote = Route(head) { return 64 << 10 }
        return 0
    }
}

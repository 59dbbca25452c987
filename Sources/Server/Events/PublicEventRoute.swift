internal import HTTP
internal import HTTPTypes
internal import Storage

/// The addresses of events (活动), below `/api/v1/events`.
enum PublicEventRoute: Equatable {
    case list
    case make
    case read(PublicEvent.ID)
    case change(PublicEvent.ID)
    case remove(PublicEvent.ID)
    case code(PublicEvent.ID)
    case renewCode(PublicEvent.ID)
    case calendar(PublicEvent.ID)

    /// What `path`, below `/api/v1/events`, is for; `nil` where nothing is.
    static func route(_ path: [String], _ method: HTTPRequest.Method) -> Route? {
        let isRead = method == .get || method == .head
        let isPost = method == .post
        guard let first = path.first else {
            return isRead
                ? .publicEvent(.list)
                : isPost ? .publicEvent(.make) : .wrongMethod(allowed: [.get, .head, .post])
        }
        guard let id = PublicEvent.ID(first) else { return nil }
        switch Array(path.dropFirst()) {
        case []:
            if isRead { return .publicEvent(.read(id)) }
            if isPost { return .publicEvent(.change(id)) }
            return method == .delete
                ? .publicEvent(.remove(id)) : .wrongMethod(allowed: [.get, .head, .post, .delete])
        case ["code"]:
            if isRead { return .publicEvent(.code(id)) }
            return isPost
                ? .publicEvent(.renewCode(id)) : .wrongMethod(allowed: [.get, .head, .post])
        case ["calendar.ics"]:
            return isRead ? .publicEvent(.calendar(id)) : .wrongMethod(allowed: [.get, .head])
        default: return nil
        }
    }

    var access: RouteAccess {
        switch self {
        case .list, .read, .calendar: .anyone
        case .make: .organiser
        // The event then asks for its organiser.
        case .change, .remove, .code, .renewCode: .person
        }
    }
}

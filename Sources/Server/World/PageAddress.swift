internal import Ledger
internal import Storage

/// The addresses of pages: behind all of them is one document, which shows what the address names.
enum PageAddress: Equatable {
    case room(RoomID)
    case event(PublicEvent.ID)
    /// What is nothing to send on.
    case other

    /// `nil` where no page is.
    init?(_ path: [String]) {
        switch path {
        case [], ["new"], ["join"], ["organisations"], ["enter"], ["sign-in"], ["account"],
            ["people"], ["search"], ["verify"], ["e", "new"]:
            self = .other
        case let path where path.count == 2 && path[0] == "o":
            guard Int64(path[1]) != nil else { return nil }
            self = .other
        case let path where path.count == 2 && path[0] == "p":
            guard ProfilePage.ID(path[1]) != nil else { return nil }
            self = .other
        case let path where path.count == 2 && path[0] == "r":
            guard let room = RoomID(path[1]) else { return nil }
            self = .room(room)
        case let path where path.count == 2 && path[0] == "e":
            guard let event = PublicEvent.ID(path[1]) else { return nil }
            self = .event(event)
        case let path
        where path.count == 3 && path[0] == "r"
            && ["screen", "outcome", "archive", "replay"].contains(path[2]):
            guard RoomID(path[1]) != nil else { return nil }
            self = .other
        default: return nil
        }
    }
}

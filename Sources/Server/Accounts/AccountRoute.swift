internal import HTTP
internal import HTTPTypes
internal import Storage

/// The addresses of accounts, and of people for operators.
enum AccountRoute: Equatable {
    case register
    case verify
    case signIn
    case secondStep
    case reset
    case confirmReset
    case account
    case password
    case changeContact
    case confirmContact
    case profile
    case organisations
    case showOrganisation
    case setPicture
    case removePicture
    case page
    case signIns
    case endSignIns
    case endSignIn(String)
    case enrolTwoStep
    case confirmTwoStep
    case removeTwoStep
    case export
    case erase
    case people
    case person(Int64)
    case profilePage(ProfilePage.ID)
    case picture(ProfilePage.ID)

    /// What `path`, below `/api/v1`, is for; `nil` where nothing is.
    static func route(_ path: [String], _ method: HTTPRequest.Method) -> Route? {
        let isRead = method == .get || method == .head
        func read(_ route: AccountRoute) -> Route {
            isRead ? .account(route) : .wrongMethod(allowed: [.get, .head])
        }
        func post(_ route: AccountRoute) -> Route {
            method == .post ? .account(route) : .wrongMethod(allowed: [.post])
        }
        if path.first == "people" {
            switch path.count {
            case 1: return read(.people)
            case 2:
                // A number has at most 19 digits, a page's id has 32.
                if let id = ProfilePage.ID(path[1]) { return read(.profilePage(id)) }
                return Int64(path[1]).map { post(.person($0)) }
            case 3 where path[2] == "picture":
                return ProfilePage.ID(path[1]).map { read(.picture($0)) }
            default: return nil
            }
        }
        switch path {
        case ["accounts"]: return post(.register)
        case ["accounts", "verify"]: return post(.verify)
        case ["accounts", "reset"]: return post(.reset)
        case ["accounts", "reset", "confirm"]: return post(.confirmReset)
        case ["session", "password"]: return post(.signIn)
        case ["session", "second"]: return post(.secondStep)
        case ["account"]: return read(.account)
        case ["account", "password"]: return post(.password)
        case ["account", "contact"]: return post(.changeContact)
        case ["account", "contact", "confirm"]: return post(.confirmContact)
        case ["account", "profile"]: return post(.profile)
        case ["account", "organisations"]:
            if method == .post { return .account(.showOrganisation) }
            return isRead
                ? .account(.organisations) : .wrongMethod(allowed: [.get, .head, .post])
        case ["account", "page"]: return post(.page)
        case ["account", "picture"]:
            if method == .delete { return .account(.removePicture) }
            return method == .post
                ? .account(.setPicture) : .wrongMethod(allowed: [.post, .delete])
        case ["account", "two-step"]: return post(.enrolTwoStep)
        case ["account", "two-step", "remove"]: return post(.removeTwoStep)
        case ["account", "two-step", "confirm"]: return post(.confirmTwoStep)
        case ["account", "export"]: return read(.export)
        case ["account", "erase"]: return post(.erase)
        case ["account", "sessions"]:
            if method == .delete { return .account(.endSignIns) }
            return isRead
                ? .account(.signIns) : .wrongMethod(allowed: [.get, .head, .delete])
        case let path where path.count == 3 && path[0] == "account" && path[1] == "sessions":
            return method == .delete
                ? .account(.endSignIn(path[2])) : .wrongMethod(allowed: [.delete])
        default: return nil
        }
    }
}

internal import Foundation
internal import Ledger
internal import OpenSSL
internal import Storage
internal import Wire

/// The accounts of a data folder, beside a running server, for `luyan user`.
public struct SiteAccounts: Sendable {
    private let people: People

    /// Why something was not done.
    public enum Failure: Error, Equatable, CustomStringConvertible {
        case noDataFolder(String)
        case badContact(String)
        case badPassword(expected: String)
        case taken(String)
        case noSuchAccount(String)
        case storage(String)

        public var description: String {
            switch self {
            case .noDataFolder(let folder):
                "\(folder) is no data folder; start the server there first"
            case .badContact(let text): "\(text) is no e-mail address and no telephone number"
            case .badPassword(let expected): "the password must be \(expected)"
            case .taken(let contact): "\(contact) has an account already"
            case .noSuchAccount(let contact): "\(contact) has no account"
            case .storage(let cause): cause
            }
        }
    }

    /// What is to be changed; `nil` leaves it.
    public struct Change: Sendable {
        public var isOperator: Bool?
        public var isOrganiser: Bool?
        public var isDisabled: Bool?
        public var password: String?

        public init() {}
    }

    /// Opens the accounts of these settings' data folder.
    /// - Throws: `noDataFolder`, or `storage`.
    public init(in settings: Settings) throws(Failure) {
        do throws(StorageError) {
            people = try People(besideServer: settings.data)
        } catch .noData {
            throw .noDataFolder(settings.data)
        } catch {
            throw .storage("\(error)")
        }
    }

    /// One page of accounts whose name, organisation or contact begins with `text`, as JSON objects.
    public func list(_ text: String, after: String?) async throws(Failure) -> (
        lines: [String], next: String?
    ) {
        do throws(StorageError) {
            let (found, next) = try await people.find(text, after: after, limit: 200)
            return (found.map { Self.line($0.person, $0.account) }, next)
        } catch {
            throw .storage("\(error)")
        }
    }

    /// Makes an account whose contact the operator vouches for, and gives its JSON object.
    public func add(
        _ contact: String,
        name: String,
        password: String,
        isOperator: Bool
    ) async throws(Failure) -> String {
        guard let known = Contact(contact) else { throw .badContact(contact) }
        let hash = try Self.hash(password, contact: known)
        do {
            let made = try await people.register(
                known.text,
                password: hash,
                named: name,
                as: nil,
                isOperator: isOperator,
                at: .wall
            )
            guard case .made(let person) = made,
                let account = try people.account(ofPerson: person.id)
            else { throw Failure.taken(known.text) }
            return Self.line(person, account)
        } catch {
            throw error as? Failure ?? .storage("\(error)")
        }
    }

    /// Changes an account and gives its JSON object. A new password, or disabling, ends its sign-ins.
    public func change(_ contact: String, _ change: Change) async throws(Failure) -> String {
        guard let known = Contact(contact) else { throw .badContact(contact) }
        let hash = try change.password.map { (text) throws(Failure) in
            try Self.hash(text, contact: known)
        }
        do {
            guard let account = try await people.account(of: known.text) else {
                throw Failure.noSuchAccount(known.text)
            }
            let id = account.person
            try await people.setRole(
                isOperator: change.isOperator,
                isOrganiser: change.isOrganiser,
                of: id
            )
            if let hash { _ = try await people.setPassword(hash, of: id, keeping: nil) }
            if let isDisabled = change.isDisabled {
                _ = try await people.setDisabled(isDisabled, of: id)
            }
            guard let person = try await people.person(id),
                let changed = try people.account(ofPerson: id)
            else { throw Failure.noSuchAccount(known.text) }
            return Self.line(person, changed)
        } catch {
            throw error as? Failure ?? .storage("\(error)")
        }
    }

    private static func hash(_ password: String, contact: Contact) throws(Failure) -> String {
        do {
            let accepted = try PasswordRules.accepted(password, contact: contact.text)
            return "\(try PasswordHash(of: PasswordMill.bytes(accepted)))"
        } catch let error as WireError {
            throw .badPassword(
                expected: error.values.first { $0.name == "expected" }?.value.text ?? error.message
            )
        } catch {
            throw .storage("\(error)")
        }
    }

    private static func line(_ person: Person, _ account: Account) -> String {
        var writer = JSONWriter()
        writer.object { object in
            object.member("id", person.id)
            account.write(person, to: &object)
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

internal import Foundation
internal import Ledger
internal import Rooms
internal import Storage

/// Sign-in links made beside a running server, for `luyan invite`.
public enum Invitations {
    /// A link and when it ends.
    public struct Made: Sendable {
        public let url: String
        public let expiresMilliseconds: UInt64
    }

    /// Makes a link for the data folder of these settings. `room` has 32 hex digits and is `nil` for
    /// an organiser. Fails where there is no such folder, room or slot.
    public static func make(
        in settings: Settings,
        room: String?,
        role: String,
        slot: String?,
        name: String?,
        hours: Int
    ) async throws(InviteFailure) -> Made {
        let expires = Timestamp.wall.advanced(byMilliseconds: Int64(hours) * 3_600_000)
        do {
            let people = try People(besideServer: settings.data)
            let id = room.flatMap { RoomID($0) }
            if let id { try require(id, slot: slot, in: settings.data) }
            let token = try await people.invite(
                to: id,
                role: role,
                slot: slot,
                name: name,
                until: expires
            )
            let base = AddressNote(folder: settings.data).read() ?? settings.addresses()[0]
            return Made(
                url: "\(base)/join#\(token.text)",
                expiresMilliseconds: expires.milliseconds
            )
        } catch StorageError.noData {
            throw .noDataFolder(settings.data)
        } catch let failure as InviteFailure {
            throw failure
        } catch {
            throw .storage("\(error)")
        }
    }

    /// Reads the room's first event, which holds its slots.
    private static func require(_ room: RoomID, slot: String?, in folder: String) throws {
        let log = try StoredLog(folder: folder)
        guard let first = try log.read(room, after: 0, limit: 1).first,
            let entry = Entry(first), case .roomCreated(let frame) = entry.recorded.event
        else { throw InviteFailure.noSuchRoom("\(room)") }
        guard let slot else { return }
        guard frame.slots.contains(where: { $0.id.description == slot }) else {
            throw InviteFailure.noSuchSlot(slot)
        }
    }
}

/// Where the server of a data folder was last reached, for links that are made beside it.
struct AddressNote {
    private let file: URL

    init(folder: String) {
        file = URL(filePath: folder, directoryHint: .isDirectory).appending(path: "address")
    }

    func write(_ address: String) throws {
        try Data(address.utf8).write(to: file, options: .atomic)
    }

    /// `nil` where no server has run there.
    func read() -> String? {
        (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// Why no link was made.
public enum InviteFailure: Error, Equatable, CustomStringConvertible {
    case noDataFolder(String)
    case noSuchRoom(String)
    case noSuchSlot(String)
    case storage(String)

    public var description: String {
        switch self {
        case .noDataFolder(let folder):
            "\(folder) is no data folder; start the server there first, or name another with --data"
        case .noSuchRoom(let room): "there is no room \(room)"
        case .noSuchSlot(let slot): "the room has no slot \(slot)"
        case .storage(let cause): cause
        }
    }
}

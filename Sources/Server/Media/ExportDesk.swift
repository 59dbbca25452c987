internal import Dispatch
internal import Ledger
internal import Logging
internal import Rooms
internal import Storage
internal import Synchronization

/// Makes files of recordings, one after another, away from what is live.
final class ExportDesk: Sendable {
    /// Exports that wait at once.
    private static let limit = 100

    private let queue = DispatchQueue(label: "luyan.export", qos: .utility)
    /// Uploads that are taken over, and recordings that are read through.
    private let reading = DispatchQueue(label: "luyan.intake", qos: .utility)
    private let states = Mutex<[String: ExportState]>([:])

    /// How far a recording's export is.
    func state(of folder: RecordingFolder) throws(StorageError) -> ExportState {
        if let state = states.withLock({ $0[folder.path] }) { return state }
        return try folder.made(WebMExport.name).map { .ready(bytes: $0.count) } ?? .none
    }

    /// The recording is gone.
    func forget(_ folder: RecordingFolder) { states.withLock { $0[folder.path] = nil } }

    /// Begins an export, or begins it anew when it failed; one that is made or being made stays.
    /// - Returns: `false` when too many wait.
    func begin(_ folder: RecordingFolder, log: Logger) throws(StorageError) -> Bool {
        switch try state(of: folder) {
        case .making, .ready: return true
        case .none, .failed: break
        }
        let isTaken = states.withLock { states -> Bool in
            let waiting = states.values.count { state in
                if case .making = state { true } else { false }
            }
            guard waiting < Self.limit else { return false }
            states[folder.path] = .making(0)
            return true
        }
        guard isTaken else { return false }
        queue.async {
            do throws(WebMExport.Failure) {
                try WebMExport(folder: folder).run { progress in
                    self.states.withLock { $0[folder.path] = .making(progress) }
                }
                self.states.withLock { $0[folder.path] = nil }
            } catch {
                log.error("an export failed", metadata: ["cause": "\(error)"])
                self.states.withLock { $0[folder.path] = .failed(error.word) }
            }
        }
        return true
    }

    /// The file of a recording, made now where it was not; `nil` where nothing in it plays.
    func file(of folder: RecordingFolder) async throws -> BlobFile? {
        if let file = try folder.made(WebMExport.name) { return file }
        let made = await withCheckedContinuation { continuation in
            queue.async {
                do throws(WebMExport.Failure) {
                    // Somebody's export of it may have come first.
                    let isMade = (try? folder.made(WebMExport.name)) != nil
                    if !isMade { try WebMExport(folder: folder).run { _ in } }
                    continuation.resume(returning: Result<Void, WebMExport.Failure>.success(()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        switch made {
        case .success: return try folder.made(WebMExport.name)
        case .failure(.empty): return nil
        case .failure(let failure): throw failure
        }
    }

    /// Runs what reads a whole file, one after another.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value
    ) async -> Value {
        await withCheckedContinuation { continuation in
            reading.async { continuation.resume(returning: work()) }
        }
    }
}

extension WebMExport.Failure {
    /// One word for it, as clients are told.
    var word: String {
        switch self {
        case .empty: "empty"
        case .storage(.full): "disk_full"
        case .storage, .writing: "storage"
        }
    }
}

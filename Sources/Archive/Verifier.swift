public import Ledger
public import OpenSSL

/// Checks a log from its first document to its last checkpoint. It takes a log file in pieces of
/// any size, or the events of a data folder one by one; it holds 64 bytes an event.
public struct Verifier: Sendable {
    private enum State {
        case empty
        case reading(Reading)
        case done(Verdict)
    }

    private let fingerprint: Digest?
    private let kept: SignedCheckpoint?
    private let longestLine: Int
    private var state = State.empty
    private var rest: [UInt8] = []
    /// The key in the room's first document; `nil` before it was read.
    public private(set) var key: Ed25519PublicKey?
    /// Files that the log shows, by SHA-256, with the event that showed each first; once all was taken.
    public private(set) var shownFiles: [String: UInt64] = [:]
    private var line = 1

    /// - Parameters:
    ///   - fingerprint: that of the key which must have signed the log.
    ///   - kept: a checkpoint of the log that somebody kept.
    ///   - longestLine: beyond so many bytes a line is not read.
    public init(
        key fingerprint: Digest? = nil,
        kept: SignedCheckpoint? = nil,
        longestLine: Int = LogLine.longest
    ) {
        self.fingerprint = fingerprint
        self.kept = kept
        self.longestLine = longestLine
    }

    /// Takes the next bytes of a log file.
    public mutating func take(_ bytes: [UInt8]) {
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            rest += bytes[start..<end]
            start = end + 1
            takeLine()
            rest.removeAll(keepingCapacity: true)
            line += 1
        }
        rest += bytes[start...]
        if rest.count > longestLine {
            fail(.tooLong(line: line))
            rest = []
        }
    }

    /// Begins with a room's first document, where there is no file.
    public mutating func begin(room: RoomID, genesis: [UInt8]) {
        guard case .empty = state else { return fail(.malformed(line: line)) }
        do throws(UnusableLog) {
            let reading = try Reading(room: room, genesis: genesis)
            key = reading.key
            if let fingerprint, reading.key.fingerprint != fingerprint {
                state = .done(.broken(.otherKey(reading.key.fingerprint)))
            } else {
                state = .reading(reading)
            }
        } catch {
            fail(error)
        }
    }

    /// Takes the next event, where there is no file.
    public mutating func take(_ event: SealedEvent) {
        update { (reading) throws(LogFault) in try reading.take(event) }
    }

    /// Takes a checkpoint that covers events which were taken before, where there is no file.
    public mutating func take(_ checkpoint: SignedCheckpoint) {
        update { (reading) throws(LogFault) in try reading.take(checkpoint) }
    }

    /// What was found, when all was taken. A file must be covered by its last checkpoint; a data
    /// folder's newest events need not be yet.
    public mutating func finish(isFile: Bool = true) -> Verdict {
        if !rest.isEmpty { fail(.malformed(line: line)) }
        switch state {
        case .empty: return .unusable(.empty)
        case .done(let verdict): return verdict
        case .reading(var reading):
            shownFiles = reading.files.found
            return reading.verdict(kept: kept, isFile: isFile, isKeyAsked: fingerprint != nil)
        }
    }

    private mutating func takeLine() {
        if case .done = state { return }
        guard rest.count <= longestLine else { return fail(.tooLong(line: line)) }
        do throws(LogLineError) {
            switch (try LogLine(parsing: rest), state) {
            case (.start(let room, let genesis), .empty): begin(room: room, genesis: genesis)
            case (.event(let event), .reading(let reading)): take(event.sealed(in: reading.room))
            case (.checkpoint(let checkpoint), .reading):
                update { (reading) throws(LogFault) in
                    let size = checkpoint.checkpoint.size
                    guard size == reading.head.sequence else {
                        throw .checkpointPlace(size: size, events: reading.head.sequence)
                    }
                    try reading.take(checkpoint)
                }
            default: fail(.malformed(line: line))
            }
        } catch {
            switch error {
            case .malformed: fail(.malformed(line: line))
            case .version(let version): fail(.version(version))
            }
        }
    }

    /// The first failure stands.
    private mutating func fail(_ reason: UnusableLog) {
        if case .done = state { return }
        state = .done(.unusable(reason))
    }

    private mutating func update(_ body: (inout Reading) throws(LogFault) -> Void) {
        switch state {
        case .empty: fail(.malformed(line: line))
        case .done: return
        case .reading(var reading):
            // Taken out while it changes, so that its tree grows in place.
            state = .empty
            do throws(LogFault) {
                try body(&reading)
                state = .reading(reading)
            } catch {
                state = .done(.broken(error))
            }
        }
    }
}

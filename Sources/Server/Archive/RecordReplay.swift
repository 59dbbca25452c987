internal import Archive
internal import Ledger
internal import Rooms
internal import Wire

/// A log read through once for a bundle: the room and its texts as they stood at the end, and which
/// events the bundle is about.
struct RecordReplay {
    private(set) var room = Room()
    private(set) var texts = RoomTextBook()
    private(set) var root = MerkleTree()
    /// Pages that the view is shown, in the order in which they were placed first.
    private(set) var files: [SlideFile] = []
    /// Languages of captions, in the order in which they came first.
    private(set) var languages: [String] = []
    /// Recordings of the room, while the bundle's part of it went on.
    private(set) var recordings: [RecordingID] = []
    /// Events that the bundle is about; `nil` where it is about all.
    private(set) var chosen: Set<UInt64>?

    private let scope: BundleScope
    private let sees: (Audience) -> Bool
    private var known: Set<String> = []

    init(_ scope: BundleScope, sees: @escaping (Audience) -> Bool) {
        (self.scope, self.sees) = (scope, sees)
        chosen = scope == .room ? nil : []
    }

    mutating func take(_ event: SealedEvent) {
        root.append(event.hash)
        guard let entry = Entry(event) else { return }
        let before = room.roadshow.stage?.frame.id
        room.apply(entry.recorded)
        texts.apply(entry.recorded, entry.texts)
        let isChosen = isAbout(entry, before)
        if isChosen { chosen?.insert(event.sequence) }
        guard isChosen, event.parts.contains(where: { $0.audience.map(sees) ?? false }) else {
            return
        }
        switch (entry.recorded.event, entry.texts) {
        case (.slidesPlaced, .slides(let placed)):
            for file in placed where known.insert(file.file).inserted { files.append(file) }
        case (.captionAdded(let frame), _):
            if !languages.contains(frame.language) { languages.append(frame.language) }
        default: return
        }
    }

    /// The recording that runs is of the bundle's part.
    private mutating func noteRecording() {
        guard let running = room.recording.running?.id, !recordings.contains(running) else {
            return
        }
        recordings.append(running)
    }

    /// Whether the bundle is about that event. What everybody is told of a room goes with all.
    private mutating func isAbout(_ entry: Entry, _ before: SlotID?) -> Bool {
        let event = entry.recorded.event
        switch scope {
        case .room:
            noteRecording()
            return true
        case .slot(let id):
            let isOnStage = [before, room.roadshow.stage?.frame.id].contains {
                $0?.description == id
            }
            if isOnStage { noteRecording() }
            return event.isPublicFace || isOnStage || entry.data("slot")?.text == id
        case .question(let id):
            let isOfIt =
                entry.recorded.sequence == id || entry.data("question")?.text == "\(id)"
                || entry.data("into")?.text == "\(id)"
            let isOfItsTexts =
                entry.data("seq")?.integer.map { chosen?.contains(UInt64(clamping: $0)) ?? false }
            return event.isPublicFace || isOfIt || isOfItsTexts ?? false
        }
    }
}

extension Entry {
    /// A value of what happened, as it is written.
    fileprivate func data(_ name: String) -> JSON? {
        guard let first = sealed.parts.first?.part, let json = try? JSONParser.parse(first.bytes)
        else { return nil }
        return json["data"]?[name]
    }
}

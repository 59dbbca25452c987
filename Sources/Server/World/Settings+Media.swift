/// What people may send live, and how much of it is kept.
struct MediaSettings: Equatable, Sendable {
    /// Kilobits a second of one publisher in all tracks.
    var publisherKilobits = 8_000
    /// Tracks of one room at once, and of the whole server: each holds up to 4 MiB for late joiners.
    var tracksPerRoom = 32
    var tracks = 128
    /// Megabytes of all recordings of one room.
    var recordingMegabytes = 20_000
    /// Megabytes that recording leaves free on the disk.
    var freeMegabytes = 1_000
    /// Megabytes of one recording that is uploaded.
    var uploadMegabytes = 2_000
}

extension Settings {
    static let mediaKeys: [Key] = [
        number("media.publisher_kbit", 64...100_000) { $0.media.publisherKilobits = $1 },
        number("media.tracks_per_room", 1...250) { $0.media.tracksPerRoom = $1 },
        number("media.tracks", 1...10_000) { $0.media.tracks = $1 },
        number("recording.room_mb", 1...100_000_000) { $0.media.recordingMegabytes = $1 },
        number("recording.free_mb", 0...100_000_000) { $0.media.freeMegabytes = $1 },
        number("recording.upload_mb", 1...1_000_000) { $0.media.uploadMegabytes = $1 },
    ]
}

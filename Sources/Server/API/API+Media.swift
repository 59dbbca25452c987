internal import HTTP
internal import Ledger
internal import Media
internal import Rooms
internal import Transport
internal import Wire

extension API {
    /// `GET /rooms/R/media`: what is live, and how its relay goes, for staff.
    func media(of room: RoomID) async throws(WireError) -> Response {
        _ = try await staff(of: room)
        var tracks: [UInt16: LiveTrack] = [:]
        var figures: [UInt16: TrackFigures] = [:]
        var viewers = 0
        for shard in world.allShards {
            let found = await withCheckedContinuation { continuation in
                shard.post { shard in
                    let hub = shard.application as? Hub
                    continuation.resume(returning: hub?.mediaReport(of: room) ?? MediaReport())
                }
            }
            viewers += found.viewers
            for (track, figure) in found.tracks {
                tracks[track.number] = track
                figures[track.number, default: TrackFigures()].add(figure)
            }
        }
        let order = tracks.values.sorted { $0.number < $1.number }
        return json { [figures, viewers] writer in
            writer.member("viewers", viewers)
            writer.member(
                "tracks",
                array: { array in
                    for track in order {
                        array.object { object in
                            track.write(to: &object)
                            figures[track.number]?.write(to: &object)
                        }
                    }
                }
            )
        }
    }
}

/// What one shard tells of a room's media.
struct MediaReport: Sendable {
    var viewers = 0
    var tracks: [(LiveTrack, TrackFigures)] = []
}

extension Hub {
    func mediaReport(of room: RoomID) -> MediaReport {
        guard let hall = mediaRooms[room] else { return MediaReport() }
        return MediaReport(
            viewers: hall.viewers.count,
            tracks: hall.tracks.values.map { ($0.track, $0.figures) }
        )
    }
}

extension TrackFigures {
    mutating func add(_ other: TrackFigures) {
        frames += other.frames
        bytes += other.bytes
        refused += other.refused
        sent += other.sent
        leftOut += other.leftOut
    }

    fileprivate func write(to object: inout JSONWriter) {
        object.member("frames", frames)
        object.member("bytes", bytes)
        object.member("refused", refused)
        object.member("sent", sent)
        object.member("leftOut", leftOut)
    }
}

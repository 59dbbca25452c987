// The command that the samples' events came of.
import RoomsTestSupport
import Wire

extension EventSamples {
    static let mark = EventEncoding.CommandMark(
        id: "k7Qz-1",
        digest: String(repeating: "0f", count: 32)
    )
}

/// Maps the media clock of one publisher, which all its tracks share, to the server's time. The
/// least delay seen is taken for the line's own; what came later waited on its way.
///
/// All numbers are microseconds, those of `received` never less than before.
public struct PublisherClock: Hashable, Sendable {
    /// How fast the offset may rise: clocks drift apart by less than 1 ms a second.
    static let risePerSecond = 1_000
    /// A jump of the media clock by more than this begins anew.
    static let jump = 2_000_000
    /// So long a jump forwards of the delay must last: after a line stalled, the frames that
    /// waited come at once, and their times were right.
    static let jumpLasts = 2_000_000
    /// Media time that goes back by more than this begins anew.
    static let back = 1_000_000
    /// No frame is taken to be older than this.
    static let oldest = 5_000_000

    private struct Course: Hashable {
        /// Server's time less media time of a frame that did not wait.
        var offset: Int
        /// When the offset was last looked at.
        var received: Int
        /// The highest media time so far.
        var media: Int
        /// Since when every frame has come later than a jump allows.
        var lateSince: Int?
    }

    private var course: Course?

    /// A clock of which nothing is known.
    public init() {}

    /// Maps the time of a frame.
    /// - Parameters:
    ///   - media: the frame's time on the publisher's clock, from 0 to
    ///     `MediaFrameHeader.latestTime`.
    ///   - received: the server's time at which it came, likewise.
    /// - Returns: the frame's time on the server, in `received - oldest ... received`.
    public mutating func serverTime(of media: Int, received: Int) -> Int {
        let delay = received - media
        guard var course, media >= course.media - Self.back else {
            return begin(offset: delay, media: media, received: received)
        }
        if delay <= course.offset {
            course.offset = delay
            course.lateSince = nil
        } else if delay - course.offset > Self.jump {
            let since = course.lateSince ?? received
            guard received - since < Self.jumpLasts else {
                return begin(offset: delay, media: media, received: received)
            }
            course.lateSince = since
        } else {
            let passed = max(received - course.received, 0)
            let rise =
                passed / 1_000_000 * Self.risePerSecond
                + passed % 1_000_000 * Self.risePerSecond / 1_000_000
            course.offset = min(delay, course.offset + rise)
            course.lateSince = nil
        }
        course.received = received
        course.media = max(course.media, media)
        self.course = course
        return min(max(media + course.offset, received - Self.oldest), received)
    }

    private mutating func begin(offset: Int, media: Int, received: Int) -> Int {
        course = Course(offset: offset, received: received, media: media, lateSince: nil)
        return received
    }
}

/// Times of one track that never go back.
public struct TrackTime: Hashable, Sendable {
    private var last = Int.min

    /// A track without frames.
    public init() {}

    /// The time, or the one before it where that is later.
    public mutating func next(_ time: Int) -> Int {
        last = max(last, time)
        return last
    }
}

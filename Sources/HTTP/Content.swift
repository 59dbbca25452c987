/// What follows the head of a response.
public enum Content: Sendable {
    /// Held in memory.
    case bytes([UInt8])
    /// Pieces of known lengths, fetched when their turn comes.
    case parts([Part])
    /// Of a length that is known at the end only: chunked, or ended by the connection for HTTP/1.0.
    case stream(any ByteStream)

    /// A piece of a response.
    public enum Part: Sendable {
        /// Held in memory.
        case bytes([UInt8])
        /// These bytes of a source.
        case slice(of: any ByteSource, Range<Int>)

        /// In bytes.
        public var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .slice(_, let range): range.count
            }
        }
    }

    /// In bytes; `nil` for a stream.
    public var count: Int? {
        switch self {
        case .bytes(let bytes): bytes.count
        case .parts(let parts): parts.reduce(0) { $0 + $1.count }
        case .stream: nil
        }
    }
}

/// Bytes of a known number that are read where they are wanted, such as a file. Whoever sends them
/// reads off the paths that must not wait.
public protocol ByteSource: AnyObject, Sendable {
    /// How many there are.
    var count: Int { get }

    /// - Returns: exactly the bytes of `range`, which is within `0..<count`.
    /// - Throws: what kept them from being read.
    func bytes(in range: Range<Int>) throws -> [UInt8]
}

/// Bytes that are made while they are sent.
public protocol ByteStream: AnyObject, Sendable {
    /// Makes the next bytes and gives them to `reply` once, from any thread; none at the end. It is
    /// asked again when most of them went out. A failure ends the connection, so that nobody takes
    /// what came for the whole.
    func next(then reply: @escaping @Sendable (Result<[UInt8], any Error>) -> Void)
}

extension Content: Equatable {
    /// Sources and streams are equal to themselves only.
    public static func == (one: Content, other: Content) -> Bool {
        switch (one, other) {
        case (.bytes(let one), .bytes(let other)): one == other
        case (.parts(let one), .parts(let other)): one == other
        case (.stream(let one), .stream(let other)): one === other
        default: false
        }
    }
}

extension Content.Part: Equatable {
    /// Sources are equal to themselves only.
    public static func == (one: Content.Part, other: Content.Part) -> Bool {
        switch (one, other) {
        case (.bytes(let one), .bytes(let other)): one == other
        case (.slice(let one, let range), .slice(let other, let otherRange)):
            one === other && range == otherRange
        default: false
        }
    }
}

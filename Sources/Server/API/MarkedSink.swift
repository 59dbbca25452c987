internal import HTTP
internal import Logging
internal import Storage
internal import Synchronization
internal import Transport
internal import Wire

/// Takes a file to the disk as it comes; what does not begin as its kind does is refused at its first
/// bytes, before any of them is written.
final class MarkedSink: BodySink {
    /// How a kind of file begins, and what is said where one does not, or where there is no space.
    struct Kind: Sendable {
        /// Any of these.
        let magics: [[UInt8]]
        let other: WireError
        let full: WireError
    }

    let upload: BlobUpload
    let kind: Kind
    private let first = Mutex<[UInt8]>([])
    private let log: Logger
    private let refusal: @Sendable (WireError) -> Response

    init(
        _ kind: Kind,
        _ upload: BlobUpload,
        log: Logger,
        refusal: @escaping @Sendable (WireError) -> Response
    ) {
        (self.kind, self.upload, self.log, self.refusal) = (kind, upload, log, refusal)
    }

    /// What it begins with, once as much came as tells that.
    var magic: [UInt8]? {
        let first = first.withLock { $0 }
        return kind.magics.first { first.starts(with: $0) }
    }

    /// Whether as much came as tells what it is.
    var isMeant: Bool { magic != nil }

    func take(_ piece: [UInt8], then reply: @escaping @Sendable (Response?) -> Void) {
        let begins = first.withLock { first in
            let longest = kind.magics.map(\.count).max() ?? 0
            if first.count < longest { first += piece.prefix(longest - first.count) }
            return kind.magics.contains { $0.starts(with: first.prefix($0.count)) }
        }
        guard begins else {
            reply(refusal(kind.other))
            return
        }
        let (log, refusal, full) = (log, refusal, kind.full)
        upload.append(piece) { failure in
            guard let failure else {
                reply(nil)
                return
            }
            log.error("an upload could not be written", metadata: ["cause": "\(failure)"])
            reply(refusal(failure == .full ? full : .unavailable("storage")))
        }
    }
}

extension MarkedSink.Kind {
    /// An EBML document begins with these (RFC 8794 §11.2.1).
    static let recording = MarkedSink.Kind(
        magics: [[0x1a, 0x45, 0xdf, 0xa3]],
        other: .unreadableRecording("no WebM file"),
        full: WireError(.recordingDiskFull, "there is no space left for recordings")
    )

    /// ISO 32000-1 §7.5.2.
    private static let portable = Array("%PDF-".utf8)
    /// A local file header (APPNOTE.TXT of ZIP, 4.3.7): presentations are archives.
    static let archive: [UInt8] = [0x50, 0x4b, 0x03, 0x04]

    /// A PDF, and where one can be made of it a presentation.
    static func document(orPresentation takesPresentations: Bool) -> MarkedSink.Kind {
        MarkedSink.Kind(
            magics: takesPresentations ? [portable, archive] : [portable],
            other: .notADocument,
            full: .unavailable("full")
        )
    }
}

extension WireError {
    static let notADocument = WireError(.fileUnsupported, "slides are sent as one PDF")

    static func unreadableRecording(_ cause: String) -> WireError {
        WireError(
            .recordingUnreadable,
            "a recording is WebM with VP8 and Opus",
            [JSON.Member("cause", .string(cause))]
        )
    }
}

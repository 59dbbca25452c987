internal import HTTP
internal import Logging
internal import Storage
internal import Synchronization
internal import Transport
internal import Wire

/// Takes an uploaded recording to the disk as it comes; what is no WebM is refused at its first bytes.
final class RecordingSink: BodySink {
    /// An EBML document begins with these (RFC 8794 §11.2.1).
    private static let magic: [UInt8] = [0x1a, 0x45, 0xdf, 0xa3]

    let upload: BlobUpload
    private let first = Mutex<[UInt8]>([])
    private let log: Logger
    private let refusal: @Sendable (WireError) -> Response

    init(
        _ upload: BlobUpload,
        log: Logger,
        refusal: @escaping @Sendable (WireError) -> Response
    ) {
        (self.upload, self.log, self.refusal) = (upload, log, refusal)
    }

    func take(_ piece: [UInt8], then reply: @escaping @Sendable (Response?) -> Void) {
        let isMeant = first.withLock { first in
            if first.count < Self.magic.count {
                first += piece.prefix(Self.magic.count - first.count)
            }
            return Self.magic.starts(with: first)
        }
        guard isMeant else {
            reply(refusal(.unreadableRecording("no WebM file")))
            return
        }
        let (log, refusal) = (log, refusal)
        upload.append(piece) { failure in
            guard let failure else {
                reply(nil)
                return
            }
            log.error("an upload could not be written", metadata: ["cause": "\(failure)"])
            let full = WireError(.recordingDiskFull, "there is no space left for recordings")
            reply(refusal(failure == .full ? full : .unavailable("storage")))
        }
    }
}

extension WireError {
    static func unreadableRecording(_ cause: String) -> WireError {
        WireError(
            .recordingUnreadable,
            "a recording is WebM with VP8 and Opus",
            [JSON.Member("cause", .string(cause))]
        )
    }
}

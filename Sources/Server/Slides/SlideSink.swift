internal import HTTP
internal import Logging
internal import Storage
internal import Synchronization
internal import Transport
internal import Wire

/// Takes a PDF to the disk as it comes; what is none is refused at its first bytes.
final class SlideSink: BodySink {
    /// ISO 32000-1 §7.5.2.
    private static let magic = Array("%PDF-".utf8)

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

    /// Whether as much came as tells what it is.
    var isDocument: Bool { first.withLock { $0 == Self.magic } }

    func take(_ piece: [UInt8], then reply: @escaping @Sendable (Response?) -> Void) {
        let isMeant = first.withLock { first in
            if first.count < Self.magic.count {
                first += piece.prefix(Self.magic.count - first.count)
            }
            return Self.magic.starts(with: first)
        }
        guard isMeant else {
            reply(refusal(.notADocument))
            return
        }
        let (log, refusal) = (log, refusal)
        upload.append(piece) { failure in
            guard let failure else {
                reply(nil)
                return
            }
            log.error("an upload could not be written", metadata: ["cause": "\(failure)"])
            reply(refusal(.unavailable(failure == .full ? "full" : "storage")))
        }
    }
}

extension WireError {
    static let notADocument = WireError(.fileUnsupported, "slides are sent as one PDF")
}

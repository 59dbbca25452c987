internal import HTTP
internal import Logging
internal import Storage
internal import Synchronization
internal import Transport
internal import Wire

/// Takes an image to the disk as it comes; what is no image is refused at its first bytes, before
/// any of them is written.
final class ImageSink: BodySink {
    private struct State {
        var sniffer: ImageSniffer
        var end = ImageEnd()
        var size = 0
    }

    let upload: BlobUpload
    private let state: Mutex<State>
    private let log: Logger
    private let refusal: @Sendable (WireError) -> Response

    init(
        _ upload: BlobUpload,
        sideLimit: Int,
        log: Logger,
        refusal: @escaping @Sendable (WireError) -> Response
    ) {
        self.upload = upload
        state = Mutex(State(sniffer: ImageSniffer(sideLimit: sideLimit)))
        self.log = log
        self.refusal = refusal
    }

    /// What the bytes are, once all of them came.
    var image: ImageUpload? {
        state.withLock { $0.end.isReached ? $0.sniffer.image : nil }
    }

    /// Bytes that came.
    var size: Int { state.withLock { $0.size } }

    func take(_ piece: [UInt8], then reply: @escaping @Sendable (Response?) -> Void) {
        let fault = state.withLock { state -> ImageUpload.Fault? in
            state.size += piece.count
            state.end.take(piece)
            do throws(ImageUpload.Fault) {
                try state.sniffer.take(piece)
                return nil
            } catch {
                return error
            }
        }
        if let fault {
            reply(refusal(WireError(fault)))
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

internal import COpenSSL

/// What all sessions of one shard read records from and write records to, in turn: no session holds
/// buffers of its own while it rests. Used on one thread at a time.
public final class TLSPipe {
    struct State {
        var input: UnsafeRawPointer?
        var inputCount = 0
        var output: UnsafeMutablePointer<UInt8>
        var outputCount = 0
        var outputCapacity: Int
    }

    /// OpenSSL's callbacks find it through the BIO's data.
    let state: UnsafeMutablePointer<State>
    private let method: OpaquePointer
    /// One BIO for all sessions, which count their references to it.
    let bio: OpaquePointer

    /// - Throws: `TLSConfigurationError.library` when memory is out.
    public init() throws(TLSConfigurationError) {
        let capacity = 80 * 1024
        guard let method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "records"),
            let bio = BIO_new(method)
        else { throw .library(cause: ErrorQueue.text()) }
        self.method = method
        self.bio = bio
        state = .allocate(capacity: 1)
        state.initialize(
            to: State(output: .allocate(capacity: capacity), outputCapacity: capacity)
        )
        BIO_meth_set_read(method) { bio, place, count in TLSPipe.read(bio, place, count) }
        BIO_meth_set_write(method) { bio, bytes, count in TLSPipe.write(bio, bytes, count) }
        // A flush has nothing to do; nothing else is asked for.
        BIO_meth_set_ctrl(method) { _, command, _, _ in command == BIO_CTRL_FLUSH ? 1 : 0 }
        BIO_set_data(bio, state)
        BIO_set_init(bio, 1)
    }

    deinit {
        BIO_free(bio)
        BIO_meth_free(method)
        state.pointee.output.deallocate()
        state.deallocate()
    }

    /// The records that the last calls made; valid until the next call of a session.
    public var output: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: state.pointee.output, count: state.pointee.outputCount)
    }

    /// Forgets the records made so far.
    public func clearOutput() { state.pointee.outputCount = 0 }

    /// Lends records that came to the session that is asked next.
    public func lend(_ records: UnsafeRawBufferPointer) {
        state.pointee.input = records.baseAddress
        state.pointee.inputCount = records.count
    }

    /// The callbacks' way to the state.
    private static func state(of bio: OpaquePointer?) -> UnsafeMutablePointer<State>? {
        BIO_get_data(bio)?.assumingMemoryBound(to: State.self)
    }

    private static func read(
        _ bio: OpaquePointer?,
        _ place: UnsafeMutablePointer<CChar>?,
        _ wanted: Int32
    ) -> Int32 {
        copenssl_bio_clear_retry(bio)
        guard let state = state(of: bio), let place, let input = state.pointee.input,
            state.pointee.inputCount > 0, wanted > 0
        else {
            copenssl_bio_set_retry_read(bio)
            return -1
        }
        let count = min(Int(wanted), state.pointee.inputCount)
        UnsafeMutableRawPointer(place).copyMemory(from: input, byteCount: count)
        state.pointee.input = input + count
        state.pointee.inputCount -= count
        return Int32(truncatingIfNeeded: count)
    }

    private static func write(
        _ bio: OpaquePointer?,
        _ bytes: UnsafePointer<CChar>?,
        _ count: Int32
    ) -> Int32 {
        copenssl_bio_clear_retry(bio)
        guard let state = state(of: bio), let bytes, count > 0 else { return 0 }
        state.pointee.append(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
        return count
    }
}

extension TLSPipe.State {
    /// Grows where one call makes more records than ever before; what a call may make is bounded by
    /// what it is given.
    fileprivate mutating func append(_ bytes: UnsafeRawBufferPointer) {
        if outputCount + bytes.count > outputCapacity {
            let capacity = (outputCount + bytes.count) * 2
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
            UnsafeMutableRawPointer(larger).copyMemory(from: output, byteCount: outputCount)
            output.deallocate()
            (output, outputCapacity) = (larger, capacity)
        }
        guard let start = bytes.baseAddress else { return }
        UnsafeMutableRawPointer(output + outputCount).copyMemory(
            from: start,
            byteCount: bytes.count
        )
        outputCount += bytes.count
    }
}

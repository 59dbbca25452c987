// Proves that no bytes trap the inflater, that nothing comes out beyond its limit, that pieces of any
// length bring the same, and that what was packed comes back.
import Compression
import FuzzSupport

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzInflate(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzInput.take(start, count) { input in
        if input.choice() & 1 == 0 { unpack(&input) } else { roundTrip(&input) }
    }
}

private func unpack(_ input: inout FuzzInput) {
    let windowBits = input.choice(of: 8...15)
    let limit = input.choice(of: 0...255) * 64
    let seed = input.choice()
    let whole = inflate([input.rest], windowBits: windowBits, limit: limit)
    let pieced = inflate(input.pieces(seed: seed), windowBits: windowBits, limit: limit)
    switch (whole, pieced) {
    case (_, .failure(.malformed)) where windowBits < 15,
        (.failure(.malformed), _) where windowBits < 15:
        // zlib looks back beyond its window as far as one call's output reaches: who broke the
        // agreed window is taken or refused as the calls fall.
        break
    case (.success(let one), .success(let other)):
        demand(one == other, "\(one.count) bytes whole, \(other.count) in pieces")
        demand(one.count <= limit, "\(one.count) bytes of at most \(limit)")
    case (.failure(let one), .failure(let other)):
        demand(one == other, "whole: \(one), pieced: \(other)")
    default: fatalError("whole: \(whole.outcome), pieced: \(pieced.outcome)")
    }
}

private func inflate(
    _ pieces: [[UInt8]],
    windowBits: Int,
    limit: Int
) -> Result<[UInt8], CompressionError> {
    var bytes: [UInt8] = []
    do throws(CompressionError) {
        let inflater = try Inflater(windowBits: windowBits)
        for piece in pieces {
            var failure: CompressionError?
            piece.withUnsafeBytes { piece in
                do throws(CompressionError) {
                    try inflater.inflate(piece, into: &bytes, limit: limit)
                } catch {
                    failure = error
                }
            }
            // One byte more tells that it is too long.
            demand(bytes.count <= limit + 1, "\(bytes.count) bytes of at most \(limit)")
            if let failure { throw failure }
        }
        return .success(bytes)
    } catch {
        return .failure(error)
    }
}

/// Two messages through one deflater and one inflater.
private func roundTrip(_ input: inout FuzzInput) {
    let windowBits = input.choice(of: 9...15)
    let level = input.choice(of: 1...9)
    let border = Int(input.choice())
    let rest = input.rest
    do throws(CompressionError) {
        let deflater = try Deflater(level: level, windowBits: windowBits)
        let inflater = try Inflater(windowBits: windowBits)
        for message in [Array(rest.prefix(border)), Array(rest.dropFirst(border))] {
            var packed: [UInt8] = []
            message.withUnsafeBytes { deflater.deflate($0, into: &packed) }
            packed += [0, 0, 0xFF, 0xFF]
            var back: [UInt8] = []
            var failure: CompressionError?
            packed.withUnsafeBytes { packed in
                do throws(CompressionError) {
                    try inflater.inflate(packed, into: &back, limit: message.count)
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
            demand(back == message, "\(message.count) bytes came back as \(back.count)")
        }
    } catch {
        fatalError("what was packed did not come back: \(error)")
    }
}

extension Result<[UInt8], CompressionError> {
    /// For a report of a few words.
    fileprivate var outcome: String {
        switch self {
        case .success(let bytes): "\(bytes.count) bytes"
        case .failure(let error): "\(error)"
        }
    }
}

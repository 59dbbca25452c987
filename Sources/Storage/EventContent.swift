import Ledger
import OpenSSL

/// How an event's parts stand in a row: a version, and for each part its kind, its audience, and
/// either salt and bytes or, once erased, the digest. Numbers are big-endian.
enum EventContent {
    private static let version: UInt8 = 1
    private static let whole: UInt8 = 0
    private static let erased: UInt8 = 1

    static func encode(_ parts: [KeptPart]) -> [UInt8] {
        var bytes: [UInt8] = [version]
        bytes.reserveCapacity(parts.reduce(1) { $0 + 64 + ($1.part?.bytes.count ?? 0) })
        for part in parts {
            switch part {
            case .whole(let part):
                bytes.append(whole)
                append(part.audience.name, to: &bytes)
                bytes += part.salt
                let count = UInt32(truncatingIfNeeded: part.bytes.count)
                for shift in [24, 16, 8, 0] as [UInt32] {
                    bytes.append(UInt8(truncatingIfNeeded: count >> shift))
                }
                bytes += part.bytes
            case .erased(let audience, let digest):
                bytes.append(erased)
                append(audience.name, to: &bytes)
                bytes += digest.bytes
            case .withheld(let digest):
                // What was withheld from us can be kept as erased: nobody may read it here.
                bytes.append(erased)
                append(Audience.server.name, to: &bytes)
                bytes += digest.bytes
            }
        }
        return bytes
    }

    /// - Throws: `StorageError.corrupt` for anything that `encode` does not give.
    static func decode(_ bytes: [UInt8]) throws(StorageError) -> [KeptPart] {
        var rest = bytes[...]
        guard rest.popFirst() == version else { throw .corrupt }
        var parts: [KeptPart] = []
        while let kind = rest.popFirst() {
            let length = try Int(take(1, from: &rest)[0])
            let name = String(decoding: try take(length, from: &rest), as: UTF8.self)
            guard let audience = Audience(name: name) else { throw .corrupt }
            switch kind {
            case whole:
                let salt = try take(Part.saltByteCount, from: &rest)
                let count = try take(4, from: &rest).reduce(0) { $0 << 8 | Int($1) }
                let part = try Part(
                    audience: audience,
                    salt: salt,
                    bytes: take(count, from: &rest)
                )
                parts.append(.whole(part))
            case erased:
                guard let digest = Digest(bytes: try take(Digest.byteCount, from: &rest)) else {
                    throw .corrupt
                }
                parts.append(.erased(audience, digest))
            default: throw .corrupt
            }
        }
        return parts
    }

    private static func append(_ name: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: name.utf8.count))
        bytes += name.utf8
    }

    private static func take(
        _ count: Int,
        from rest: inout ArraySlice<UInt8>
    ) throws(StorageError) -> [UInt8] {
        guard rest.count >= count else { throw .corrupt }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }
}

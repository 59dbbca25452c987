import CLinux
import Glibc

/// An address of IPv4 or IPv6 with its port, as the operating system wants it.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private var length: socklen_t = 0

    var family: Int32 { Int32(storage.ss_family) }

    /// The addresses of a host: a numeric one, or a name, which is looked up on the spot.
    static func resolve(
        host: String,
        port: Int,
        isPassive: Bool
    ) throws(TransportError) -> [SocketAddress] {
        guard (0...65_535).contains(port) else { throw .badPort(port) }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV | (isPassive ? AI_PASSIVE : 0)
        var list: UnsafeMutablePointer<addrinfo>?
        let name =
            host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        guard getaddrinfo(name, String(port), &hints, &list) == 0 else {
            throw .unknownHost(host)
        }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next = list
        while let entry = next {
            if let address = SocketAddress(entry.pointee) { addresses.append(address) }
            next = entry.pointee.ai_next
        }
        guard !addresses.isEmpty else { throw .unknownHost(host) }
        return addresses
    }

    private init?(_ entry: addrinfo) {
        guard let address = entry.ai_addr,
            entry.ai_family == AF_INET || entry.ai_family == AF_INET6,
            entry.ai_addrlen <= MemoryLayout<sockaddr_storage>.size
        else { return nil }
        length = entry.ai_addrlen
        withUnsafeMutableBytes(of: &storage) { bytes in
            bytes.copyMemory(
                from: UnsafeRawBufferPointer(start: address, count: Int(entry.ai_addrlen))
            )
        }
    }

    /// The address that a socket has (`getsockname`), or that of its peer (`getpeername`).
    init?(of descriptor: Int32, isPeer: Bool) {
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                isPeer ? getpeername(descriptor, $0, &size) : getsockname(descriptor, $0, &size)
            }
        }
        guard result == 0 else { return nil }
        length = size
    }

    /// Lends the address to a system call.
    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    /// 0...65535.
    var port: Int {
        // In both families the port follows the family.
        Int(number(at: 2, as: UInt16.self))
    }

    /// What it is counted by; `nil` in other families.
    var peer: PeerAddress? {
        switch family {
        case AF_INET: return .four(number(at: 4, as: UInt32.self))
        case AF_INET6:
            let network = number(at: 8, as: UInt64.self)
            let rest = number(at: 16, as: UInt64.self)
            // RFC 4291 §2.5.5.2: an address of IPv4 within IPv6.
            guard network == 0, rest >> 32 == 0xFFFF else { return .six(network) }
            return .four(UInt32(truncatingIfNeeded: rest))
        default: return nil
        }
    }

    /// A number of the address, which has them in network order.
    private func number<Value: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int,
        as type: Value.Type
    ) -> Value {
        withUnsafeBytes(of: storage) { bytes in
            Value(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Value.self))
        }
    }

    /// The numeric host, without the port.
    var host: String {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let result = withPointer { address, size in
            getnameinfo(
                address,
                size,
                &text,
                socklen_t(text.count),
                nil,
                0,
                NI_NUMERICHOST
            )
        }
        guard result == 0 else { return "unknown" }
        return String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
    }
}

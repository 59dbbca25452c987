// A peer that says exactly which bytes when, as no proper client would.
import Dispatch
import Glibc
import Testing
import WebSocket

/// A blocking socket on a queue of its own; each call waits at most 20 s.
final class RawPeer: Sendable {
    struct Failure: Error {
        let call: String
        let code: Int32
    }

    private let descriptor: Int32
    private let queue = DispatchQueue(label: "peer")

    /// Connects; `receiveBuffer` bytes the system buffers for us, few for a slow reader. `host` is
    /// the last number of our own address, 127.0.0.1 and up.
    /// - Throws: `Failure` when nobody listens.
    init(port: Int, receiveBuffer: Int32? = nil, host: UInt32 = 1) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket", code: errno) }
        var size = receiveBuffer ?? 0
        if size > 0 { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4) }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        let length = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, length)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, length)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = (0x7F00_0000 + host).bigEndian
        let bound = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard bound == 0 else { throw Failure(call: "bind", code: errno) }
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(call: "connect", code: errno) }
    }

    deinit { close(descriptor) }

    private func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }

    func send(_ bytes: [UInt8]) async throws {
        let descriptor = descriptor
        try await run {
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { throw Failure(call: "send", code: errno) }
                sent += count
            }
        }
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    /// Sends until the other side takes no more, at most these bytes.
    /// - Returns: how many it took.
    func offer(_ bytes: [UInt8]) async throws -> Int {
        let descriptor = descriptor
        return try await run {
            var limit = timeval(tv_sec: 0, tv_usec: 300_000)
            let length = socklen_t(MemoryLayout<timeval>.size)
            setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, length)
            defer {
                limit = timeval(tv_sec: 20, tv_usec: 0)
                setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, length)
            }
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { break }
                sent += count
            }
            return sent
        }
    }

    /// Ends our side of the stream.
    func endSending() async throws {
        let descriptor = descriptor
        try await run { _ = shutdown(descriptor, Int32(SHUT_WR)) }
    }

    /// Reads exactly so many bytes, fewer only at the end of the stream.
    func receive(_ count: Int) async throws -> [UInt8] {
        let descriptor = descriptor
        return try await run {
            var bytes: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 65_536)
            while bytes.count < count {
                let got = recv(descriptor, &piece, min(piece.count, count - bytes.count), 0)
                guard got >= 0 else { throw Failure(call: "recv", code: errno) }
                if got == 0 { break }
                bytes += piece[..<got]
            }
            return bytes
        }
    }

    /// Reads to the end of the stream; a reset throws.
    func receiveAll() async throws -> [UInt8] { try await receive(.max) }

    /// Reads a head of HTTP, up to and with the empty line.
    func receiveHead() async throws -> String {
        var bytes: [UInt8] = []
        while bytes.suffix(4) != [13, 10, 13, 10] {
            let next = try await receive(1)
            if next.isEmpty { break }
            bytes += next
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads one frame of the server.
    func receiveFrame() async throws -> (first: UInt8, payload: [UInt8]) {
        let start = try await receive(2)
        guard start.count == 2 else { throw Failure(call: "end of stream", code: 0) }
        var length = Int(start[1])
        if length >= 126 {
            let wide = try await receive(length == 126 ? 2 : 8)
            length = wide.reduce(0) { $0 << 8 | Int($1) }
        }
        return (start[0], try await receive(length))
    }

    // MARK: What peers say

    static let handshake = """
        GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
        Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n
        """

    /// Becomes a WebSocket; `fields` are further lines of the request, each with its CRLF.
    /// - Returns: the answer's head.
    @discardableResult
    func upgrade(fields: String = "") async throws -> String {
        try await send(String(Self.handshake.dropLast()) + fields + "\r\n")
        let head = try await receiveHead()
        try #require(head.hasPrefix("HTTP/1.1 101 "))
        return head
    }

    /// Says one masked frame.
    func say(_ opcode: Opcode, _ payload: [UInt8] = []) async throws {
        try await send(FrameWriter.frame(opcode, payload, key: 0x1234_5678))
    }

    func say(_ text: String) async throws { try await say(.text, Array(text.utf8)) }
}

/// A close frame of the server as bytes of its payload's code.
func closeCode(_ frame: (first: UInt8, payload: [UInt8])) -> UInt16? {
    guard frame.first == 0x88, frame.payload.count >= 2 else { return nil }
    return UInt16(frame.payload[0]) << 8 | UInt16(frame.payload[1])
}

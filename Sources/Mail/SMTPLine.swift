import CLinux
import Glibc
import TLS

/// A reply of a mail server (RFC 5321 §4.2): its code, and its lines without it.
struct SMTPReply: Equatable {
    let code: Int
    let lines: [String]

    /// What a person reads of it, in one line.
    var text: String { "\(code) \(lines.joined(separator: " "))" }
}

/// A connection to a mail server, on a thread of its own: every call waits, and no longer than its limit.
final class SMTPLine {
    private let descriptor: Int32
    private var received: [UInt8] = []
    private var secure: (session: TLSSession, pipe: TLSPipe)?

    /// Bytes of one line of a reply; RFC 5321 §4.5.3.1.5 has 512, some servers more.
    private static let lineLimit = 4_096
    private static let linesLimit = 128

    /// Connects to the first address of a host that answers within so many milliseconds.
    init(host: String, port: Int, limit: Int) throws(MailError) {
        descriptor = clinux_dial(host, String(port), Int32(clamping: limit))
        guard descriptor >= 0 else {
            let why =
                descriptor == CLINUX_UNKNOWN_HOST ? "no such host" : "errno \(-descriptor)"
            throw .unreachable("\(host):\(port): \(why)")
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    var isSecure: Bool { secure != nil }

    /// Speaks TLS from here on; the certificate must be the host's. What came before is thrown away: it
    /// could have been put in by anybody on the way.
    func secure(_ context: TLSContext, host: String) throws(MailError) {
        received = []
        do {
            let pipe = try TLSPipe()
            let session = try TLSSession(context, as: .client(host: host), through: pipe)
            secure = (session, pipe)
            while true {
                let isDone = try session.handshake()
                try flush(pipe)
                if isDone { return }
                try lend(to: pipe)
            }
        } catch let error as MailError {
            throw error
        } catch {
            throw .unreachable("TLS: \(error)")
        }
    }

    // MARK: Words

    func say(_ line: String) throws(MailError) {
        try send(Array((line + "\r\n").utf8))
    }

    func send(_ bytes: [UInt8]) throws(MailError) {
        guard let secure else { return try write(bytes) }
        do {
            try bytes.withUnsafeBytes { try secure.session.write($0) }
        } catch {
            throw .unreachable("TLS: \(error)")
        }
        try flush(secure.pipe)
    }

    /// Waits for a reply, with all of its lines.
    func hear() throws(MailError) -> SMTPReply {
        var lines: [String] = []
        while true {
            let line = try readLine()
            guard line.utf8.count >= 3, let code = Int(line.prefix(3)), (200..<600).contains(code),
                lines.count < Self.linesLimit
            else { throw .unreachable("no reply of SMTP") }
            let rest = line.dropFirst(3)
            lines.append(String(rest.dropFirst()))
            if rest.first != "-" { return SMTPReply(code: code, lines: lines) }
        }
    }

    private func readLine() throws(MailError) -> String {
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                let line = received[..<end]
                received.removeFirst(end + 1)
                return String(decoding: line.filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
            }
            guard received.count < Self.lineLimit else { throw .unreachable("an endless line") }
            received += try read()
        }
    }

    private func read() throws(MailError) -> [UInt8] {
        guard let secure else { return try receive() }
        var place = [UInt8](repeating: 0, count: 16_384)
        while true {
            let read: TLSSession.Read
            do {
                read = try place.withUnsafeMutableBytes { try secure.session.read(into: $0) }
            } catch {
                throw .unreachable("TLS: \(error)")
            }
            switch read {
            case .bytes(let count): return Array(place.prefix(count))
            case .ended: throw .unreachable("the server ended the connection")
            case .needsMore: try lend(to: secure.pipe)
            }
        }
    }

    // MARK: Bytes

    private var records: [UInt8] = []

    private func lend(to pipe: TLSPipe) throws(MailError) {
        records = try receive()
        records.withUnsafeBytes { pipe.lend($0) }
    }

    private func flush(_ pipe: TLSPipe) throws(MailError) {
        let output = [UInt8](pipe.output)
        pipe.clearOutput()
        try write(output)
    }

    private func receive() throws(MailError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else {
            throw .unreachable(count == 0 ? "the server ended the connection" : "errno \(errno)")
        }
        return Array(bytes.prefix(count))
    }

    private func write(_ bytes: [UInt8]) throws(MailError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Array(rest)
            let count = clinux_send(descriptor, piece, piece.count)
            guard count > 0 else { throw .unreachable("errno \(errno)") }
            rest = rest.dropFirst(count)
        }
    }
}

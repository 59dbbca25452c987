// What the tests of this target need: two ends that pass records to one another in memory.
import TLS
import TLSTestSupport
import Testing

/// One end with its own pipe.
final class End {
    let pipe: TLSPipe
    let session: TLSSession
    var read: [UInt8] = []
    var hasEnded = false

    init(_ context: TLSContext, as role: TLSSession.Role) throws {
        pipe = try TLSPipe()
        session = try TLSSession(context, as: role, through: pipe)
    }

    /// Takes records in pieces of so many bytes, opens what is whole, and gives the records made.
    func take(_ records: [UInt8], piece: Int = .max) throws(TLSFailure) -> [UInt8] {
        var answer: [UInt8] = []
        var rest = records[...]
        repeat {
            let part = Array(rest.prefix(piece))
            rest = rest.dropFirst(piece)
            pipe.clearOutput()
            var failure: TLSFailure?
            part.withUnsafeBytes { bytes in
                pipe.lend(bytes)
                do throws(TLSFailure) { try open() } catch { failure = error }
            }
            answer += pipe.output
            if let failure { throw failure }
        } while !rest.isEmpty
        return answer
    }

    private func open() throws(TLSFailure) {
        guard try session.handshake() else { return }
        var place = [UInt8](repeating: 0, count: 20_000)
        while true {
            var result = TLSSession.Read.needsMore
            var failure: TLSFailure?
            place.withUnsafeMutableBytes { bytes in
                do throws(TLSFailure) { result = try session.read(into: bytes) } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
            switch result {
            case .bytes(let count): read += place.prefix(count)
            case .needsMore: return
            case .ended:
                hasEnded = true
                return
            }
        }
    }

    func say(_ bytes: [UInt8]) throws(TLSFailure) -> [UInt8] {
        pipe.clearOutput()
        var failure: TLSFailure?
        bytes.withUnsafeBytes { bytes in
            do throws(TLSFailure) { try session.write(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
        return [UInt8](pipe.output)
    }
}

/// Passes records to and fro until both have said all.
func shakeHands(_ client: End, _ server: End, piece: Int = .max) throws {
    var toServer = try client.take([])
    for _ in 0..<6 where !toServer.isEmpty {
        let toClient = try server.take(toServer, piece: piece)
        guard !toClient.isEmpty else { break }
        toServer = try client.take(toClient, piece: piece)
    }
    #expect(client.session.isEstablished && server.session.isEstablished)
}

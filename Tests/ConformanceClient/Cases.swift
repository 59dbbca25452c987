// The suite's conversation: how many cases there are, each of them, and the word that all are through.
import Foundation
import LuyanClient
import Transport
import WebSocket

final class Cases: SocketHandler {
    enum Failure: Error {
        /// The suite did not say how many cases there are.
        case noCount(CloseReason)
        case transport(TransportError)
    }

    private enum Stage {
        case counting
        case running(Int)
        case reporting
    }

    private let address: ServerAddress
    private let switchboard: Switchboard
    private let done: (Result<Int, Failure>) -> Void
    private var stage = Stage.counting
    private var count = 0

    init(
        _ address: ServerAddress,
        _ switchboard: Switchboard,
        done: @escaping (Result<Int, Failure>) -> Void
    ) {
        (self.address, self.switchboard, self.done) = (address, switchboard, done)
    }

    func begin(on shard: isolated Shard) {
        open("/getCaseCount", on: shard)
    }

    private func open(_ path: String, on shard: isolated Shard) {
        do throws(TransportError) {
            _ = try switchboard.open(
                address,
                token: nil,
                path: path,
                subprotocols: [],
                for: self,
                on: shard
            )
        } catch {
            done(.failure(.transport(error)))
        }
    }

    func opened(_ socket: ConnectionID, on shard: isolated Shard) {}

    func received(_ text: RawSpan, from socket: ConnectionID, on shard: isolated Shard) {
        let bytes = [UInt8](copying: text)
        switch stage {
        case .counting: count = Int(String(decoding: bytes, as: UTF8.self)) ?? 0
        case .running: switchboard.send(bytes, to: socket, on: shard)
        case .reporting: break
        }
    }

    func receivedBinary(_ bytes: RawSpan, from socket: ConnectionID, on shard: isolated Shard) {
        switchboard.send(binary: bytes, to: socket, on: shard)
    }

    func closed(_ socket: ConnectionID, because reason: CloseReason, on shard: isolated Shard) {
        switch stage {
        case .counting:
            guard count > 0 else {
                done(.failure(.noCount(reason)))
                return
            }
            run(1, on: shard)
        case .running(let number) where number < count: run(number + 1, on: shard)
        case .running:
            stage = .reporting
            open("/updateReports?agent=luyan", on: shard)
        case .reporting: done(.success(count))
        }
    }

    private func run(_ number: Int, on shard: isolated Shard) {
        stage = .running(number)
        open("/runCase?case=\(number)&agent=luyan", on: shard)
    }
}

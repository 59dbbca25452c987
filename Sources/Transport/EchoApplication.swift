public import HTTP
import HTTPTypes
public import WebSocket

/// Says back what it hears, or says it to all: what conformance and speed are tested with. Any
/// path upgrades; other requests are answered with their body.
public final class EchoApplication: Application {
    public enum Mode: Sendable {
        /// Each message goes back to its sender.
        case echo
        /// Each message goes to all connections of the shard, merged per wakeup.
        case broadcast
    }

    private let mode: Mode
    private var connections: [ConnectionID] = []
    /// Where a connection stands in `connections`, by its index in the slab.
    private var places: [Int] = []
    private var batch = FrameBatch()

    public init(mode: Mode) {
        self.mode = mode
    }

    public func plan(
        _ head: RequestHead,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) -> RequestPlan {
        head.fields.contains { $0.name == .upgrade }
            ? .upgrade(subprotocol: nil, fields: [:]) : .read(bodyLimit: 1 << 20)
    }

    public func receive(
        _ request: Request,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        shard.respond(to: connection, with: Response(body: request.body))
    }

    public func opened(_ connection: ConnectionID, on shard: isolated Shard) {
        let index = Int(connection.index)
        if index >= places.count {
            places += [Int](repeating: -1, count: index + 1 - places.count)
        }
        places[index] = connections.count
        connections.append(connection)
    }

    public func receive(
        _ kind: MessageKind,
        _ bytes: RawSpan,
        from connection: ConnectionID,
        on shard: isolated Shard
    ) {
        switch mode {
        case .echo: shard.send(kind, bytes, to: connection)
        case .broadcast: batch.append(kind, bytes)
        }
    }

    public func closed(
        _ connection: ConnectionID,
        because reason: CloseReason,
        on shard: isolated Shard
    ) {
        let index = Int(connection.index)
        guard index < places.count, connections.indices.contains(places[index]),
            connections[places[index]] == connection
        else { return }
        let place = places[index]
        let last = connections.removeLast()
        if last != connection {
            connections[place] = last
            places[Int(last.index)] = place
        }
        places[index] = -1
    }

    public func finishWakeup(on shard: isolated Shard) {
        guard !batch.isEmpty else { return }
        shard.broadcast(batch.take(), to: connections)
    }
}

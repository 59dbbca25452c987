import ArgumentParser
import Foundation
import Server
import TLS
import Transport

/// The transport alone, echoing: what conformance and speed are tested with.
enum EchoServer {
    enum Mode: String, ExpressibleByArgument {
        case echo, broadcast
    }

    static func run(_ mode: Mode, _ settings: Settings, json: Bool) async throws {
        let group: ShardGroup
        let port: Int
        let tls: TLSContext?
        do throws(StartFailure) {
            tls = try settings.makeTLS()?.context
        } catch {
            Exit.complain("\(error)")
            throw Exit.badConfiguration
        }
        do throws(TransportError) {
            var limits = TransportLimits()
            limits.connections = settings.connections
            // The conformance suite sends messages of 16 MiB.
            limits.frame = 32 << 20
            limits.message = 32 << 20
            limits.outbound = 32 << 20
            // And such of 4 MiB in fragments of 64 bytes.
            limits.fragments = 1 << 20
            limits.deflate = settings.deflatePolicy
            group = try await ShardGroup(count: max(1, settings.shards), limits: limits) { _ in
                EchoApplication(mode: mode == .echo ? .echo : .broadcast)
            }
            port = try await group.listen(host: settings.host, port: settings.port, tls: tls)
        } catch {
            Exit.complain("\(error)")
            throw Exit.unavailable
        }
        let url = "\(tls == nil ? "http" : "https")://\(settings.host):\(port)"
        Output.line(json ? #"{"ready":true,"url":"\#(url)","port":\#(port)}"# : "echo at \(url)")
        await Signals().first()
        await group.drain(within: .seconds(2))
    }
}

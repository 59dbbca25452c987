public import HTTP
public import HTTPTypes
public import TLS
import WebSocket

/// Where an outbound WebSocket or request goes: `ws://host:port/path`, or `wss:` with TLS.
public struct OutboundTarget: Sendable {
    public var host: String
    public var port: Int
    public var path: String
    /// Offered, the one liked best first.
    public var subprotocols: [String]
    /// Fields of the request beside those of the handshake, such as Authorization.
    public var fields: HTTPFields
    /// `nil` for a plain connection.
    public var tls: TLSContext?
    /// The address of this machine to come from, numeric; `nil` for the system's choice. One address
    /// has ports for some 28,000 connections to one server, and the last are slow to find.
    public var localHost: String?

    public init(
        host: String,
        port: Int,
        path: String = "/",
        subprotocols: [String] = [],
        fields: HTTPFields = [:],
        tls: TLSContext? = nil,
        localHost: String? = nil
    ) {
        self.host = host
        self.port = port
        self.path = path
        self.subprotocols = subprotocols
        self.fields = fields
        self.tls = tls
        self.localHost = localHost
    }

    /// For Host; an IPv6 address stands in brackets (RFC 3986 §3.2.2).
    var authority: String {
        let isBare = host.utf8.contains(UInt8(ascii: ":")) && !host.hasPrefix("[")
        return isBare ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

/// A connection that we made, until its answer is in.
final class Outbound {
    enum Purpose {
        case webSocket(ClientHandshake)
        case request(Shard.ResponseHandler)
    }

    let purpose: Purpose
    /// What is written once the connection stands.
    let request: [UInt8]
    /// Addresses still to be tried, the next one last.
    var addresses: [SocketAddress]
    /// Where it comes from, where that matters.
    let source: SocketAddress?
    let tls: TLSContext?
    /// The name that a certificate must be for.
    let host: String
    var parser: ResponseParser
    /// The connection stands, the request is on its way.
    var isConnected = false
    let begun: Int  // milliseconds

    init(
        _ purpose: Purpose,
        to target: OutboundTarget,
        request: [UInt8],
        method: HTTPRequest.Method,
        addresses: [SocketAddress],
        from source: SocketAddress?,
        at now: Int
    ) {
        self.purpose = purpose
        (tls, host) = (target.tls, target.host)
        self.request = request
        self.addresses = addresses.reversed()
        self.source = source
        begun = now
        parser = ResponseParser()
        parser.expect(responseTo: method)
    }
}

/// Why an outbound request has no response.
public enum RequestFailure: Error, Equatable, Sendable {
    /// The connection could not be made, broke or took too long.
    case ended(CloseReason)
    /// What came is no response.
    case malformed(ResponseError)
}

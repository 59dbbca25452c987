/// Why a listener or an outbound connection could not be made.
public enum TransportError: Error, Equatable, Sendable {
    /// Another socket listens there.
    case portTaken(host: String, port: Int)
    /// The operating system does not let this user listen there (ports below 1024).
    case portForbidden(host: String, port: Int)
    /// No address of this machine, or a name that leads to none.
    case unknownHost(String)
    /// A port is 0...65535.
    case badPort(Int)
    /// The group holds as many connections as `TransportLimits.connections` allows.
    case connectionLimit(Int)
    /// The shard was stopped, or is draining.
    case stopped
    /// Any other refusal of the operating system.
    case system(call: String, errno: Int32)
}

internal import OpenSSL
public import Storage
public import TLS
public import Transport

/// Why a server does not start; each says what to do.
public enum StartFailure: Error, CustomStringConvertible {
    case pagesMissing(folder: String, cause: String)
    /// A file of the folder that `server.templates` names.
    case template(file: String, cause: String)
    case storage(StorageError, folder: String)
    case transport(TransportError)
    case tls(TLSConfigurationError)
    /// One of `server.certificate` and `server.key` is set without the other.
    case halfIdentity
    case brokenLog(room: String, cause: String)
    case example(String)
    case other(String)

    public var description: String {
        switch self {
        case .pagesMissing(let folder, let cause):
            "cannot read the pages in \(folder): \(cause); set server.web to the folder web/"
        case .template(let file, let cause): "the template \(file) cannot be taken: \(cause)"
        case .storage(let error, let folder): error.sentence(folder)
        case .transport(let error): error.sentence
        case .tls(let error): "TLS cannot be spoken: \(error)"
        case .halfIdentity: "server.certificate and server.key must be set together"
        case .brokenLog(let room, let cause):
            "the log of room \(room) does not hold (\(cause)); run luyan verify on the data folder"
        case .example(let cause): "the example cannot be made: \(cause)"
        case .other(let cause): cause
        }
    }
}

extension StorageError {
    /// What is wrong with a data folder, and what to do.
    public func sentence(_ folder: String) -> String {
        switch self {
        case .newer(let found, let known):
            "\(folder) was written by a newer version (schema \(found), this one knows \(known)); "
                + "start that version"
        case .locked(let process):
            "another server\(process.map { " (process \($0))" } ?? "") holds \(folder); "
                + "stop it or name another folder with --data"
        case .readOnly: "\(folder) cannot be written to; check its owner and the file system"
        case .corrupt:
            "events.sqlite or people.sqlite in \(folder) is damaged; restore a backup"
        case .full: "the disk of \(folder) is full; make room and start again"
        case .busy: "another program holds a database in \(folder); stop it and start again"
        case .noData: "\(folder) is no data folder; start the server there first"
        case .keyMissing(let fingerprint):
            "the key file of \(folder) is gone; restore key.ed25519 with fingerprint "
                + fingerprint.description
        case .keyMismatch(let expected):
            "key.ed25519 in \(folder) is not the key that its logs were begun with: "
                + expected.description
        case .serverName(let name):
            "server.name is \"\(name)\", but must be 1 to 64 of a-z A-Z 0-9 . _ -"
        default: "the data folder \(folder) cannot be used: \(self)"
        }
    }
}

extension TransportError {
    /// What is wrong with the network side, and what to do.
    public var sentence: String {
        switch self {
        case .portTaken(let host, let port):
            "port \(port) on \(host) is taken; stop who has it or choose another with --port"
        case .portForbidden(let host, let port):
            "this user may not listen on port \(port) of \(host); choose one above 1023"
        case .unknownHost(let host): "there is no address \(host) on this machine; check --host"
        default: "cannot listen: \(self)"
        }
    }
}

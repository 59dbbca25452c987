internal import Ledger

/// What is wrong with a bundle; `name` is that of a file in it.
public enum BundleFault: Error, Hashable, Sendable {
    /// It is no ZIP file, or one that somebody cut off.
    case notZip
    /// The directory at the end, or something between or behind the entries, is not as it must be.
    case directory
    /// An entry's header, its place or its checksum is not as it must be.
    case entry(name: String)
    /// Two entries have one name, or a name leads out of the bundle.
    case fileName(String)
    /// The manifest is missing, or not in its one spelling.
    case manifest
    case version(Int)
    /// The manifest's signature is missing, of another bundle, or not the key's.
    case signature
    /// The manifest names a file that is not there.
    case missing(name: String)
    /// A file that the manifest does not name.
    case added(name: String)
    /// A file's bytes are not those that the manifest names.
    case changed(name: String)
    /// The log is of another room or server, or longer or shorter, or has another root.
    case otherLog
    case log(Verdict)
    /// The log shows a file that the bundle lacks.
    case lacks(name: String, event: UInt64)
    /// It could not be read.
    case reading(String)
}

import Archive

extension BundleFault {
    /// What is wrong, for people.
    var sentence: String {
        switch self {
        case .notZip: "this is no bundle, or its end was cut off"
        case .directory: "the directory at its end, or something between its files, was changed"
        case .entry(let name): "\(name): its header, its place or its checksum was changed"
        case .fileName(let name): "\(name): two files have this name, or it leads out of the bundle"
        case .manifest: "\(BundleManifest.name) is missing, or was changed"
        case .version(let version): "version \(version) of the format is not known"
        case .signature: "\(BundleManifest.noteName) is missing, changed, or not by the log's key"
        case .missing(let name): "\(name) is missing"
        case .added(let name): "\(name) was added"
        case .changed(let name): "\(name) was changed"
        case .otherLog: "\(BundleManifest.logName) is not the log that the manifest names"
        case .log: "\(BundleManifest.logName) does not fit"
        case .lacks(let name, let event): "the file \(name) is missing, which event \(event) shows"
        case .reading(let cause): "it cannot be read: \(cause)"
        }
    }
}

internal import Archive
internal import Compression
internal import Ledger
internal import OpenSSL
internal import Storage

/// A bundle's file while it is written: which files in it are whole, and where the next one goes.
struct BundleWriting {
    private let folder: BundleFolder
    private let name: String
    private let file: AppendFile
    private let steps: AppendFile
    private var entries: [ZipEntry] = []
    private(set) var files: [BundleManifest.File] = []
    /// Bytes of whole files.
    private(set) var end: UInt64 = 0
    /// Those that are durable and noted.
    private var noted = 0
    private var notedEnd: UInt64 = 0
    private var current: (name: String, isSized: Bool, crc: CRC32, digest: SHA256)?
    /// Bytes of the file that is being written.
    private(set) var size: UInt64 = 0

    /// Goes on with what was begun for the same plan, or begins anew.
    init(_ folder: BundleFolder, _ name: String, _ plan: String) throws(StorageError) {
        (self.folder, self.name) = (folder, name)
        let known = Steps(try folder.steps(of: name))
        if known.plan != plan { try folder.remove(name) }
        file = try folder.open(name)
        steps = try folder.openSteps(of: name)
        if known.plan == plan {
            (entries, files) = (known.entries, known.files)
            end = entries.last?.end ?? 0
            (noted, notedEnd) = (entries.count, end)
        } else {
            try steps.append(Array("\(plan)\n".utf8))
        }
        try file.truncate(to: Int(end))
    }

    func has(_ name: String) -> Bool { files.contains { $0.name == name } }

    /// Begins a file; of a known size where that is needed for its header.
    mutating func begin(_ name: String, size: UInt64?) throws(StorageError) {
        self.size = 0
        current = (name, size != nil, CRC32(), SHA256())
        // Its checksum comes with the end; the header has the same length then.
        let header = ZipEntry(name: name, size: size ?? 0, crc: 0, offset: end).header
        try file.append(header)
    }

    mutating func append(_ bytes: [UInt8]) throws(StorageError) {
        current?.crc.update(bytes)
        current?.digest.update(bytes)
        size += UInt64(bytes.count)
        try file.append(bytes)
    }

    /// Ends the file; after so many bytes what is whole is made durable and noted.
    mutating func endFile(durably stride: UInt64) throws(StorageError) {
        guard let (name, _, crc, digest) = current else { return }
        current = nil
        let entry = ZipEntry(name: name, size: size, crc: crc.value, offset: end)
        try file.overwrite(entry.header, at: Int(end))
        entries.append(entry)
        files.append(BundleManifest.File(name: name, size: size, digest: digest.finalize()))
        end = entry.end
        if end - notedEnd >= stride { try note() }
    }

    /// Adds a whole file behind the others, which the manifest does not name.
    mutating func add(_ name: String, _ bytes: [UInt8]) throws(StorageError) {
        var crc = CRC32()
        crc.update(bytes)
        let entry = ZipEntry(name: name, size: UInt64(bytes.count), crc: crc.value, offset: end)
        try file.append(entry.header + bytes)
        entries.append(entry)
        end = entry.end
    }

    /// Writes the directory; all of it is durable on return.
    mutating func finish() throws(StorageError) {
        try file.append(ZipDirectory.bytes(of: entries, at: end))
        try file.sync()
    }

    private mutating func note() throws(StorageError) {
        try file.sync()
        var lines = ""
        for (entry, file) in zip(entries, files).dropFirst(noted) {
            lines += "\(entry.offset) \(entry.size) \(entry.crc) \(file.digest.hex) \(entry.name)\n"
        }
        try steps.append(Array(lines.utf8))
        try steps.sync()
        (noted, notedEnd) = (entries.count, end)
    }

    /// What was noted of a bundle that was begun.
    private struct Steps {
        var plan = ""
        var entries: [ZipEntry] = []
        var files: [BundleManifest.File] = []

        init(_ bytes: [UInt8]) {
            // What stands behind the last line end was cut short.
            let whole = bytes.prefix((bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1)
            let lines = String(decoding: whole, as: UTF8.self).split(separator: "\n")
            plan = lines.first.map(String.init) ?? ""
            var next: UInt64 = 0
            for line in lines.dropFirst() {
                let words = line.split(separator: " ")
                guard words.count == 5, let offset = UInt64(words[0]), offset == next,
                    let size = UInt64(words[1]), let crc = UInt32(words[2]),
                    let digest = Digest(hex: words[3])
                else { return }
                let name = String(words[4])
                let entry = ZipEntry(name: name, size: size, crc: crc, offset: offset)
                next = entry.end
                entries.append(entry)
                files.append(BundleManifest.File(name: name, size: size, digest: digest))
            }
        }
    }
}

// Proves that acknowledged events survive a power cut at any operation, and would not unsynced.
import Foundation
import Ledger
import Storage
import TestSupport
import Testing

@Suite(.serialized)
struct PowerCutTests {
    /// The first operations one by one, where files and tables are made, then some by chance.
    static let cuts: [Int] = {
        var random = SplitMix64(seed: 11)
        return Array(1...40) + (0..<12).map { _ in Int.random(in: 41...900, using: &random) }
    }()

    @Test(arguments: [0, 5])
    func `what was acknowledged is there after each of many cuts`(seed: Int) throws {
        let folder = try TemporaryFolder()
        let data = folder.path + "/data"
        var acknowledged: [String] = []
        for (number, cut) in Self.cuts.enumerated() {
            let seed = seed == 0 ? 0 : seed + number
            let driver = try Driver(
                folder: data,
                settings: ["AT": "\(cut)", "SEED": "\(seed)"]
            )
            let (lines, signal) = driver.rest()
            #expect(signal == SIGKILL)
            acknowledged += lines
            try Self.check(data, holds: acknowledged, "cut \(cut), seed \(seed)")
        }
        #expect(acknowledged.count > 200)
    }

    @Test
    func `what was acknowledged is there after cuts at any moment`() throws {
        let folder = try TemporaryFolder()
        let data = folder.path + "/data"
        var acknowledged: [String] = []
        var random = SplitMix64(seed: 12)
        for seed in 1...8 {
            let driver = try Driver(folder: data, writers: 8, settings: ["SEED": "\(seed)"])
            for _ in 0..<Int.random(in: 1...120, using: &random) {
                acknowledged.append(try #require(driver.line()))
            }
            driver.cutPower()
            let (lines, signal) = driver.rest()
            #expect(signal == SIGKILL)
            acknowledged += lines
            try Self.check(data, holds: acknowledged, "seed \(seed)")
        }
    }

    @Test
    func `without syncs the same cut loses what was acknowledged`() throws {
        let folder = try TemporaryFolder()
        let data = folder.path + "/data"
        // Tables and rooms are there and durable: only the events are at stake.
        let first = try Driver(folder: data, settings: ["AT": "300"]).rest()
        try Self.check(data, holds: first.lines, "full")
        let second = try Driver(folder: data, synchronous: "off", settings: ["AT": "600"]).rest()
        #expect(second.lines.count > 20)
        let kept = try Self.events(in: data)
        #expect(!second.lines.allSatisfy(kept.contains))
    }

    @Test(arguments: ["full", "off"])
    func `people are as durable as events`(synchronous: String) async throws {
        let folder = try TemporaryFolder()
        let data = folder.path + "/data"
        _ = try Driver.people(folder: data, synchronous: "full", settings: ["AT": "150"]).rest()
        let (lines, _) = try Driver.people(
            folder: data,
            synchronous: synchronous,
            settings: ["AT": "400"]
        ).rest()
        #expect(lines.count > 10)
        let store = try Store(.init(folder: data))
        var lost = 0
        for line in lines {
            let id = try #require(Int64(line))
            if try await store.people.person(id) == nil { lost += 1 }
        }
        #expect((lost == 0) == (synchronous == "full"), "\(lost) of \(lines.count) are lost")
        try await store.close()
    }

    /// Each fault of the disk, and what an append may answer while it lasts.
    static let faults: [(letter: String, answers: Set<String>)] = [
        ("f", ["failed unavailable full"]),
        ("s", ["failed in doubt"]),
        ("w", ["failed in doubt"]),
        ("r", ["failed in doubt"]),
    ]

    @Test(arguments: faults)
    func `a disk that fails is told, and appends go on when it is mended`(
        letter: String,
        answers: Set<String>
    ) throws {
        let folder = try TemporaryFolder()
        let (data, control) = (folder.path + "/data", folder.path + "/control")
        let driver = try Driver(folder: data, writers: 1, settings: ["CONTROL": control])
        var acknowledged: [String] = []
        for _ in 0..<3 {
            for _ in 0..<20 { acknowledged.append(try #require(driver.line())) }
            try Data(letter.utf8).write(to: URL(filePath: control))
            var line = try #require(driver.line())
            while !line.hasPrefix("failed") {
                acknowledged.append(line)
                line = try #require(driver.line())
            }
            #expect(answers.contains(line), "\(line)")
            try FileManager.default.removeItem(atPath: control)
            try driver.goOn()
            #expect(try #require(driver.line()) == "resolved 0")
        }
        for _ in 0..<20 { acknowledged.append(try #require(driver.line())) }
        driver.cutPower()
        acknowledged += driver.rest().lines
        try Self.check(data, holds: acknowledged, letter)
    }

    /// Opens the folder as the next start would, and looks for every acknowledged event in chains
    /// that fit.
    static func check(
        _ folder: String,
        holds acknowledged: [String],
        _ comment: String
    ) throws {
        let kept = try events(in: folder)
        let lost = acknowledged.filter { !kept.contains($0) }
        #expect(lost.isEmpty, "\(comment): \(lost.count) of \(acknowledged.count) are lost")
    }

    /// Every event of every room, as the driver writes them, each of a chain that fits.
    static func events(in folder: String) throws -> Set<String> {
        var events: Set<String> = []
        guard FileManager.default.fileExists(atPath: folder + "/events.sqlite") else { return [] }
        let log: StoredLog
        do throws(StorageError) {
            log = try StoredLog(folder: folder)
        } catch .noData {
            return []
        }
        for room in try log.rooms() {
            var head = ChainHead.start(room: room, genesis: try #require(try log.genesis(of: room)))
            while let event = try log.read(room, after: head.sequence, limit: 1).first {
                let fits = head.advance(to: event)
                try #require(fits, "\(room) \(event.sequence)")
                events.insert("\(room) \(event.sequence) \(event.hash)")
            }
            #expect(try log.head(of: room) == head)
        }
        return events
    }
}

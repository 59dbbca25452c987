import ArgumentParser
import Foundation
import LuyanClient
import Wire

extension ArchiveCommands {
    /// `luyan archive bundle`: makes a bundle where there is none, waits for it, and downloads it
    /// piece by piece, going on with what an earlier call got.
    struct Bundle: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Downloads a bundle of the record, made where it was not."
        )

        /// Bytes asked for at once.
        private static let piece = 4 << 20

        @OptionGroup var site: SiteOptions
        @Option(help: "everyone, members, staff or complete.") var view = "staff"
        @Option(help: "room, slot:ID or question:NUMBER.") var scope = "room"
        @Option(name: .shortAndLong, help: "The file to write.") var output: String

        func run() async throws {
            try await site.run { visit in
                let base = "/api/v1/rooms/\(visit.room)"
                let name = try await wait(visit, base)
                try await download("\(base)/bundles/\(name).zip", visit)
                Output.line(output)
            }
        }

        /// Waits until the bundle is made; its name.
        private func wait(_ visit: SiteOptions.Visit, _ base: String) async throws -> String {
            var isAsked = false
            while true {
                let bundles = try await visit.site.get("\(base)/archive")["bundles"]?.items ?? []
                let found = bundles.first {
                    $0["view"]?.text == view && $0["scope"]?.text == scope
                }
                switch found?["state"]?.text {
                case "ready": return found?["name"]?.text ?? view
                case "making", "none":
                    let (done, about) = (found?["written"]?.integer, found?["about"]?.integer)
                    if let done, let about, about > 0 {
                        Exit.complain("making \(min(100, 100 * done / about)) %")
                    }
                case "failed": throw ValidationError("the bundle could not be made")
                default:
                    guard !isAsked else { throw ValidationError("there is no such bundle") }
                    isAsked = true
                    let values = [
                        JSON.Member("view", .string(view)), JSON.Member("scope", .string(scope)),
                    ]
                    _ = try await visit.site.post("\(base)/bundles", .object(values))
                }
                try await Task.sleep(for: .milliseconds(500))
            }
        }

        private func download(_ path: String, _ visit: SiteOptions.Visit) async throws {
            if !FileManager.default.fileExists(atPath: output) {
                _ = FileManager.default.createFile(atPath: output, contents: nil)
            }
            let file = try FileHandle(forWritingTo: URL(filePath: output))
            defer { try? file.close() }
            var place = Int(clamping: try file.seekToEnd())
            while true {
                do throws(ClientError) {
                    let range = place..<(place + Self.piece)
                    let bytes = try await visit.site.download(path, bytes: range)
                    do { try file.write(contentsOf: bytes) } catch {
                        throw .malformedAnswer("\(error)")
                    }
                    place += bytes.count
                    Exit.complain("\(place) bytes")
                    if bytes.count < Self.piece { return }
                } catch {
                    // Nothing behind the end: all of it is there.
                    guard case .refused(let refusal) = error, refusal.status == 416, place > 0
                    else {
                        throw error
                    }
                    return
                }
            }
        }
    }
}

internal import Foundation

/// A PDF that somebody uploaded, page by page as images, by Debian's poppler-utils.
struct SlideDocument {
    /// Pixels on a page's longer side.
    private static let side = 1_600
    /// Bytes of a PNG from which on a page, a photograph then, is a JPEG.
    private static let heavy = 700_000

    private let file: String
    private let folder: URL
    private let info: ConfinedProgram
    private let painter: ConfinedProgram
    /// `nil` where it is not installed: pages are then without text.
    private let reader = ConfinedProgram("pdftotext")

    enum Failure: Error, Equatable {
        /// No PDF, one that is broken, or one that asks for a password.
        case unreadable
        case tooManyPages(limit: Int)
        case tooSlow
        case unavailable

        /// One word for it, as clients are told.
        var word: String {
            switch self {
            case .unreadable: "unreadable"
            case .tooManyPages: "too_many_pages"
            case .tooSlow: "too_slow"
            case .unavailable: "storage"
            }
        }
    }

    /// Whether this machine can make images of a PDF.
    static var isPossible: Bool {
        ConfinedProgram("pdfinfo") != nil && ConfinedProgram("pdftoppm") != nil
    }

    /// In a folder of its own, for what is made.
    /// - Throws: `unavailable` where the programs are not installed.
    init(file: String, folder: URL) throws(Failure) {
        guard let info = ConfinedProgram("pdfinfo"), let painter = ConfinedProgram("pdftoppm")
        else { throw .unavailable }
        (self.file, self.folder, self.info, self.painter) = (file, folder, info, painter)
    }

    /// How many pages it has.
    func pageCount(upTo limit: Int) throws(Failure) -> Int {
        let said: String
        do throws(ConfinedProgram.Failure) {
            said = try info.run(["-enc", "UTF-8", file], in: folder)
        } catch {
            throw Failure(error)
        }
        let line = said.split(separator: "\n").first { $0.hasPrefix("Pages:") }
        guard
            let count = line.flatMap({ Int($0.dropFirst(6).trimmingCharacters(in: .whitespaces)) }),
            count > 0
        else { throw .unreadable }
        guard count <= limit else { throw .tooManyPages(limit: limit) }
        return count
    }

    /// A page's image, counted from 1: PNG, or JPEG where that is much smaller.
    func image(ofPage page: Int) throws(Failure) -> [UInt8] {
        let drawn = try paint(page, "png", ["-png"])
        guard drawn.count > Self.heavy else { return drawn }
        let photograph = try paint(page, "jpg", ["-jpeg", "-jpegopt", "quality=88,optimize=y"])
        return photograph.count < drawn.count ? photograph : drawn
    }

    /// The words on a page, counted from 1; empty where none can be taken out of it.
    func text(ofPage page: Int) -> String {
        let arguments = ["-enc", "UTF-8", "-f", "\(page)", "-l", "\(page)", file, "-"]
        guard let said = try? reader?.run(arguments, in: folder) else { return "" }
        return PageText.clean(said)
    }

    private func paint(
        _ page: Int,
        _ ending: String,
        _ format: [String]
    ) throws(Failure) -> [UInt8] {
        let made = folder.appending(path: "page.\(ending)")
        defer { try? FileManager.default.removeItem(at: made) }
        let arguments =
            format + [
                "-f", "\(page)", "-l", "\(page)", "-singlefile", "-scale-to", "\(Self.side)", file,
                "page",
            ]
        do throws(ConfinedProgram.Failure) {
            _ = try painter.run(arguments, in: folder)
        } catch {
            throw Failure(error)
        }
        guard let bytes = try? Data(contentsOf: made), !bytes.isEmpty else { throw .unreadable }
        return [UInt8](bytes)
    }
}

extension SlideDocument.Failure {
    init(_ failure: ConfinedProgram.Failure) {
        switch failure {
        case .notStarted: self = .unavailable
        case .tooSlow: self = .tooSlow
        case .failed: self = .unreadable
        }
    }
}

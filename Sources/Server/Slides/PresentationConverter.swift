internal import Foundation

/// Makes a PDF of a presentation (.pptx, .odp), by LibreOffice where it is installed.
struct PresentationConverter {
    private let office: ConfinedProgram

    /// `nil` where LibreOffice is not installed.
    init?() {
        guard let office = ConfinedProgram("soffice") else { return nil }
        self.office = office
    }

    static var isPossible: Bool { PresentationConverter() != nil }

    private static let limits = ConfinedProgram.Limits(
        processor: 120,
        wall: 180,
        memory: 4 << 30,
        file: 256 << 20,
        openFiles: 512
    )

    /// The path of the PDF that is made, in a folder of its own, of a presentation, whatever that is
    /// called.
    func document(of file: String, in folder: URL) throws(SlideDocument.Failure) -> String {
        let profile = folder.appending(path: "profile", directoryHint: .isDirectory)
        let made = folder.appending(path: "presentation.pdf")
        let source = folder.appending(path: "presentation")
        do {
            let user = profile.appending(path: "user")
            try FileManager.default.createDirectory(at: user, withIntermediateDirectories: true)
            let settings = user.appending(path: "registrymodifications.xcu")
            try Data(Self.settings.utf8).write(to: settings)
            try FileManager.default.copyItem(at: URL(filePath: file), to: source)
        } catch {
            throw .unavailable
        }
        do throws(ConfinedProgram.Failure) {
            _ = try office.run(
                [
                    "-env:UserInstallation=\(profile.absoluteString)", "--headless", "--norestore",
                    "--nologo", "--nodefault", "--convert-to", "pdf:impress_pdf_Export",
                    "--outdir", folder.path, source.path,
                ],
                in: folder,
                within: Self.limits
            )
        } catch {
            throw SlideDocument.Failure(error)
        }
        // It ends well also where it could not read the file.
        guard FileManager.default.fileExists(atPath: made.path) else { throw .unreadable }
        return made.path
    }

    /// A stranger's document runs nothing, and fetches nothing: neither from the net nor from this
    /// machine's files. The way to the net leads nowhere besides.
    private static let settings = """
        <?xml version="1.0" encoding="UTF-8"?>
        <oor:items xmlns:oor="http://openoffice.org/2001/registry">
        \(setting("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"))
        \(setting("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"))
        \(setting("Inet/Settings", "ooInetProxyType", "2"))
        \(setting("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"))
        \(setting("Inet/Settings", "ooInetHTTPProxyPort", "9"))
        \(setting("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"))
        \(setting("Inet/Settings", "ooInetHTTPSProxyPort", "9"))
        \(setting("Inet/Settings", "ooInetNoProxy", ""))
        </oor:items>
        """

    private static func setting(_ path: String, _ name: String, _ value: String) -> String {
        """
        <item oor:path="/org.openoffice.\(path)"><prop oor:name="\(name)" oor:op="fuse">\
        <value>\(value)</value></prop></item>
        """
    }
}

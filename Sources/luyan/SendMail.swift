import ArgumentParser
import Foundation
import Mail
import Server

/// `luyan mail`: whether messages to people go out.
struct SendMail: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "Sends a message by the way that is set, and says what became of it.",
        discussion: """
            Example: luyan mail --to ann@example.org
                     luyan mail --to ann@example.org --set mail.smtp_host=smtp.example.org

            Exits with 0 when it was taken, 69 when it may pass later, 65 when it never will.
            """
    )

    @OptionGroup var options: SettingsOptions

    @Option(help: "The mailbox.")
    var to: String

    func run() async throws {
        let settings = try options.settings()
        let hour: Int64 = 3_600_000
        let mail = Mail(
            .email,
            to: to,
            subject: "\(settings.nameChinese) \(settings.nameEnglish): 测试 test",
            body: "这封邮件说明系统可以发送邮件。\nThis message shows that messages go out.\n",
            until: Int64(Date().timeIntervalSince1970 * 1_000) + hour
        )
        do throws(MailError) {
            try await settings.mail.way(data: settings.data).send(mail)
        } catch {
            Exit.complain("\(error)")
            throw error.mayPass ? Exit.unavailable : Exit.badData
        }
        let host = settings.mail.server.host
        Output.line("taken by \(host.isEmpty ? settings.data + "/outbox" : host)")
    }
}

// Proves the form of messages: what stands in headers, commands and DATA, whatever a person wrote.
import Foundation
import Testing

@testable import Mail

struct MailTextTests {
    static let mail = Mail(
        .email,
        to: "ann@luyan.example",
        subject: "路演",
        body: "验证码 123456",
        until: 0
    )

    @Test func `a message reads back as it was written`() throws {
        let text = MailText.message(
            Self.mail,
            from: "luyan@luyan.example",
            id: "0102",
            at: Date(timeIntervalSince1970: 784_111_777)
        )
        let lines = text.components(separatedBy: "\r\n")
        #expect(
            lines.prefix(9) == [
                "From: <luyan@luyan.example>", "To: <ann@luyan.example>",
                "Subject: =?UTF-8?B?6Lev5ryU?=", "Date: Sun, 06 Nov 1994 08:49:37 +0000",
                "Message-ID: <0102@luyan.example>", "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
                "Auto-Submitted: auto-generated",
            ]
        )
        let body = try #require(Data(base64Encoded: lines[10]))
        #expect(String(decoding: body, as: UTF8.self) == "验证码 123456")
        #expect(text.hasSuffix("\r\n") && !text.replacing("\r\n", with: "").contains("\n"))
    }

    @Test func `a long body stands in lines of at most 76 characters`() {
        let mail = Mail(.email, to: "a@b", body: String(repeating: "路", count: 500), until: 0)
        let text = MailText.message(mail, from: "c@d", id: "1", at: Date())
        #expect(text.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 76 })
    }

    static let subjects: [(text: String, line: String)] = [
        ("", ""), ("Your code", "Your code"), ("a\r\nBcc: b@c", "a Bcc: b@c"),
        ("=?x?=", "=?UTF-8?B?PT94Pz0=?="),
        ("é", "=?UTF-8?B?w6k=?="),
        (
            String(repeating: "路", count: 16),
            "=?UTF-8?B?6Lev6Lev6Lev6Lev6Lev6Lev6Lev6Lev6Lev6Lev6Lev6Lev6Lev6Lev6Lev?=\r\n "
                + "=?UTF-8?B?6Lev?="
        ),
    ]

    @Test(arguments: subjects)
    func `a subject is one field of ASCII, whatever is in it`(text: String, line: String) {
        #expect(MailText.subject(text) == line)
    }

    static let mailboxes: [(text: String, isOne: Bool)] = [
        ("ann@luyan.example", true), ("a@b", true), ("ann+x@luyan.example", true),
        (String(repeating: "a", count: 64) + "@b", true),
        (String(repeating: "a", count: 65) + "@b", false),
        ("a@" + String(repeating: "b", count: 252), true),
        ("a@" + String(repeating: "b", count: 253), false), ("", false), ("@b", false),
        ("a@", false), ("a", false), ("a@b@c", false), ("a b@c", false),
        ("a@b\r\nRCPT TO:<c@d>", false),
        ("<a@b>", false), ("a,b@c", false), ("安@b", false), ("\"a\"@b", false),
    ]

    @Test(arguments: mailboxes)
    func `a mailbox ends no command`(text: String, isOne: Bool) {
        #expect(MailText.isMailbox(text) == isOne)
    }

    static let stuffings: [(text: String, bytes: String)] = [
        ("", ".\r\n"), ("a", "a\r\n.\r\n"), ("a\r\n", "a\r\n.\r\n"), (".\r\n", "..\r\n.\r\n"),
        ("a\r\n.b\r\n..\r\n", "a\r\n..b\r\n...\r\n.\r\n"), ("a.\r\n", "a.\r\n.\r\n"),
    ]

    @Test(arguments: stuffings)
    func `no line of a message ends it`(text: String, bytes: String) {
        #expect(MailText.stuffed(text) == Array(bytes.utf8))
    }
}

internal import Archive
internal import OpenSSL

/// What somebody reads first who opens a bundle.
enum BundleReadme {
    static func text(
        of record: BundleMaker.Record,
        _ view: BundleView,
        _ scope: BundleScope
    ) -> String {
        let key = record.key.publicKey.fingerprint.hex
        return """
            路演会场归档 / Archive of a roadshow room

            会场 room: \(record.room)
            服务器 server: \(record.server)
            范围 scope: \(scope)
            视角 view: \(view.rawValue)
            密钥指纹 key: \(key)

            文件 / Files
              reader.html              重放：用浏览器打开即可 / the replay: open it in a browser
              transcript.*.md, .html   文字记录，.html 可打印 / the transcript; the .html prints well
              captions.*.vtt           字幕 / captions
              outcome.*                结果：名次、得分、问答 / ranking, scores, questions and answers
              files/                   幻灯片 / slides
              media/                   录像 / recordings
              log.jsonl                全程记录：每一步都有签名链可核验 / the log: every step, chained and signed
              manifest.json, .note     每个文件的 SHA-256 及签名 / SHA-256 of every file, signed

            核验 / To check it
              luyan verify THIS.zip --key \(key)
              python3 verify.py THIS.zip --key \(key)
            两者独立编写，结论应一致。格式见 docs/archive.md 与 docs/verification.md。
            Two programs of different make, which come to the same verdict; the format stands in
            docs/archive.md and docs/verification.md. Take the fingerprint from somewhere else than
            from here: whoever forges an archive writes this page too.

            """
    }
}

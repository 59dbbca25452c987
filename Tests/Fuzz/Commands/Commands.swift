// Proves that no bytes trap the readers of JSON and of client messages, that what is read is written
// back the same, and that every refusal can be told.
import FuzzSupport
import Wire

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCommands(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzInput.take(start, count) { input in
        let bytes = input.rest
        let value = try? JSONParser.parse(bytes)
        if let value {
            let written = value.bytes
            guard let again = try? JSONParser.parse(written) else {
                fatalError("what was written cannot be read: \(value)")
            }
            demand(again == value, "\(value) came back as \(again)")
            demand(again.bytes == written, "\(value) is written in two ways")
        }
        read(bytes, isJSON: value != nil)
    }
}

private func read(_ bytes: [UInt8], isJSON: Bool) {
    let results = ClientMessage.read(bytes)
    demand(
        (1...ClientMessage.batchLimit).contains(results.count),
        "\(results.count) results of one text"
    )
    for result in results {
        switch result {
        case .success(let message):
            demand(isJSON, "a message that is no JSON: \(message)")
            demand((1...64).contains(message.id.utf8.count), "an id of \(message.id.utf8.count)")
            demand(
                message.signedBytes.starts(with: Array("\(message.type)\n".utf8)),
                "\(message) does not sign its type"
            )
        case .failure(let bad):
            let answer = ServerMessage.refusal(to: bad.id, bad.error)
            guard let told = try? JSONParser.parse(answer) else {
                fatalError("a refusal that cannot be read: \(bad)")
            }
            demand(told["error"]?["code"]?.text != nil, "a refusal without a code: \(bad)")
        }
    }
}

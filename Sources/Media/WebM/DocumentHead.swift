/// The first element of a file: which kind of document it is, and who can read it.
enum DocumentHead {
    /// - Throws: `WebMFault.documentType`, `.version` or `.malformed`.
    static func check(_ content: Span<UInt8>, base: Int) throws(WebMFault) {
        var type = ""
        for (id, range) in try content.elements(base: base) {
            let value = content.extracting(range)
            switch id {
            case ElementID.docType: type = value.text(limit: 32)
            case ElementID.ebmlReadVersion: try check(value, most: 1)
            // RFC 9559 is version 4; what only older readers must not miss is skipped here.
            case ElementID.docTypeReadVersion: try check(value, most: 4)
            case ElementID.ebmlMaxIDLength: try check(value, most: 4)
            case ElementID.ebmlMaxSizeLength: try check(value, most: 8)
            default: break
            }
        }
        guard WebMWriter.DocumentType(rawValue: type) != nil else { throw .documentType(type) }
    }

    private static func check(_ value: Span<UInt8>, most: Int) throws(WebMFault) {
        let number = value.unsigned ?? .max
        guard number <= most else { throw .version(number, limit: most) }
    }
}

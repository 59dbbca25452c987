public import HTTPTypes

/// Writes requests in the client role.
public enum RequestSerializer {
    /// Request line, Host, fields and body. Connection and Upgrade go out as they are given.
    ///
    /// `request.path` is sent as it is and `request.authority` becomes Host; Content-Length is
    /// written when there is a body or the method usually has one.
    public static func bytes(of request: HTTPRequest, body: [UInt8] = []) -> [UInt8] {
        var text = "\(request.method.rawValue) \(request.path ?? "/") HTTP/1.1\r\n"
        text += "Host: \(request.authority ?? "")\r\n"
        if !body.isEmpty || [.post, .put, .patch].contains(request.method) {
            text += "Content-Length: \(body.count)\r\n"
        }
        for field in request.headerFields
        where !framing.contains(field.name) && !field.name.isHost {
            text += "\(field.name.rawName): \(field.value)\r\n"
        }
        return Array((text + "\r\n").utf8) + body
    }

    private static let framing: Set<HTTPField.Name> = [.contentLength, .transferEncoding]
}

// Proves that no fields trap the opening handshake on either side, and that both ends agree on one
// thing whenever the server takes the client's offer.
import FuzzSupport
import HTTP
import HTTPTypes
import WebSocket

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHandshake(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzInput.take(start, count) { input in
        switch input.choice() % 3 {
        case 0: ask(&input)
        case 1: answer(&input)
        default: agree(&input)
        }
    }
}

extension DeflatePolicy {
    init(_ input: inout FuzzInput) {
        self.init()
        let choice = input.choice()
        keepsOwnContext = choice & 1 != 0
        keepsPeerContext = choice & 2 != 0
        ownWindowBits = input.choice(of: 9...15)
        peerWindowBits = input.choice(of: 9...15)
    }
}

private func values(_ fields: HTTPFields) -> (String) -> [String] {
    { name in HTTPField.Name(name).map { fields[values: $0] } ?? [] }
}

/// A client's fields, as they stand in its request.
private func ask(_ input: inout FuzzInput) {
    let policy = DeflatePolicy(&input)
    let request = Array("GET /ws HTTP/1.1\r\nHost: a\r\n".utf8) + input.rest
    var parser = RequestParser()
    var offset = 0
    guard case .head(let head)? = try? parser.next(in: request.span, from: &offset),
        let handshake = try? ServerHandshake(
            method: head.method.rawValue,
            isHTTP11: head.minorVersion == 1,
            values: values(head.fields)
        )
    else { return }
    let deflate = policy.answer(handshake.extensions)
    for subprotocol in [nil] + handshake.subprotocols as [String?] {
        guard let fields = try? handshake.answer(subprotocol: subprotocol, deflate: deflate) else {
            fatalError("what the client offered was not taken: \(subprotocol ?? "")")
        }
        for field in fields {
            demand(
                field.value.utf8.allSatisfy { (0x20...0x7e).contains($0) },
                "\(field.name) is \(field.value)"
            )
        }
    }
    guard let deflate else { return }
    demand((8...15).contains(deflate.serverMaxWindowBits), "\(deflate)")
    demand((8...15).contains(deflate.clientMaxWindowBits), "\(deflate)")
    demand(deflate.serverMaxWindowBits <= policy.ownWindowBits, "\(deflate)")
    demand(policy.keepsPeerContext || deflate.clientNoContextTakeover, "\(deflate)")
}

/// A server's answer, as it stands in its response.
private func answer(_ input: inout FuzzInput) {
    let client = ClientHandshake(
        nonce: [UInt8](repeating: 0, count: 16),
        subprotocols: ["luyan.v1", "b"],
        deflate: DeflatePolicy(&input)
    )
    var parser = ResponseParser(headLimit: 4_096, bodyLimit: 100)
    parser.expect(responseTo: .get)
    // The accept value belongs to the nonce of zeros.
    let start = """
        HTTP/1.1 101 S\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
        Sec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n
        """
    let isGood = input.choice() & 1 == 0
    let response = (isGood ? Array(start.utf8) : []) + input.rest
    var offset = 0
    guard let said = try? parser.next(in: response.span, from: &offset),
        let agreed = try? client.check(status: said.status.code, values: values(said.fields))
    else { return }
    demand(agreed.subprotocol.map(client.subprotocols.contains) ?? true, "\(agreed)")
    if let deflate = agreed.deflate {
        demand((8...15).contains(deflate.serverMaxWindowBits), "\(deflate)")
        demand((8...15).contains(deflate.clientMaxWindowBits), "\(deflate)")
    }
}

/// Our client and our server, each with a policy of its own.
private func agree(_ input: inout FuzzInput) {
    let client = ClientHandshake(
        nonce: (0..<16).map { _ in input.choice() },
        subprotocols: ["luyan.v1"],
        deflate: DeflatePolicy(&input)
    )
    let policy = DeflatePolicy(&input)
    func values(_ fields: [(name: String, value: String)]) -> (String) -> [String] {
        { name in
            fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        }
    }
    do {
        let server = try ServerHandshake(
            method: "GET",
            isHTTP11: true,
            values: values(client.fields)
        )
        let deflate = policy.answer(server.extensions)
        let fields = try server.answer(subprotocol: "luyan.v1", deflate: deflate)
        let agreed = try client.check(status: 101, values: values(fields))
        demand(agreed.subprotocol == "luyan.v1", "\(agreed)")
        // A client may bind itself further than it was asked to (RFC 7692 §7.1.1.2, §7.1.2.2).
        demand(
            agreed.deflate?.serverMaxWindowBits == deflate?.serverMaxWindowBits
                && agreed.deflate?.serverNoContextTakeover == deflate?.serverNoContextTakeover,
            "server: \(deflate?.text ?? "none"), client: \(agreed.deflate?.text ?? "none")"
        )
        if let deflate, let agreed = agreed.deflate {
            demand(agreed.clientMaxWindowBits <= deflate.clientMaxWindowBits, agreed.text)
            demand(
                agreed.clientNoContextTakeover || !deflate.clientNoContextTakeover,
                agreed.text
            )
        }
    } catch {
        fatalError("our own ends do not agree: \(error)")
    }
}

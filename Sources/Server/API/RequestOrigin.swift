internal import HTTP
internal import HTTPTypes
internal import Wire

extension RequestHead {
    /// Whether another site's page may have sent this in a person's name (CSRF).
    ///
    /// A browser names the origin of the page that asks: it must be this host's own, and what
    /// `Sec-Fetch-Site` says must not contradict it. With `asksForProof`, a request with the session's
    /// cookie must prove it by either: only browsers have cookies, and all of them send one of the two
    /// with methods that are not safe. Clients with `Authorization: Bearer` need neither.
    func originError(asksForProof: Bool) -> WireError? {
        let site = HTTPField.Name("Sec-Fetch-Site").flatMap { fields[$0] }
        if let origin = fields[.origin] {
            let host = origin.split(separator: "/").last.map(String.init)
            guard origin.contains("://"), let host, host == authority else { return .otherOrigin }
        }
        if let site, site != "same-origin", site != "none" { return .otherOrigin }
        let isProved = fields[.origin] != nil || site != nil
        if asksForProof, !isProved, bearer == nil, cookies[Hub.sessionCookie] != nil {
            return .otherOrigin
        }
        return nil
    }
}

extension WireError {
    fileprivate static var otherOrigin: WireError {
        WireError(.originRefused, "requests from other sites' pages are not taken")
    }
}

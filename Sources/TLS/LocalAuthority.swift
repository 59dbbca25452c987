internal import COpenSSL
internal import OpenSSL

/// An authority of one's own, for halls and offices without a name in the internet: it signs
/// certificates (RFC 5280) for this machine's addresses, and phones are told once to trust it.
public struct LocalAuthority: Sendable {
    /// The authority's certificate, which may be given to anybody, and its key, which may not.
    public let certificate: String
    public let key: String

    /// Takes over PEM texts that were kept.
    public init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }

    /// Makes a new authority.
    /// - Parameters:
    ///   - name: what lists of trusted authorities show, at most 64 bytes.
    ///   - days: how long it is valid from now on.
    /// - Throws: `TLSConfigurationError.library`.
    public init(name: String, days: Int = 3_650) throws(TLSConfigurationError) {
        let key = try PrivateKey()
        let made = try Certificate(subject: name, days: days, for: key)
        try made.add(NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        try made.add(NID_key_usage, "critical,keyCertSign,cRLSign")
        try made.add(NID_subject_key_identifier, "hash")
        try made.sign(issuer: made, with: key)
        certificate = try made.pem()
        self.key = try key.pem()
    }

    /// Signs a server's certificate for a fresh key.
    /// - Parameters:
    ///   - hosts: names and addresses, at least one.
    ///   - days: how long it is valid; browsers take at most 825 from authorities of one's own.
    /// - Returns: both as PEM; the certificate's text holds the authority's too.
    /// - Throws: `TLSConfigurationError.library`.
    public func identity(
        for hosts: [String],
        days: Int = 397
    ) throws(TLSConfigurationError) -> (certificate: String, key: String) {
        let issuer = try Certificate(pem: certificate)
        let issuerKey = try PrivateKey(pem: key)
        let own = try PrivateKey()
        let made = try Certificate(subject: hosts.first ?? "luyan", days: days, for: own)
        try made.add(NID_basic_constraints, "critical,CA:FALSE")
        try made.add(NID_key_usage, "critical,digitalSignature")
        try made.add(NID_ext_key_usage, "serverAuth")
        try made.add(NID_subject_alt_name, hosts.map(Self.alternative).joined(separator: ","))
        try made.sign(issuer: issuer, with: issuerKey)
        return (try made.pem() + certificate, try own.pem())
    }

    /// SHA-256 of the certificate as phones show it: pairs of hex digits with colons.
    public func fingerprint() throws(TLSConfigurationError) -> String {
        let digits = Array(SHA256.hash(try Certificate(pem: certificate).der()).hex.uppercased())
        return stride(from: 0, to: digits.count, by: 2)
            .map { String(digits[$0..<$0 + 2]) }
            .joined(separator: ":")
    }

    /// Whether a server's certificate is of this authority, is for each of these hosts and stays
    /// valid for so many days.
    public func hasSigned(_ pem: String, for hosts: [String], days: Int) -> Bool {
        guard let server = try? Certificate(pem: pem), let own = try? Certificate(pem: certificate)
        else { return false }
        return server.isSigned(by: own) && server.isValid(days: days)
            && hosts.allSatisfy(server.isFor)
    }

    private static func alternative(_ host: String) -> String {
        Certificate.isAddress(host) ? "IP:\(host)" : "DNS:\(host)"
    }
}

/// A key of the curve P-256.
private final class PrivateKey {
    let handle: OpaquePointer

    init() throws(TLSConfigurationError) {
        let context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil)
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1,
            EVP_PKEY_CTX_set_group_name(context, "P-256") == 1,
            EVP_PKEY_generate(context, &key) == 1, let key
        else { throw .library(cause: ErrorQueue.text()) }
        handle = key
    }

    init(pem: String) throws(TLSConfigurationError) {
        let key = Memory.reading(pem) { PEM_read_bio_PrivateKey($0, nil, nil, nil) }
        guard let key else { throw .library(cause: ErrorQueue.text()) }
        handle = key
    }

    deinit { EVP_PKEY_free(handle) }

    func pem() throws(TLSConfigurationError) -> String {
        try Memory.writing { PEM_write_bio_PrivateKey($0, handle, nil, nil, 0, nil, nil) }
    }
}

private final class Certificate {
    private let handle: OpaquePointer

    init(subject: String, days: Int, for key: PrivateKey) throws(TLSConfigurationError) {
        guard let made = X509_new() else { throw .library(cause: ErrorQueue.text()) }
        handle = made
        let serial: [UInt8]
        do {
            serial = try SecureRandom.bytes(8)
        } catch {
            throw .library(cause: "no randomness")
        }
        // Positive and not zero (RFC 5280 §4.1.2.2).
        let number = serial.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } & (.max >> 1) | 1
        let name = X509_get_subject_name(made)
        // An hour back: the clocks of phones differ.
        guard X509_set_version(made, 2) == 1,
            ASN1_INTEGER_set_uint64(X509_get_serialNumber(made), number) == 1,
            X509_gmtime_adj(X509_getm_notBefore(made), -3_600) != nil,
            X509_gmtime_adj(X509_getm_notAfter(made), days * 86_400) != nil,
            X509_set_pubkey(made, key.handle) == 1,
            X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, subject, -1, -1, 0) == 1
        else { throw .library(cause: ErrorQueue.text()) }
    }

    init(pem: String) throws(TLSConfigurationError) {
        let read = Memory.reading(pem) { PEM_read_bio_X509($0, nil, nil, nil) }
        guard let read else { throw .library(cause: ErrorQueue.text()) }
        handle = read
    }

    deinit { X509_free(handle) }

    func add(_ name: Int32, _ value: String) throws(TLSConfigurationError) {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, handle, handle, nil, nil, 0)
        guard let made = X509V3_EXT_conf_nid(nil, &context, name, value) else {
            throw .library(cause: ErrorQueue.text())
        }
        defer { X509_EXTENSION_free(made) }
        guard X509_add_ext(handle, made, -1) == 1 else {
            throw .library(cause: ErrorQueue.text())
        }
    }

    func sign(issuer: Certificate, with key: PrivateKey) throws(TLSConfigurationError) {
        guard X509_set_issuer_name(handle, X509_get_subject_name(issuer.handle)) == 1,
            X509_sign(handle, key.handle, EVP_sha256()) > 0
        else { throw .library(cause: ErrorQueue.text()) }
    }

    func isSigned(by issuer: Certificate) -> Bool {
        defer { ERR_clear_error() }
        return X509_verify(handle, X509_get0_pubkey(issuer.handle)) == 1
    }

    func isValid(days: Int) -> Bool {
        let end = X509_get0_notAfter(handle)
        var (left, seconds): (Int32, Int32) = (0, 0)
        guard ASN1_TIME_diff(&left, &seconds, nil, end) == 1 else { return false }
        return Int(left) >= days
    }

    func isFor(_ host: String) -> Bool {
        defer { ERR_clear_error() }
        return Self.isAddress(host)
            ? X509_check_ip_asc(handle, host, 0) == 1
            : X509_check_host(handle, host, host.utf8.count, 0, nil) == 1
    }

    static func isAddress(_ host: String) -> Bool {
        guard let address = a2i_IPADDRESS(host) else {
            ERR_clear_error()
            return false
        }
        ASN1_OCTET_STRING_free(address)
        return true
    }

    func pem() throws(TLSConfigurationError) -> String {
        try Memory.writing { PEM_write_bio_X509($0, handle) }
    }

    func der() throws(TLSConfigurationError) -> [UInt8] {
        var bytes: UnsafeMutablePointer<UInt8>?
        let count = i2d_X509(handle, &bytes)
        guard count > 0, let bytes else { throw .library(cause: ErrorQueue.text()) }
        defer { CRYPTO_free(bytes, #file, #line) }
        return [UInt8](UnsafeBufferPointer(start: bytes, count: Int(count)))
    }
}

/// OpenSSL's readers and writers over memory.
private enum Memory {
    static func reading(
        _ text: String,
        _ body: (OpaquePointer?) -> OpaquePointer?
    ) -> OpaquePointer? {
        Array(text.utf8).withUnsafeBytes { bytes in
            let bio = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count))
            defer { BIO_free(bio) }
            return body(bio)
        }
    }

    static func writing(
        _ body: (OpaquePointer?) -> Int32
    ) throws(TLSConfigurationError) -> String {
        guard let bio = BIO_new(BIO_s_mem()) else { throw .library(cause: ErrorQueue.text()) }
        defer { BIO_free(bio) }
        guard body(bio) == 1 else { throw .library(cause: ErrorQueue.text()) }
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = BIO_read(bio, &piece, Int32(piece.count))
            guard count > 0 else { break }
            text += piece.prefix(Int(count))
        }
        return String(decoding: text, as: UTF8.self)
    }
}

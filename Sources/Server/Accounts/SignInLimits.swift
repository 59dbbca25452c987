internal import Wire

/// How often an address or an account may try what guessing would try often.
struct SignInLimits: Sendable {
    private let addresses: AddressLimits
    private let accounts: AddressLimits
    private let codes: AddressLimits

    init(_ settings: PeopleSettings) {
        addresses = AddressLimits(burst: settings.triesPerAddress, perMinutes: 1)
        accounts = AddressLimits(burst: settings.triesPerAccount, perMinutes: 1)
        codes = AddressLimits(burst: settings.codesPerHour, perMinutes: 60)
    }

    /// A try of an address.
    /// - Throws: `rate_limited`.
    func take(address: String?) throws(WireError) {
        if let wait = addresses.take(address) { throw .rateLimited(retryMilliseconds: wait) }
    }

    /// A try at an account, whether there is one or not.
    /// - Throws: `rate_limited`.
    func take(account contact: String) throws(WireError) {
        if let wait = accounts.take(contact) { throw .rateLimited(retryMilliseconds: wait) }
    }

    /// A code that is to be sent, whether one is or not.
    /// - Throws: `rate_limited`.
    func take(codeTo contact: String) throws(WireError) {
        if let wait = codes.take(contact) { throw .rateLimited(retryMilliseconds: wait) }
    }
}

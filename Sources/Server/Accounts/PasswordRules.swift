internal import Wire

/// What a new password must be.
enum PasswordRules {
    static let least = 10
    static let most = 200

    /// What was given as `password`, where it may be a new one.
    /// - Throws: `account.malformed`; `expected` is `length`, or `uncommon` for one that is guessed
    ///   first: well known, of few characters, or the contact or name itself.
    static func accepted(
        _ given: String?,
        contact: String,
        name: String = ""
    ) throws(WireError) -> String {
        guard let password = given, (least...most).contains(password.unicodeScalars.count)
        else { throw .badAccount("password", "\(least) to \(most) characters") }
        let plain = password.lowercased()
        let local = contact.split(separator: "@").first.map(String.init) ?? contact
        let isGuessable =
            common.contains(plain) || Set(plain).count < 4
            || [contact, local, name.lowercased()].contains { !$0.isEmpty && plain == $0 }
        guard !isGuessable else {
            throw .badAccount("password", "one that is not among those guessed first")
        }
        return password
    }

    /// Of ten and more characters, from published lists of the commonest, and local ones.
    private static let common: Set<String> = [
        "1234567890", "0123456789", "12345678910", "123456789a", "a123456789", "0987654321",
        "1q2w3e4r5t", "1qaz2wsx3edc", "qwertyuiop", "qwerty12345", "qwerty123456", "asdfghjkl1",
        "qazwsxedcrfv", "password12", "password123", "password1234", "passw0rd123", "iloveyou123",
        "iloveyou520", "woaini1314", "woaini520520", "5201314520", "1314520520", "zxcvbnm123",
        "abcdefghij", "abc1234567", "abcd123456", "administrator", "admin12345", "admin123456",
        "letmein123", "welcome123", "welcome1234", "changeme123", "football123", "baseball123",
        "superman123", "luyan12345", "luyan123456", "roadshow123", "1357924680", "2468013579",
        "9876543210", "1122334455", "147258369a", "qwer123456", "asdf123456", "aa12345678",
        "a1b2c3d4e5", "q1w2e3r4t5", "1029384756", "6758493021", "woaiwojia1314", "zhongguo123",
    ]
}

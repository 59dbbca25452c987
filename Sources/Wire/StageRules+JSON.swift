public import Rooms

extension StageRules {
    /// The members of `rules`: `atZero`, `noShow`, `awaitMs`, `outcome`, `anonymous`.
    public func write(to writer: inout JSONWriter) {
        writer.member("atZero", atZero.rawValue)
        writer.member("noShow", noShow.rawValue)
        writer.member("awaitMs", awaitedMilliseconds)
        writer.member("outcome", outcome.rawValue)
        writer.member("anonymous", allowsAnonymous)
    }

    init(_ fields: Fields) throws(FieldFault) {
        self.init(
            atZero: try fields.choice("atZero", AtZero.self),
            noShow: try fields.choice("noShow", NoShow.self),
            awaitedMilliseconds: try fields.natural("awaitMs")
        )
        // Rooms of before have neither.
        try readPolicies(fields)
    }

    private mutating func readPolicies(_ fields: Fields) throws(FieldFault) {
        if fields.has("outcome") { outcome = try fields.choice("outcome", OutcomeReaders.self) }
        if fields.has("anonymous") { allowsAnonymous = try fields.flag("anonymous") }
    }

    /// As a room's plan has them, with the overtime in milliseconds: what is absent, or the whole of it,
    /// stands as it is by default.
    public static func reading(
        _ json: JSON
    ) throws(WireError) -> (rules: StageRules, grace: UInt64) {
        var (rules, grace) = (StageRules(), UInt64(30_000))
        guard !json.isNull else { return (rules, grace) }
        do throws(FieldFault) {
            let fields = try Fields(json)
            if fields.has("atZero") { rules.atZero = try fields.choice("atZero", AtZero.self) }
            if fields.has("noShow") { rules.noShow = try fields.choice("noShow", NoShow.self) }
            rules.awaitedMilliseconds =
                try fields.optionalNatural("awaitMs") ?? rules.awaitedMilliseconds
            try rules.readPolicies(fields)
            grace = try fields.optionalNatural("graceMs") ?? grace
        } catch {
            throw FieldFault("rules.\(error.field)", error.expected).error
        }
        return (rules, grace)
    }
}

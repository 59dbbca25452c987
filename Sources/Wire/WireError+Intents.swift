internal import Ledger
internal import Rooms

extension WireError {
    /// The error that tells of a refused intent; `nil` where the refusal is about something else.
    init?(ofIntent rejection: Rejection) {
        switch rejection {
        case .intentConflict(let conflict):
            self.init(
                .intentConflict,
                "who has to do with the slot gives no intent for it",
                [JSON.Member("as", .string(conflict.rawValue))]
            )
        case .cardIncomplete(let missing):
            self.init(
                .intentCardIncomplete,
                "the name card lacks what an intent needs",
                [JSON.Member("missing", .array(missing.map { .string($0.rawValue) }))]
            )
        case .noSuchStep(let steps):
            self.init(
                .intentNoSuchStep,
                "this side has other steps",
                [JSON.Member("steps", .array(steps.map { .string($0.rawValue) }))]
            )
        case .stepDown(let step):
            self.init(
                .intentStepDown,
                "steps are taken upwards; withdraw the intent first",
                [JSON.Member("step", .string(step.rawValue))]
            )
        case .otherSide(let side):
            self.init(
                .intentOtherSide,
                "your intent is of the other side; withdraw it first",
                [JSON.Member("side", .string(side.rawValue))]
            )
        case .badAmount(let fault):
            self.init(
                .intentBadAmount,
                "the amount is missing, not taken here, or not one",
                [JSON.Member("fault", .string(fault.rawValue))]
            )
        case .badCooperation(let isNeeded):
            self.init(
                .intentBadCooperation,
                "this step says what is done together, or must not",
                [JSON.Member("needed", .bool(isNeeded))]
            )
        case .noSuchIntent: self.init(.intentNotFound, "no such intent stands")
        case .notAsked(let step):
            self.init(
                .intentNotAsked,
                "the intent stands below that step",
                [JSON.Member("step", .string(step.rawValue))]
            )
        case .noSuchContact:
            self.init(.contactNotFound, "your contact is neither offered nor told there")
        default: return nil
        }
    }
}

internal import Ledger
public import Rooms

extension AttendanceCount {
    /// `{"here", "most", "slot"}`.
    func write(to object: inout JSONWriter) {
        object.member("here", here)
        object.member("most", most)
        object.member("slot", orNull: slot?.description)
    }

    init(_ fields: Fields) throws(FieldFault) {
        self.init(
            here: Int(clamping: try fields.natural("here")),
            most: Int(clamping: try fields.natural("most")),
            slot: try fields.optionalSlot("slot")
        )
    }
}

extension PageTally {
    /// `{"page", "asked", "returned", "left"}`.
    public func write(to array: inout JSONWriter) {
        array.object { object in
            object.member("page", page)
            object.member("asked", asked)
            object.member("returned", returned)
            object.member("left", left)
        }
    }

    static func reading(_ items: [JSON]) throws(FieldFault) -> [PageTally] {
        var tallies: [PageTally] = []
        for item in items {
            let fields = try Fields(item)
            tallies.append(
                PageTally(
                    page: Int(clamping: try fields.natural("page")),
                    asked: Int(clamping: try fields.natural("asked")),
                    returned: Int(clamping: try fields.natural("returned")),
                    left: Int(clamping: try fields.natural("left"))
                )
            )
        }
        return tallies
    }
}

/// The items of a query string, decoded, in the order they came.
public struct Query: Sendable, Equatable {
    /// One `name=value`; the value is empty when there is no equals sign.
    public struct Item: Sendable, Equatable {
        /// The decoded name.
        public let name: String
        /// The decoded value.
        public let value: String

        /// Makes an item of decoded text.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// All items.
    public let items: [Item]

    /// Holds the given items.
    public init(_ items: [Item] = []) {
        self.items = items
    }

    init(bytes: ArraySlice<UInt8>) throws(RequestError) {
        var items: [Item] = []
        for piece in bytes.split(separator: UInt8(ascii: "&")) {
            let equals = piece.firstIndex(of: UInt8(ascii: "=")) ?? piece.endIndex
            let name = try PercentEncoding.decode(piece[..<equals], plusIsSpace: true)
            let value = try PercentEncoding.decode(
                piece[equals...].dropFirst(),
                plusIsSpace: true
            )
            for text in [name, value] where text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
                throw .malformedTarget(.forbiddenQuery)
            }
            items.append(Item(name: name, value: value))
        }
        self.items = items
    }

    /// The value of the first item of that name.
    public subscript(name: String) -> String? {
        items.first { $0.name == name }?.value
    }
}

/// What a fuzzer gives: first some bytes that choose how a target is set up, then what it parses.
public struct FuzzInput {
    private var bytes: ArraySlice<UInt8>

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes[...]
    }

    /// Lends what libFuzzer gave to a target.
    /// - Returns: what libFuzzer wants to be told: that the input may join its corpus.
    public static func take(
        _ start: UnsafePointer<UInt8>?,
        _ count: Int,
        _ target: (inout FuzzInput) -> Void
    ) -> CInt {
        var input = FuzzInput([UInt8](UnsafeBufferPointer(start: start, count: count)))
        target(&input)
        return 0
    }

    /// The next byte that chooses something, 0 at the end.
    public mutating func choice() -> UInt8 {
        bytes.popFirst() ?? 0
    }

    /// A choice of one of these.
    public mutating func choice(of values: ClosedRange<Int>) -> Int {
        values.lowerBound + Int(choice()) % values.count
    }

    /// All that is left.
    public var rest: [UInt8] { Array(bytes) }

    /// All that is left in pieces of 1...64 bytes, whose lengths are drawn from a seed.
    public func pieces(seed: UInt8) -> [[UInt8]] {
        var state = UInt64(seed) &* 2 &+ 1
        var pieces: [[UInt8]] = []
        var rest = bytes
        while !rest.isEmpty {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            // Mostly short ones, so that borders fall everywhere.
            let length = state >> 61 == 0 ? Int(state >> 40 & 63) + 1 : Int(state >> 40 & 7) + 1
            pieces.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return pieces
    }
}

/// What must hold for every input; where it does not, the fuzzer has a find.
public func demand(
    _ condition: Bool,
    _ rule: @autoclosure () -> String,
    file: StaticString = #file,
    line: UInt = #line
) {
    guard !condition else { return }
    fatalError(rule(), file: file, line: line)
}

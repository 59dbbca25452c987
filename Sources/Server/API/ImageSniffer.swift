/// Finds out what an image is while its bytes come; keeps no more than a few of them.
struct ImageSniffer: Sendable {
    private enum State {
        case start
        /// Inside a JPEG, `skip` bytes before its next segment.
        case segments(skip: Int)
        case found(ImageUpload)
    }

    /// Pixels on either side.
    private let sideLimit: Int
    private var state = State.start
    /// What came and was not looked at yet.
    private var window: [UInt8] = []

    init(sideLimit: Int = ImageUpload.sideLimit) { self.sideLimit = sideLimit }

    /// What it is, once that is known.
    var image: ImageUpload? {
        if case .found(let image) = state { return image }
        return nil
    }

    /// Looks at the next bytes.
    /// - Throws: what it is not, as soon as that is sure.
    mutating func take(_ bytes: [UInt8]) throws(ImageUpload.Fault) {
        if image != nil { return }
        window += bytes
        while try step() {}
    }

    /// - Returns: whether something more may be found in what came.
    private mutating func step() throws(ImageUpload.Fault) -> Bool {
        switch state {
        case .found:
            window = []
            return false
        case .start:
            if window.starts(with: [0xff, 0xd8, 0xff]) {
                state = .segments(skip: 2)
                return true
            }
            if let image = ImageUpload.png(window) ?? ImageUpload.webP(window) {
                return try find(image)
            }
            // The longest head is PNG's.
            guard window.count < 33 else { throw .unknown }
            return false
        case .segments(let skip):
            let gone = min(skip, window.count)
            window.removeFirst(gone)
            state = .segments(skip: skip - gone)
            guard gone == skip, window.count >= 9 else { return false }
            return try takeSegment()
        }
    }

    /// JPEG (ITU T.81 §B.2): segments up to the frame header, which holds the size.
    private mutating func takeSegment() throws(ImageUpload.Fault) -> Bool {
        guard window[0] == 0xff else { throw .unknown }
        switch window[1] {
        case 0xff: state = .segments(skip: 1)
        case 0xc0...0xc3, 0xc5...0xc7, 0xc9...0xcb, 0xcd...0xcf:
            return try find(
                ImageUpload(
                    type: "image/jpeg",
                    width: ImageUpload.bigEndian(window[7..<9]),
                    height: ImageUpload.bigEndian(window[5..<7])
                )
            )
        case 0xd8, 0x01, 0xd0...0xd7: state = .segments(skip: 2)
        case 0xd9, 0xda: throw .unknown
        default: state = .segments(skip: 2 + ImageUpload.bigEndian(window[2..<4]))
        }
        return true
    }

    private mutating func find(_ image: ImageUpload) throws(ImageUpload.Fault) -> Bool {
        guard image.width > 0, image.height > 0 else { throw .unknown }
        guard image.width <= sideLimit, image.height <= sideLimit else {
            throw .tooLarge(width: image.width, height: image.height, limit: sideLimit)
        }
        state = .found(image)
        return true
    }
}

/// What people may upload, by kind, and how long something that belongs to nobody is kept.
public struct UploadSettings: Equatable, Sendable {
    /// What images of one kind may be.
    public struct Limits: Equatable, Sendable {
        public var bytes: Int
        /// Pixels on either side.
        public var pixels: Int
    }

    /// Page images of rooms.
    public var slides = Limits(bytes: 8 << 20, pixels: ImageUpload.sideLimit)
    /// Bytes of a PDF with a slot's slides.
    public var documentBytes = 50 << 20
    /// Pictures of people.
    public var pictures = Limits(bytes: 2 << 20, pixels: 4_096)
    /// Images that one room may keep.
    public var filesPerRoom = 5_000
    /// Hours after which a file that nothing refers to is removed.
    public var orphanHours = 24

    /// Settings with their defaults.
    public init() {}
}

extension Settings {
    static let uploadKeys: [Key] = [
        number("uploads.slide_bytes", 1_024...1_073_741_824) { $0.uploads.slides.bytes = $1 },
        number("uploads.slide_pixels", 1...65_535) { $0.uploads.slides.pixels = $1 },
        number("uploads.document_bytes", 1_024...1_073_741_824) { $0.uploads.documentBytes = $1 },
        // A picture stands whole in its owner's export.
        number("uploads.picture_bytes", 1_024...16_777_216) { $0.uploads.pictures.bytes = $1 },
        number("uploads.picture_pixels", 1...65_535) { $0.uploads.pictures.pixels = $1 },
        number("uploads.files_per_room", 1...1_000_000) { $0.uploads.filesPerRoom = $1 },
        number("uploads.orphan_hours", 1...8_760) { $0.uploads.orphanHours = $1 },
    ]
}

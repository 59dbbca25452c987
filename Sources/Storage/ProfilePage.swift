public import OpenSSL

/// The page that every account has; others see it when its owner wants that.
public struct ProfilePage: Hashable, Sendable {
    public typealias ID = RandomID<ProfilePage>

    /// A picture whose bytes are among the blobs.
    public struct Picture: Hashable, Sendable {
        /// SHA-256 of its bytes.
        public let digest: Digest
        /// Its media type, as sniffed.
        public let type: String
        /// In pixels.
        public let width: Int
        /// In pixels.
        public let height: Int
        /// In bytes.
        public let size: Int

        /// A picture of these values.
        public init(digest: Digest, type: String, width: Int, height: Int, size: Int) {
            self.digest = digest
            self.type = type
            self.width = width
            self.height = height
            self.size = size
        }
    }

    /// Its address.
    public let id: ID
    /// Whether others than its owner see it.
    public let isPublic: Bool
    /// Its owner's picture.
    public let picture: Picture?
}

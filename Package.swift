// swift-tools-version: 6.2
import PackageDescription

/// For every target: Swift 6, warnings are errors, imports and existentials written out.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// Unsafe code must be marked as such. Not where a C library or the kernel is called throughout
/// (OpenSSL, TLS, Compression, WebSocket's in-place unmasking, HTTP's borrowed buffers, Transport, Storage).
let strict = settings + [.strictMemorySafety()]

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")

let package = Package(
    name: "luyan",
    products: [
        .executable(name: "luyan", targets: ["luyan"]),
        .library(name: "LuyanClient", targets: ["LuyanClient"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CBrotli",
            pkgConfig: "libbrotlienc",
            providers: [.apt(["libbrotli-dev"])]
        ),
        .systemLibrary(
            name: "CQRCode",
            pkgConfig: "libqrencode",
            providers: [.apt(["libqrencode-dev"])]
        ),
        .target(name: "CLinux"),
        .target(name: "OpenSSL", dependencies: ["COpenSSL"], swiftSettings: settings),
        .target(name: "TLS", dependencies: ["COpenSSL", "OpenSSL"], swiftSettings: settings),
        .target(
            name: "Compression",
            dependencies: ["CZlib", "CBrotli"],
            swiftSettings: settings
        ),
        .target(
            name: "WebSocket",
            dependencies: ["OpenSSL", "Compression"],
            swiftSettings: settings
        ),
        .target(name: "HTTP", dependencies: [httpTypes], swiftSettings: settings),
        .target(
            name: "Mail",
            dependencies: ["CLinux", "OpenSSL", "TLS"],
            swiftSettings: settings
        ),
        .target(name: "Ledger", dependencies: ["OpenSSL"], swiftSettings: strict),
        .target(name: "Rooms", dependencies: ["Ledger"], swiftSettings: strict),
        .target(name: "Media", swiftSettings: strict),
        .target(name: "Wire", dependencies: ["Rooms", "Ledger"], swiftSettings: strict),
        .target(
            name: "Archive",
            dependencies: ["Compression", "Ledger", "OpenSSL", "Rooms", "Wire"],
            swiftSettings: strict
        ),
        .target(
            name: "Transport",
            dependencies: ["WebSocket", "HTTP", "TLS", "CLinux", "OpenSSL", httpTypes],
            swiftSettings: settings
        ),
        .target(
            name: "Storage",
            dependencies: ["Ledger", "OpenSSL", grdb, sqlite],
            swiftSettings: settings
        ),
        .target(
            name: "Server",
            dependencies: [
                "Archive", "Compression", "HTTP", "Ledger", "Mail", "Media", "OpenSSL", "Rooms",
                "Storage", "TLS", "Transport", "WebSocket", "Wire", httpTypes, logging,
            ],
            swiftSettings: strict
        ),
        .target(
            name: "LuyanClient",
            dependencies: [
                "HTTP", "Ledger", "OpenSSL", "TLS", "Transport", "WebSocket", "Wire", httpTypes,
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "luyan",
            dependencies: [
                "Archive", "CQRCode", "Ledger", "LuyanClient", "Mail", "OpenSSL", "Rooms", "Server",
                "Storage",
                "TLS", "Transport", "Wire", argumentParser, logging,
            ],
            swiftSettings: settings
        ),

        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .target(
            name: "TLSTestSupport",
            dependencies: ["TLS"],
            path: "Tests/TLSTestSupport",
            swiftSettings: settings
        ),
        .target(
            name: "RoomsTestSupport",
            dependencies: ["Rooms", "Ledger", "TestSupport"],
            path: "Tests/RoomsTestSupport",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "StorageDriver",
            dependencies: ["Storage", "Ledger", "OpenSSL"],
            path: "Tests/StorageDriver",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "ConformanceClient",
            dependencies: ["LuyanClient", "Transport", "WebSocket"],
            path: "Tests/ConformanceClient",
            swiftSettings: settings
        ),
        .testTarget(name: "MailTests", dependencies: ["Mail"], swiftSettings: settings),
        .testTarget(name: "OpenSSLTests", dependencies: ["OpenSSL"], swiftSettings: strict),
        .testTarget(
            name: "TLSTests",
            dependencies: ["TLS", "TLSTestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CompressionTests",
            dependencies: ["Compression", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "WebSocketTests",
            dependencies: ["WebSocket", "OpenSSL", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "HTTPTests",
            dependencies: ["HTTP", "TestSupport", httpTypes],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MediaTests",
            dependencies: ["Media", "TestSupport"],
            exclude: ["Golden"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "LedgerTests",
            dependencies: ["Ledger", "OpenSSL", "TestSupport"],
            exclude: ["Golden"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RoomsTests",
            dependencies: ["Rooms", "Ledger", "TestSupport", "RoomsTestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WireTests",
            dependencies: ["Wire", "Rooms", "Ledger", "TestSupport", "RoomsTestSupport"],
            exclude: ["Golden"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ArchiveTests",
            dependencies: [
                "Archive", "Ledger", "OpenSSL", "Rooms", "RoomsTestSupport", "TestSupport", "Wire",
            ],
            exclude: ["Golden"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "StorageTests",
            dependencies: ["StorageDriver", "Storage", "Ledger", "OpenSSL", "TestSupport", grdb],
            swiftSettings: settings
        ),
        .testTarget(
            name: "TransportTests",
            dependencies: [
                "Transport", "HTTP", "TLS", "TLSTestSupport", "WebSocket", "TestSupport",
                httpTypes,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Archive", "Server", "HTTP", "Ledger", "Media", "OpenSSL", "Rooms",
                "RoomsTestSupport", "Storage", "TLS", "TestSupport", "Transport", "Wire",
                httpTypes,
            ],
            exclude: ["Golden"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "LuyanClientTests",
            dependencies: [
                "LuyanClient", "HTTP", "Ledger", "Rooms", "Server", "TestSupport", "Transport",
                "WebSocket", "Wire", httpTypes, logging,
            ],
            swiftSettings: settings
        ),
    ]
)

// The fuzzers need libFuzzer's own `main`, so they are part of the package only where scripts/fuzz asks
// for them.
if Context.environment["LUYAN_FUZZ"] != nil {
    let fuzzers: [(name: String, of: [Target.Dependency])] = [
        ("Frames", ["WebSocket"]), ("Handshake", ["WebSocket", "HTTP"]),
        ("Requests", ["HTTP", httpTypes]), ("Responses", ["HTTP", httpTypes]),
        ("Inflate", ["Compression"]), ("Commands", ["Wire"]), ("Records", ["Rooms", "Wire"]),
        ("MediaFrame", ["Media"]), ("WebM", ["Media"]),
    ]
    package.targets.append(
        .target(name: "FuzzSupport", path: "Tests/Fuzz/Support", swiftSettings: settings)
    )
    package.targets += fuzzers.map { fuzzer in
        .executableTarget(
            name: "Fuzz\(fuzzer.name)",
            dependencies: ["FuzzSupport"] + fuzzer.of,
            path: "Tests/Fuzz/\(fuzzer.name)",
            swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]
        )
    }
}

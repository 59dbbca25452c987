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

/// For targets without system calls: unsafe code must be marked as such.
let strict = settings + [.strictMemorySafety()]

let package = Package(
    name: "luyan",
    products: [
        .executable(name: "luyan", targets: ["luyan"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .target(name: "Rooms", dependencies: ["Ledger"], swiftSettings: strict),
        .target(name: "Wire", dependencies: ["Rooms", "Ledger"], swiftSettings: strict),
        .target(name: "Ledger", dependencies: ["OpenSSL"], swiftSettings: strict),
        .target(name: "OpenSSL", dependencies: ["COpenSSL"], swiftSettings: settings),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    ]
)

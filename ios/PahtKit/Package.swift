// swift-tools-version: 6.0
import PackageDescription

// The core comes as a library that is built, never committed: for Apple's systems an XCFramework
// (ios/build-xcframework.sh), on Linux a static library with a C module (cargo xtask ios).
#if os(Linux)
    let library: Target = .systemLibrary(name: "PahtCoreFFI", path: "Generated/PahtCoreFFI")
#else
    let library: Target = .binaryTarget(name: "PahtCoreFFI", path: "Generated/PahtCoreFFI.xcframework")
#endif

let package = Package(
    name: "PahtKit",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [
        .library(name: "PahtKit", targets: ["PahtKit", "PahtKitApple"]),
        .library(name: "PahtModels", targets: ["PahtModels"]),
    ],
    targets: [
        library,
        // Generated. In Swift 5 mode: the generator's callbacks are not written for Swift 6's checks.
        .target(
            name: "PahtCore", dependencies: ["PahtCoreFFI"], path: "Generated/PahtCore",
            swiftSettings: [.swiftLanguageMode(.v5)]),
        .target(name: "PahtKit", dependencies: ["PahtCore"]),
        .target(name: "PahtKitApple", dependencies: ["PahtKit"]),
        .target(name: "PahtModels", dependencies: ["PahtKit"]),
        .executableTarget(name: "PahtSample", dependencies: ["PahtKit"]),
        // A real hub in a process of its own, for the tests of both.
        .target(name: "PahtTestHub", path: "Tests/PahtTestHub"),
        .testTarget(name: "PahtKitTests", dependencies: ["PahtKit", "PahtTestHub"]),
        .testTarget(name: "PahtModelsTests", dependencies: ["PahtModels", "PahtTestHub"]),
    ],
    swiftLanguageModes: [.v6]
)

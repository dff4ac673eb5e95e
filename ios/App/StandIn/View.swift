// A stand-in for the part of SwiftUI that the app uses, so that its views are type-checked where there is no SwiftUI.
// It holds what the views say to names, labels of arguments, types and bindings. It shows nothing, and it cannot tell
// whether Apple's own declarations are available in the version the app asks for: only Xcode can.

@_exported import Foundation
@_exported import Observation

@MainActor @preconcurrency public protocol View {
    associatedtype Body: View
    @ViewBuilder @MainActor @preconcurrency var body: Body { get }
}

/// A view that is drawn by the system. (`return` keeps the builder of `body` out.)
public protocol Drawn: View where Body == Never {}

extension Drawn {
    public var body: Never { return fatalError("nothing is drawn here") }
}

extension Never: View {
    public var body: Never { return fatalError("nothing is drawn here") }
}

/// Whatever a builder or a modifier makes.
public struct Made: Drawn {
    nonisolated public init() {}
}

public struct EmptyView: Drawn {
    nonisolated public init() {}
}

extension Optional: View where Wrapped: View {
    public var body: Never { return fatalError("nothing is drawn here") }
}

@resultBuilder public enum ViewBuilder {
    public static func buildBlock() -> EmptyView { EmptyView() }
    public static func buildBlock<each Content: View>(_ content: repeat each Content) -> some View { Made() }
    public static func buildExpression<Content: View>(_ content: Content) -> Content { content }
    public static func buildIf<Content: View>(_ content: Content?) -> Content? { content }
    public static func buildEither<Content: View>(first: Content) -> Made { Made() }
    public static func buildEither<Content: View>(second: Content) -> Made { Made() }
    public static func buildLimitedAvailability<Content: View>(_ content: Content) -> Made { Made() }
}

@MainActor @preconcurrency public protocol App {
    associatedtype Body: Scene
    @SceneBuilder @MainActor @preconcurrency var body: Body { get }
    init()
}

extension App {
    public static func main() {}
}

@MainActor @preconcurrency public protocol Scene {}

@resultBuilder public enum SceneBuilder {
    public static func buildBlock<Content: Scene>(_ content: Content) -> Content { content }
}

public struct WindowGroup: Scene {
    public init<Content: View>(@ViewBuilder content: () -> Content) {}
}

extension Scene {
    public func backgroundTask(_ task: BackgroundTask, action: @escaping @Sendable () async -> Void) -> some Scene {
        WindowGroup { EmptyView() }
    }
    public func onChange<Value: Equatable>(
        of value: Value, _ action: @escaping @MainActor (Value, Value) -> Void
    ) -> some Scene {
        WindowGroup { EmptyView() }
    }
}

public struct BackgroundTask {
    public static func appRefresh(_ identifier: String) -> BackgroundTask { .init() }
}

import Foundation

@propertyWrapper @dynamicMemberLookup public struct Binding<Value> {
    public var wrappedValue: Value {
        get { fatalError("nothing is bound here") }
        nonmutating set {}
    }
    public var projectedValue: Binding<Value> { self }
    public subscript<Part>(dynamicMember path: WritableKeyPath<Value, Part>) -> Binding<Part> { .init() }
    public init() {}
    public init(get: @escaping @MainActor () -> Value, set: @escaping @MainActor (Value) -> Void) {}
}

@propertyWrapper public struct State<Value> {
    public init(wrappedValue: Value) {}
    public init(initialValue: Value) {}
    public var wrappedValue: Value {
        get { fatalError("nothing is kept here") }
        nonmutating set {}
    }
    public var projectedValue: Binding<Value> { .init() }
}

@propertyWrapper public struct FocusState<Value: Hashable> {
    public init() where Value == Bool {}
    public var wrappedValue: Value {
        get { fatalError("nothing has the focus here") }
        nonmutating set {}
    }
    public var projectedValue: Binding<Value> { .init() }
}

@propertyWrapper @dynamicMemberLookup public struct Bindable<Value: AnyObject & Observable> {
    public var wrappedValue: Value
    public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }
    public init(_ value: Value) { self.wrappedValue = value }
    public var projectedValue: Bindable<Value> { self }
    public subscript<Part>(dynamicMember path: ReferenceWritableKeyPath<Value, Part>) -> Binding<Part> { .init() }
}

@propertyWrapper public struct Environment<Value> {
    public init(_ path: KeyPath<EnvironmentValues, Value>) {}
    public var wrappedValue: Value { fatalError("there is no environment here") }
}

public struct EnvironmentValues {
    public var dismiss: DismissAction { .init() }
    public var openURL: OpenURLAction { .init() }
    public var scenePhase: ScenePhase { .active }
    public var dynamicTypeSize: DynamicTypeSize { .large }
}

@MainActor public struct DismissAction {
    nonisolated init() {}
    public func callAsFunction() {}
}

@MainActor public struct OpenURLAction {
    nonisolated init() {}
    public func callAsFunction(_ url: URL) {}
}

public enum ScenePhase: Comparable { case background, inactive, active }

public enum DynamicTypeSize: Comparable {
    case large, accessibility1
    public var isAccessibilitySize: Bool { self >= .accessibility1 }
}

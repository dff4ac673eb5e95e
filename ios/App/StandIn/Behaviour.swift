import Foundation

extension View {
    public func navigationTitle<Words: StringProtocol>(_ title: Words) -> some View { Made() }
    public func toolbar<Content: View>(@ViewBuilder content: () -> Content) -> some View { Made() }
    public func tabItem<Content: View>(@ViewBuilder _ label: () -> Content) -> some View { Made() }
    public func tag<Value: Hashable>(_ tag: Value) -> some View { Made() }
    public func badge(_ count: Int) -> some View { Made() }
    public func disabled(_ isDisabled: Bool) -> some View { Made() }
    public func focused(_ condition: Binding<Bool>) -> some View { Made() }
    public func task(_ action: @escaping @Sendable @MainActor () async -> Void) -> some View { Made() }
    public func task<Value: Equatable>(
        id: Value, _ action: @escaping @Sendable @MainActor () async -> Void
    ) -> some View { Made() }
    public func refreshable(action: @escaping @Sendable @MainActor () async -> Void) -> some View { Made() }
    public func onAppear(perform action: (@MainActor () -> Void)? = nil) -> some View { Made() }
    public func onDisappear(perform action: (@MainActor () -> Void)? = nil) -> some View { Made() }
    public func onOpenURL(perform action: @escaping @MainActor (URL) -> Void) -> some View { Made() }
    public func onTapGesture(perform action: @escaping @MainActor () -> Void) -> some View { Made() }
    public func onChange<Value: Equatable>(
        of value: Value, _ action: @escaping @MainActor (Value, Value) -> Void
    ) -> some View { Made() }
    public func sheet<Content: View>(
        isPresented: Binding<Bool>, @ViewBuilder content: @escaping () -> Content
    ) -> some View { Made() }
    public func fullScreenCover<Content: View>(
        isPresented: Binding<Bool>, @ViewBuilder content: @escaping () -> Content
    ) -> some View { Made() }
    public func confirmationDialog<Words: StringProtocol, Actions: View>(
        _ title: Words, isPresented: Binding<Bool>, @ViewBuilder actions: () -> Actions
    ) -> some View { Made() }
    public func swipeActions<Content: View>(@ViewBuilder content: () -> Content) -> some View { Made() }
}

extension View {
    public func accessibilityLabel<Words: StringProtocol>(_ label: Words) -> some View { Made() }
    public func accessibilityValue<Words: StringProtocol>(_ value: Words) -> some View { Made() }
    public func accessibilityHint<Words: StringProtocol>(_ hint: Words) -> some View { Made() }
    public func accessibilityHidden(_ isHidden: Bool) -> some View { Made() }
    public func accessibilityElement(children: AccessibilityChildren = .ignore) -> some View { Made() }
    public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View { Made() }
    public func accessibilityIdentifier(_ identifier: String) -> some View { Made() }
}

public enum AccessibilityChildren: Sendable { case ignore, combine, contain }
public enum AccessibilityTraits: Sendable { case isHeader, isButton, isSelected, updatesFrequently }
extension AccessibilityTraits: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: AccessibilityTraits...) { self = elements.first ?? .isHeader }
}

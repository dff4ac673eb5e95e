import Foundation

public struct Text: Drawn {
    public init<Words: StringProtocol>(_ words: Words) {}
    public init(verbatim: String) {}
    public init(_ date: Date, style: DateStyle) {}
    public struct DateStyle { public static var relative: DateStyle { .init() } }
}

public struct Image: Drawn {
    public init(systemName: String) {}
    public init(uiImage: UIImage) {}
    public func resizable() -> Image { self }
}

/// UIKit's picture, as far as the views name it.
public final class UIImage: @unchecked Sendable {
    public init?(contentsOfFile path: String) { return nil }
}

public struct Label: Drawn {
    public init<Words: StringProtocol>(_ title: Words, systemImage: String) {}
    public init<Title: View, Icon: View>(@ViewBuilder title: () -> Title, @ViewBuilder icon: () -> Icon) {}
}

public struct ButtonRole: Equatable, Sendable {
    public static let cancel = ButtonRole()
    public static let destructive = ButtonRole()
}

public struct Button: Drawn {
    public init<Words: StringProtocol>(_ title: Words, action: @escaping @MainActor () -> Void) {}
    public init<Words: StringProtocol>(_ title: Words, systemImage: String, action: @escaping @MainActor () -> Void) {}
    public init<Words: StringProtocol>(
        _ title: Words, role: ButtonRole?, action: @escaping @MainActor () -> Void
    ) {}
    public init<Content: View>(action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Content) {}
    public init<Content: View>(
        role: ButtonRole?, action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Content
    ) {}
}

public struct Link: Drawn {
    public init<Content: View>(destination: URL, @ViewBuilder label: () -> Content) {}
}

public struct ShareLink: Drawn {
    public init<Content: View>(item: URL, @ViewBuilder label: () -> Content) {}
    public init<Content: View>(items: [URL], @ViewBuilder label: () -> Content) {}
}

public struct Toggle: Drawn {
    public init<Words: StringProtocol>(_ title: Words, isOn: Binding<Bool>) {}
}

public struct Picker: Drawn {
    public init<Words: StringProtocol, Choice: Hashable, Content: View>(
        _ title: Words, selection: Binding<Choice>, @ViewBuilder content: () -> Content
    ) {}
}

public enum Axis: Sendable { case horizontal, vertical }

public struct TextField: Drawn {
    public init<Words: StringProtocol>(_ title: Words, text: Binding<String>) {}
    public init<Words: StringProtocol>(_ title: Words, text: Binding<String>, axis: Axis) {}
}

public struct ProgressView: Drawn {
    public init() {}
    public init<Words: StringProtocol>(_ title: Words) {}
    public init(value: Double) {}
}

public struct ContentUnavailableView: Drawn {
    public init<Title: View, Description: View>(
        @ViewBuilder label: () -> Title, @ViewBuilder description: () -> Description
    ) {}
}

public struct AsyncImage: Drawn {
    public init<Content: View, Placeholder: View>(
        url: URL?, @ViewBuilder content: @escaping (Image) -> Content,
        @ViewBuilder placeholder: @escaping () -> Placeholder
    ) {}
}

public struct Stepper: Drawn {
    public init<Words: StringProtocol, Value: Strideable>(
        _ title: Words, value: Binding<Value>, in bounds: ClosedRange<Value>
    ) {}
}

import Foundation

public enum HorizontalAlignment: Sendable { case leading, center, trailing }
public enum VerticalAlignment: Sendable { case top, center, bottom, firstTextBaseline }
public enum Alignment: Sendable { case leading, center, trailing, top, bottom, topLeading }

public struct VStack: Drawn {
    public init<Content: View>(
        alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content
    ) {}
}

public struct HStack: Drawn {
    public init<Content: View>(
        alignment: VerticalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content
    ) {}
}

public struct ZStack: Drawn {
    public init<Content: View>(alignment: Alignment = .center, @ViewBuilder content: () -> Content) {}
}

public struct ScrollView: Drawn {
    public init<Content: View>(_ axis: Axis = .vertical, @ViewBuilder content: () -> Content) {}
}

public struct LazyVGrid: Drawn {
    public init<Content: View>(columns: [GridItem], spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {}
}

public struct GridItem: Sendable {
    public enum Size: Sendable { case adaptive(minimum: CGFloat, maximum: CGFloat = .infinity) }
    public init(_ size: Size) {}
}

public struct Spacer: Drawn { public init() {} }
public struct Divider: Drawn { public init() {} }

public struct Group: Drawn {
    public init<Content: View>(@ViewBuilder content: () -> Content) {}
}

public struct Section: Drawn {
    public init<Content: View>(@ViewBuilder content: () -> Content) {}
    public init<Words: StringProtocol, Content: View>(_ title: Words, @ViewBuilder content: () -> Content) {}
    public init<Content: View, Header: View, Footer: View>(
        @ViewBuilder content: () -> Content, @ViewBuilder header: () -> Header, @ViewBuilder footer: () -> Footer
    ) {}
    public init<Content: View, Footer: View>(
        @ViewBuilder content: () -> Content, @ViewBuilder footer: () -> Footer
    ) {}
}

public struct Form: Drawn {
    public init<Content: View>(@ViewBuilder content: () -> Content) {}
}

public struct List: Drawn {
    public init<Content: View>(@ViewBuilder content: () -> Content) {}
    public init<Items: RandomAccessCollection, Row: View>(
        _ items: Items, @ViewBuilder rowContent: @escaping (Items.Element) -> Row
    ) where Items.Element: Identifiable {}
}

public struct ForEach: Drawn {
    public init<Items: RandomAccessCollection, Row: View>(
        _ items: Items, @ViewBuilder content: @escaping (Items.Element) -> Row
    ) where Items.Element: Identifiable {}
    public init<Items: RandomAccessCollection, ID: Hashable, Row: View>(
        _ items: Items, id: KeyPath<Items.Element, ID>, @ViewBuilder content: @escaping (Items.Element) -> Row
    ) {}
    public init<Row: View>(_ items: Range<Int>, @ViewBuilder content: @escaping (Int) -> Row) {}
}

public struct NavigationStack: Drawn {
    public init<Content: View>(@ViewBuilder root: () -> Content) {}
}

public struct NavigationLink: Drawn {
    public init<Target: View, Content: View>(
        @ViewBuilder destination: () -> Target, @ViewBuilder label: () -> Content
    ) {}
}

public struct TabView: Drawn {
    public init<Choice: Hashable, Content: View>(selection: Binding<Choice>, @ViewBuilder content: () -> Content) {}
}

public struct ToolbarItem: Drawn {
    public enum Placement: Sendable { case confirmationAction, cancellationAction, topBarTrailing, topBarLeading }
    public init<Content: View>(placement: Placement, @ViewBuilder content: () -> Content) {}
}

public protocol Shape: View {}
public struct Circle: Shape, Drawn { public init() {} }
public struct RoundedRectangle: Shape, Drawn { public init(cornerRadius: CGFloat) {} }

extension Shape {
    public func stroke(_ color: Color, lineWidth: CGFloat = 1) -> some View { Made() }
    public func fill(_ color: Color) -> some View { Made() }
}

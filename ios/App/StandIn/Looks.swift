import Foundation

public struct Color: Drawn, Sendable {
    nonisolated public static let primary = Color()
    nonisolated public static let secondary = Color()
    nonisolated public static let accentColor = Color()
    nonisolated public static let red = Color()
    nonisolated public static let orange = Color()
    nonisolated public static let yellow = Color()
    nonisolated public static let green = Color()
    public func opacity(_ part: Double) -> Color { self }
}

public struct Font: Sendable {
    public static let largeTitle = Font()
    public static let title = Font()
    public static let title2 = Font()
    public static let headline = Font()
    public static let body = Font()
    public static let subheadline = Font()
    public static let footnote = Font()
    public static let caption = Font()
    public func bold() -> Font { self }
    public func monospaced() -> Font { self }
}

public enum ContentMode: Sendable { case fit, fill }

extension View {
    public func font(_ font: Font?) -> some View { Made() }
    public func bold() -> some View { Made() }
    public func foregroundStyle(_ color: Color) -> some View { Made() }
    public func tint(_ color: Color?) -> some View { Made() }
    public func background(_ color: Color) -> some View { Made() }
    public func padding(_ points: CGFloat = 16) -> some View { Made() }
    public func padding(_ edges: Edges, _ points: CGFloat? = nil) -> some View { Made() }
    public func frame(width: CGFloat? = nil, height: CGFloat? = nil) -> some View { Made() }
    public func frame(
        minWidth: CGFloat? = nil, maxWidth: CGFloat? = nil, minHeight: CGFloat? = nil, maxHeight: CGFloat? = nil,
        alignment: Alignment = .center
    ) -> some View { Made() }
    public func aspectRatio(_ ratio: CGFloat? = nil, contentMode: ContentMode) -> some View { Made() }
    public func clipShape<Form: Shape>(_ shape: Form) -> some View { Made() }
    public func overlay<Content: View>(
        alignment: Alignment = .center, @ViewBuilder content: () -> Content
    ) -> some View { Made() }
    public func multilineTextAlignment(_ alignment: TextAlignment) -> some View { Made() }
    public func lineLimit(_ range: PartialRangeFrom<Int>) -> some View { Made() }
    public func lineLimit(_ count: Int?) -> some View { Made() }
    public func buttonStyle(_ style: ButtonStyle) -> some View { Made() }
    public func controlSize(_ size: ControlSize) -> some View { Made() }
    public func labelStyle(_ style: LabelStyle) -> some View { Made() }
    public func textContentType(_ type: TextContentType?) -> some View { Made() }
    public func keyboardType(_ type: KeyboardType) -> some View { Made() }
}

public enum TextAlignment: Sendable { case leading, center, trailing }
public enum Edges: Sendable { case all, horizontal, vertical, top, bottom, leading, trailing }
public enum ButtonStyle: Sendable { case plain, bordered, borderedProminent }
public enum ControlSize: Sendable { case small, regular, large }
public enum LabelStyle: Sendable { case iconOnly, titleAndIcon }
public enum TextContentType: Sendable { case name, telephoneNumber }
public enum KeyboardType: Sendable { case phonePad, URL }

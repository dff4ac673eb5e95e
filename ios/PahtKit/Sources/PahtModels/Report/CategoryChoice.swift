import PahtCore

/// A category as a person taps it.
public struct CategoryChoice: Sendable, Equatable, Identifiable {
    public let code: CategoryCode
    public let name: String
    /// The system's symbol for it.
    public let symbol: String

    public var id: String { code.text }

    /// The categories of a card, in the order it shows them.
    public static func all(of card: Card, naming: Naming) -> [CategoryChoice] {
        card.categories.map {
            CategoryChoice(code: $0.code, name: naming.category($0.code), symbol: symbols[$0.code.text] ?? other)
        }
    }

    /// A category that a province added later has its name and this.
    private static let other = "exclamationmark.bubble"
    private static let symbols = [
        "construction": "building.2", "sanitation": "trash", "traffic": "road.lanes", "urban": "lightbulb",
        "security": "shield", "tourism": "camera", "misconduct": "person.crop.circle.badge.exclamationmark",
    ]
}

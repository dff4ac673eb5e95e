import PahtCore

/// What carries the phone's bytes now.
public enum Network: Sendable, Equatable {
    /// Nothing.
    case none
    /// So much that the person saves them: Low Data Mode.
    case scarce
    /// Costs by the byte: mobile data, a hotspot.
    case metered
    /// Does not.
    case unmetered

    /// What the core is told of it; nil where there is none.
    var cost: Cost? {
        switch self {
        case .none: nil
        case .scarce: .scarce
        case .metered: .metered
        case .unmetered: .free
        }
    }
}

/// As it stands in the settings' file.
extension DataPolicy: RawRepresentable, Codable, CaseIterable {
    public static var allCases: [DataPolicy] { [.any, .free, .ask] }

    public init?(rawValue: String) {
        guard let policy = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = policy
    }

    public var rawValue: String {
        switch self {
        case .any: "any"
        case .free: "wifi"
        case .ask: "ask"
        }
    }
}

import Foundation

/// A number that is called before anything is written.
public struct EmergencyNumber: Sendable, Equatable, Identifiable {
    /// What is dialled.
    public let number: String
    /// The id of its words.
    public let words: String

    public var id: String { number }

    /// The address that dials it. A number that cannot be dialled has none.
    public var call: URL? {
        let isDiallable = !number.isEmpty && number.allSatisfy { "+0123456789".contains($0) }
        return isDiallable ? URL(string: "tel:\(number)") : nil
    }

    /// Việt Nam's: disasters, police, fire and rescue, ambulance.
    public static let all = [
        EmergencyNumber(number: "112", words: "app-emergency-disaster"),
        EmergencyNumber(number: "113", words: "app-emergency-police"),
        EmergencyNumber(number: "114", words: "app-emergency-fire"),
        EmergencyNumber(number: "115", words: "app-emergency-ambulance"),
    ]
}

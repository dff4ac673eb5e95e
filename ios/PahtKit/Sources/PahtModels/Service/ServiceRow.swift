import Foundation
import PahtCore
import PahtKit

/// A service, ready to be read.
public struct ServiceRow: Sendable, Equatable, Identifiable {
    public let code: ServiceCode
    public let name: String
    /// What it is, and where to find it.
    public let about: String
    /// How far it is; nil where the position is unknown.
    public let distance: String?
    /// The mean of its stars and how many gave some; nil where nobody did.
    public let figures: String?

    public var id: String { code.text }

    init(_ line: ServiceLine, words: Words) {
        code = line.code
        name = line.name
        about = [line.kind, line.address].filter { !$0.isEmpty }.joined(separator: " · ")
        distance = line.distanceM.map { words.distance(metres: Double($0)) }
        figures = line.meanTenths.map {
            String(format: "%.1f", locale: words.locale, Double($0) / 10) + " ★ (\(line.count))"
        }
    }
}

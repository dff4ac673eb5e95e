import Foundation
import PahtCore
import PahtKit

/// A case of the agency's, ready to be read.
public struct OfficerCaseLine: Sendable, Equatable, Identifiable {
    public let report: ReportId
    /// The case's public code.
    public let code: String
    /// The citizen's words, else what it is about.
    public let title: String
    /// The commune.
    public let area: String?
    /// Danger to life or limb.
    public let isUrgent: Bool
    /// How long is left, by the hub's clock.
    public let due: String
    public let isOverdue: Bool
    /// What of this phone's acts has not reached the hub; nil where nothing is on its way.
    public let way: String?
    public let tone: Tone

    public var id: String { report.text }
}

extension Naming {
    /// A case in the officer's list.
    func line(of one: OfficerCase, now: Date) -> OfficerCaseLine {
        let first = one.text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let left = (one.share?.due ?? one.received).timeIntervalSince(now)
        let due = words(
            left < 0 ? "app-officer-overdue-by" : "app-officer-due-in", ["time": words.duration(abs(left))])
        let (way, tone) = way(of: one)
        return OfficerCaseLine(
            report: one.report, code: one.code.text, title: first.isEmpty ? about(one) : first,
            area: one.area.map(area), isUrgent: one.urgent, due: due, isOverdue: left < 0, way: way, tone: tone)
    }

    /// What a case is about.
    func about(_ one: OfficerCase) -> String { one.category.map(category) ?? one.code.text }

    /// What needs the officer comes first, then what is farthest from the hub.
    private func way(of one: OfficerCase) -> (String?, Tone) {
        if one.acts.contains(where: { $0.needsYou || $0.dropped != nil }) {
            return (words("app-way-needs-you"), .warning)
        }
        let open = one.acts.filter(\.isOnItsWay)
        guard let first = open.first(where: { $0.way == .waiting }) ?? open.first else { return (nil, .calm) }
        return (way(first.way), .busy)
    }
}

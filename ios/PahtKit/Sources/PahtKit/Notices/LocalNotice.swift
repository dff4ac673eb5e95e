import Foundation
import PahtCore

/// What the phone shows on its lock screen. It names no place and quotes nobody: others read it too.
public struct LocalNotice: Sendable, Equatable, Identifiable {
    /// The same for the same event, so that telling it twice shows it once.
    public let id: String
    /// The report it opens.
    public let report: ReportId
    public let title: String
    public let body: String
}

extension LocalNotice {
    /// How the id of a report's need ends.
    static let needsYou = ".needs-you"

    /// What is worth telling of a report.
    ///
    /// - Parameters:
    ///   - view: the report as it is now.
    ///   - after: the number of the last timeline entry that was told or seen; 0 for none.
    ///   - agency: an agency's name for people.
    public static func about(
        _ view: ReportView, after: UInt32, words: Words, agency: (AgencyId) -> String
    ) -> [LocalNotice] {
        let report = view.line.id
        let code = view.line.case?.text ?? ""
        var notices: [LocalNotice] = []
        if case .needsYou(let reason) = view.line.way, reason != .held {
            notices.append(
                LocalNotice(
                    id: report.text + needsYou, report: report, title: words("app-notice-needs-you-title"),
                    body: words("app-notice-needs-you-body")))
        }
        for entry in view.timeline where entry.number > after {
            let id = "\(report.text).\(entry.number)"
            switch entry.what {
            case .answered(let assignment, _, _):
                let whose = view.assignments.first { $0.number == assignment }?.agency
                notices.append(
                    LocalNotice(
                        id: id, report: report, title: words("app-notice-answered-title", ["code": code]),
                        body: words("app-notice-answered-body", ["agency": whose.map(agency) ?? ""])))
            case .commented(let speaker) where speaker != .citizen:
                notices.append(
                    LocalNotice(
                        id: id, report: report, title: words("app-notice-question-title", ["code": code]),
                        body: words("app-notice-question-body")))
            default:
                continue
            }
        }
        return notices
    }
}

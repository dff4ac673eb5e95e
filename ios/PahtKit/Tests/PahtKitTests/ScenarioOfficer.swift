import Foundation
import PahtCore
import PahtTestHub

@testable import PahtKit

// What an agency's officer does, on a phone like everybody's.

extension ScenarioStage {
    /// A day, in seconds: what is asked for beyond the deadline.
    private static let daySeconds: TimeInterval = 86_400

    /// With the code that stands in the table, or with that of the agency that has the citizen's report.
    func enrol(_ step: ScenarioStep) async throws -> String {
        let code: String
        if let given = step.officer.code {
            code = given
        } else {
            let citizen = try phone(named: step.officer.citizen ?? "")
            let share = try await citizen.show(id: id(step)).assignments.first
            guard let share else { throw Unexpected("no agency has it: \(step)") }
            code = try known().officerCode(of: share.agency.text)
        }
        _ = try await there(step).enrol(code: code)
        return "enrolled"
    }

    func act(_ step: ScenarioStep) async throws -> String {
        let text = step.text ?? ""
        let deed: NewDeed
        switch step.officer.deed {
        case "start": deed = .start
        case "return": deed = .return(reason: text)
        case "ask-time": deed = .askTime(until: try await later(step), reason: text)
        case "answer": deed = .answer(text: text, files: step.photo == true ? [try photo()] : [])
        default: throw Unexpected("no such deed: \(step)")
        }
        _ = try await there(step).act(report: id(step), assignment: 1, deed: deed)
        return "kept"
    }

    /// A day after the deadline that runs.
    private func later(_ step: ScenarioStep) async throws -> Date {
        let (report, kept) = (try id(step), try await there(step).casesKept())
        guard let share = kept?.cases.first(where: { $0.report == report })?.shares.first else {
            throw Unexpected("the case is not kept: \(step)")
        }
        return share.due.addingTimeInterval(Self.daySeconds)
    }
}

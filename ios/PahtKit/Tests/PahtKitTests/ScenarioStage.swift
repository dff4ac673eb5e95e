import Foundation
import PahtCore
import PahtTestHub

@testable import PahtKit

/// Where a scenario plays: folders of phones and a hub of its own.
final class ScenarioStage {
    private let folder: URL
    private var hub: TestHub?
    private var phones: [String: OpenPhone] = [:]
    /// By the names that the table gives them.
    var reports: [String: ReportId] = [:]
    private var keys: [String: SoftwareKeys] = [:]
    private var photos = 0

    init() throws { folder = try temporaryFolder() }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Does a step and says what came of it.
    func play(_ step: ScenarioStep) async throws -> String {
        do {
            switch step.do {
            case "ioc":
                hub = try TestHub()
                return "listening"
            case "open": return try await open(step)
            case "kill":
                phones[step.phone ?? ""] = nil
                return "gone"
            case "report": return try await report(step)
            case "list": return "\(try await there(step).list(after: nil, limit: 50).count) reports"
            case "sync":
                let until: Until = step.until == "done" ? .done : .once
                return spoken(try await there(step).sync(budgetMs: 60_000, until: until))
            case "show": return spoken(try await view(step))
            case "dispatch":
                try await known().operate("dispatch", code(step))
                return "dispatched"
            case "answer": return try await answer(step)
            case "review": return try await review(step)
            case "figures": return try await figures(step)
            case "enrol": return try await enrol(step)
            case "act": return try await act(step)
            case "cases": return spoken(try await there(step).cases())
            case "kept-cases": return try await there(step).casesKept().map { spoken($0) } ?? "none kept"
            default:
                try await speak(step)
                return "said"
            }
        } catch let error as PahtError {
            return spoken(error)
        }
    }

    private func open(_ step: ScenarioStep) async throws -> String {
        var ports = PhonePorts()
        if let name = step.key {
            let key = try keys[name] ?? SoftwareKeys()
            keys[name] = key
            ports = PhonePorts(keys: key)
        }
        if step.clock != nil { ports = PhonePorts(clock: FiveYearsBack()) }
        let name = step.phone ?? ""
        phones[name] = try await opened(home: folder.appending(path: name), ioc: hub?.url, ports: ports)
        return "open"
    }

    private func report(_ step: ScenarioStep) async throws -> String {
        var files = step.file.map { [$0] } ?? []
        if step.photo == true { files.append(try photo()) }
        let category = step.category.map { CategoryCode($0) }
        let new = NewReport(files: files, text: step.text ?? "", category: category, hold: step.hold ?? false)
        reports[step.as ?? ""] = try await there(step).report(new: new)
        return "kept"
    }

    private func answer(_ step: ScenarioStep) async throws -> String {
        let caseCode = try await code(step)
        try known().operate("start", caseCode)
        try known().operate("answer", caseCode, "--text", step.text ?? "", "--media", try photo())
        return "answered"
    }

    private func speak(_ step: ScenarioStep) async throws {
        let (phone, id, text) = (try there(step), try id(step), step.text ?? "")
        switch step.do {
        case "comment": try await phone.comment(id: id, text: text)
        case "edit":
            let category = step.category.map { CategoryCode($0) }
            try await phone.edit(id: id, edit: Edit(category: category, text: nil, place: nil))
        case "withdraw": try await phone.withdraw(id: id)
        case "hold": try await phone.hold(id: id)
        case "release": try await phone.release(id: id)
        case "rate":
            let (assignment, answer) = try await lastAnswer(step)
            let rating = Rating(assignment: assignment, answer: answer, grade: step.grade ?? 0, text: text)
            try await phone.rate(id: id, rating: rating)
        case "reopen":
            let (assignment, _) = try await lastAnswer(step)
            try await phone.reopen(id: id, reopening: Reopening(assignment: assignment, reason: text))
        default: throw Unexpected("no such step: \(step.do)")
        }
    }

    private func lastAnswer(_ step: ScenarioStep) async throws -> (UInt16, UInt16) {
        let last = try await view(step).answers.last
        return (last?.assignment ?? 1, last?.answer ?? 1)
    }

    private func view(_ step: ScenarioStep) async throws -> ReportView {
        try await there(step).show(id: id(step))
    }

    private func code(_ step: ScenarioStep) async throws -> String {
        guard let code = try await view(step).line.case else { throw Unexpected("the hub has not said the case") }
        return code.text
    }

    func id(_ step: ScenarioStep) throws -> ReportId {
        guard let id = reports[step.report ?? ""] else { throw Unexpected("no such report: \(step)") }
        return id
    }

    func there(_ step: ScenarioStep) throws -> Phone { try phone(named: step.phone ?? "") }

    func phone(named name: String) throws -> Phone {
        guard let phone = phones[name] else { throw Unexpected("no such phone is open: \(name)") }
        return phone.phone
    }

    func known() throws -> TestHub {
        guard let hub else { throw Unexpected("no hub runs") }
        return hub
    }

    func photo() throws -> String {
        photos += 1
        return try samplePicture(in: folder, seed: photos).path
    }
}

private final class FiveYearsBack: PhoneClock, Sendable {
    func now() throws -> ClockReading {
        ClockReading(wall: Date(timeIntervalSince1970: 1_636_000_000), offsetMin: 420, ticksMs: 60_000, boot: 1)
    }
}

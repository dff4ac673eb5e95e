import Foundation
import Observation
import PahtCore
import PahtKit

/// One report and its case: the timeline, before and after, and what the person may do now.
@MainActor @Observable public final class CaseModel {
    /// An agency's answer with the pictures of it.
    public struct Shown: Sendable, Equatable, Identifiable {
        public let assignment: UInt16
        public let answer: UInt16
        public let agency: String
        public let when: String
        public let text: String
        /// Where the pictures of after are, on the phone or at the centre.
        public let after: [URL]
        public var id: String { "\(assignment).\(answer)" }
    }

    public let report: ReportId
    public private(set) var view: ReportView?
    public private(set) var title = ""
    public private(set) var status = ""
    public private(set) var tone = Tone.calm
    /// What was tapped of a service, on one line; nil where the report reviews none.
    public private(set) var review: String?
    public private(set) var timeline: [TimelineLine] = []
    /// Originals on the phone.
    public private(set) var before: [URL] = []
    public private(set) var answers: [Shown] = []
    public private(set) var trouble: Trouble?
    /// Said after something was kept; it is sent when it can be.
    public private(set) var thanks: String?

    private let phone: any ReportReading & ReportVerbs & ServiceReading
    private let settings: SettingsModel
    private let ioc: URL?
    private let now: @Sendable () -> Date
    private let zone: TimeZone

    /// - Parameter ioc: the centre's address, for the pictures of after and the page to share.
    public init(
        report: ReportId, phone: any ReportReading & ReportVerbs & ServiceReading, settings: SettingsModel, ioc: URL?,
        now: @escaping @Sendable () -> Date = { Date() }, zone: TimeZone = .current
    ) {
        self.report = report
        self.phone = phone
        self.settings = settings
        self.ioc = ioc
        self.now = now
        self.zone = zone
    }

    public var words: Words { settings.words }

    public func load() async {
        do {
            let view = try await phone.show(id: report)
            let naming = try await Naming.asKnown(by: phone, words: words)
            let standing = naming.status(of: view.line)
            (title, status, tone) = (naming.title(of: view.line), standing.text, standing.tone)
            review = view.line.review.map { words.review($0) }
            timeline = naming.timeline(of: view, zone: zone)
            before = await pathsOf(view.line.captures.filter { !$0.erased }.map(\.hash))
            answers = await shown(view, naming: naming)
            (self.view, trouble) = (view, nil)
        } catch {
            trouble = Trouble(error, words: words)
        }
    }

    /// Keeps the screen true until its task ends.
    public func watch(_ changes: ChangeFeed) async {
        let notices = changes.notices()
        await load()
        for await notice in notices {
            if case .report(let changed) = notice, changed != report { continue }
            await load()
        }
    }

    // MARK: - deadlines

    /// When the next answer is due; nil where none is.
    public var due: String? {
        guard let next = open.map(\.due).min() else { return nil }
        if next < now() { return words("app-mine-overdue") }
        return words("app-mine-due", ["time": words.time(next, zone: zone)])
    }

    public var isOverdue: Bool { open.contains { $0.due < now() } }

    private var open: [Assignment] {
        (view?.assignments ?? []).filter { $0.state == .dispatched || $0.state == .inProgress }
    }

    // MARK: - what may be done

    /// The answer that waits for the person's verdict; nil where none does.
    public var rateable: (assignment: UInt16, answer: UInt16)? {
        let waiting = view?.assignments.last { $0.state == .answered && $0.answers > 0 }
        return waiting.map { ($0.number, $0.answers) }
    }

    /// The assignment that can be reopened; nil where none can.
    public var reopenable: UInt16? {
        view?.assignments.last { ($0.state == .answered || $0.state == .closed) && $0.answers > 0 }?.number
    }

    /// What the centre or an agency asked last, while the person has not written since.
    public var question: String? {
        for entry in (view?.timeline ?? []).reversed() {
            guard case .commented(let speaker) = entry.what else { continue }
            return speaker == .citizen ? nil : entry.words
        }
        return nil
    }

    public var canWithdraw: Bool { view.map { $0.line.condition != .withdrawn } ?? false }

    /// The public page; nil before the case has a code.
    public var publicPage: URL? {
        guard let code = view?.line.case?.text else { return nil }
        return ioc?.appending(path: "c/\(code)")
    }

    public func rate(grade: UInt8, why: String) async {
        guard let rateable else { return refuse(.reportState) }
        let rating = Rating(
            assignment: rateable.assignment, answer: rateable.answer, grade: grade, text: bare(why))
        await perform { try await $0.rate(id: self.report, rating: rating) }
    }

    public func reopen(reason: String) async {
        guard let reopenable else { return refuse(.reportState) }
        guard !bare(reason).isEmpty else { return refuse(.textMissing) }
        let reopening = Reopening(assignment: reopenable, reason: bare(reason))
        await perform { try await $0.reopen(id: self.report, reopening: reopening) }
    }

    public func comment(_ text: String) async {
        guard !bare(text).isEmpty else { return refuse(.textMissing) }
        await perform { try await $0.comment(id: self.report, text: self.bare(text)) }
    }

    public func reply(_ text: String) async {
        guard !bare(text).isEmpty else { return refuse(.textMissing) }
        await perform { try await $0.reply(id: self.report, text: self.bare(text)) }
    }

    public func withdraw() async { await perform { try await $0.withdraw(id: self.report) } }

    private func perform(_ verb: (any ReportReading & ReportVerbs) async throws -> Void) async {
        thanks = nil
        do {
            try await verb(phone)
        } catch {
            trouble = Trouble(error, words: words)
            return
        }
        await load()
        thanks = words("app-feedback-thanks")
    }

    private func refuse(_ code: ErrorCode) { trouble = Trouble(code, words: words) }

    private func bare(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }

    private func shown(_ view: ReportView, naming: Naming) async -> [Shown] {
        var shown: [Shown] = []
        for answer in view.answers {
            let agency = view.assignments.first { $0.number == answer.assignment }?.agency
            var after: [URL] = []
            for hash in answer.evidence {
                if let kept = await pathsOf([hash]).first {
                    after.append(kept)
                } else if let code = view.line.case?.text, let ioc {
                    after.append(ioc.appending(path: "m/\(code)/\(hash.text)"))
                }
            }
            shown.append(
                Shown(
                    assignment: answer.assignment, answer: answer.answer, agency: agency.map(naming.agency) ?? "",
                    when: words.time(answer.at, zone: zone), text: answer.text ?? "", after: after))
        }
        return shown
    }

    private func pathsOf(_ hashes: [Sha256]) async -> [URL] {
        var found: [URL] = []
        for hash in hashes {
            if let path = try? await phone.mediaPath(hash: hash) { found.append(URL(fileURLWithPath: path)) }
        }
        return found
    }
}

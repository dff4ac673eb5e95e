import Foundation
import Observation
import PahtCore
import PahtKit

/// One report with something left to send.
public struct QueuedReport: Sendable, Equatable, Identifiable {
    public let line: ReportLine
    public let title: String
    public let status: String
    public let tone: Tone
    /// Every part of it, delivered ones too.
    public let parts: [PartLine]
    /// Whether originals of it wait for a cheaper network, and may be let go over this one.
    public let keepsOriginals: Bool

    public var id: String { line.id.text }
    /// Whether it can be kept back.
    public var canHold: Bool { line.condition == .live }
    /// Whether it can be let go.
    public var canRelease: Bool { line.condition == .held }
    /// Whether it may go without a network: it is not there yet, and nobody keeps it back.
    public var canGoOtherWays: Bool {
        switch line.way {
        case .waiting, .arriving: line.condition == .live
        case .whole, .needsYou, .held, .withdrawn: false
        }
    }
    /// Whether it can be changed and so sent again.
    public var canEdit: Bool { line.condition != .withdrawn }
}

/// A case to which an officer did something that is not sent yet.
public struct QueuedCase: Sendable, Equatable, Identifiable {
    public let report: ReportId
    public let title: String
    /// What of it is not delivered.
    public let parts: [PartLine]

    public var id: String { report.text }
}

/// What the queue asks of the phone.
public typealias QueuePhone = ReportReading & ReportVerbs & ServiceReading & OfficerDesk

/// The screen of what is being sent: the truth about each part, when the next try is, and why the last one failed.
@MainActor @Observable public final class QueueModel {
    /// What is loaded.
    public private(set) var reports: [QueuedReport] = []
    /// Other people's reports on which this phone's officer acted.
    public private(set) var cases: [QueuedCase] = []
    public private(set) var standing: Standing?
    public private(set) var isSending = false
    /// Whether originals stayed behind because of the data policy, and the person may be asked.
    public var originalsStayed: Bool { (standing?.keptBack ?? 0) > 0 }
    public private(set) var trouble: Trouble?

    private let phone: any QueuePhone
    private let sender: Sender
    private let settings: SettingsModel
    private let zone: TimeZone

    public init(
        phone: any QueuePhone, sender: Sender, settings: SettingsModel, zone: TimeZone = .current
    ) {
        self.phone = phone
        self.sender = sender
        self.settings = settings
        self.zone = zone
    }

    public var words: Words { settings.words }

    /// Reads the queue anew.
    public func load() async {
        do {
            let (parts, standing) = (try await phone.outbox(), try await phone.standing())
            let naming = try await Naming.asKnown(by: phone, words: words)
            var (reports, acted): ([QueuedReport], [(report: ReportId, parts: [Part])]) = ([], [])
            for id in inOrder(parts.map(\.report)) {
                let (view, waiting) = (try await own(id), parts.filter { $0.report == id })
                // An officer may act on a report that is also their own.
                let mine = Set((view?.parts ?? []).map(\.hash))
                if let view, waiting.contains(where: { mine.contains($0.hash) }) {
                    reports.append(queued(view, naming: naming, keepsBack: standing.keptBack > 0))
                }
                let others = waiting.filter { !mine.contains($0.hash) }
                if !others.isEmpty { acted.append((id, others)) }
            }
            let acts = acted.isEmpty ? [] : try await phone.acts(limit: OfficerModel.actsMax)
            let cases = acted.map { queued($0.report, $0.parts, acts: acts) }
            (self.reports, self.cases, self.standing, self.trouble) = (reports, cases, standing, nil)
        } catch {
            trouble = Trouble(error, words: words)
        }
    }

    /// Keeps the screen true until its task ends.
    public func watch(_ changes: ChangeFeed) async {
        // Listening begins before reading: what changes in between is heard.
        let notices = changes.notices()
        await load()
        for await _ in notices { await load() }
    }

    public var isEmpty: Bool { reports.isEmpty && cases.isEmpty }

    /// Parts that need the person.
    public var needYou: Int { Int(standing?.parked ?? 0) }

    /// The line above everything. "All sent" is said only where the centre's list equals the phone's.
    public var headline: String {
        guard let standing else { return words("app-loading") }
        if standing.allSent { return words("app-queue-all-sent") }
        if standing.waiting > 0 { return words("app-queue-bytes-left", ["size": words.size(standing.waitingBytes)]) }
        return words(standing.parked > 0 ? "app-way-needs-you" : "app-queue-unconfirmed")
    }

    /// When the link is tried again; nil while nothing keeps it.
    public var nextTry: String? {
        standing?.nextTryMs.map { words("app-queue-next-try", ["time": words.duration(TimeInterval($0) / 1_000)]) }
    }

    /// Why the last try failed.
    public var lastFailure: String? {
        standing?.fault.map { words("app-queue-last-failure", ["reason": words.error($0)]) }
    }

    /// The question about originals; nil where nothing is to be asked.
    public var originalsQuestion: String? {
        guard let standing, standing.keptBack > 0 else { return nil }
        let id = settings.dataPolicy == .ask ? "app-queue-ask-originals" : "app-queue-waits-for-wifi"
        return words(id, ["size": words.size(standing.keptBackBytes)])
    }

    /// Sends what is due, now. With `originals`, also over a network that costs.
    public func sendNow(originals: Bool = false) async {
        guard !isSending else { return }
        isSending = true
        defer { isSending = false }
        do {
            try await sender.wake()
            _ = try await sender.send(sendOriginals: originals)
        } catch {
            trouble = Trouble(error, words: words)
            return
        }
        await load()
    }

    public func hold(_ report: ReportId) async { await perform { try await $0.hold(id: report) } }
    public func release(_ report: ReportId) async { await perform { try await $0.release(id: report) } }
    /// Lets the originals of one report go over any network.
    public func sendOriginals(of report: ReportId) async {
        await perform { try await $0.setReportPolicy(id: report, policy: .any) }
        await sendNow()
    }
    public func withdraw(_ report: ReportId) async { await perform { try await $0.withdraw(id: report) } }

    /// Changes what was said; a report that was refused then goes again.
    public func edit(_ report: ReportId, text: String, category: CategoryCode) async {
        await perform { try await $0.edit(id: report, edit: Edit(category: category, text: text, place: nil)) }
    }

    private func perform(_ verb: (any ReportReading & ReportVerbs) async throws -> Void) async {
        do {
            try await verb(phone)
        } catch {
            trouble = Trouble(error, words: words)
            return
        }
        await load()
    }

    /// A report of this phone's own; nil for one that its officer only acts on.
    private func own(_ id: ReportId) async throws -> ReportView? {
        do {
            return try await phone.show(id: id)
        } catch let error as PahtError where error.code == .reportUnknown {
            return nil
        }
    }

    private func queued(_ report: ReportId, _ parts: [Part], acts: [OfficerAct]) -> QueuedCase {
        let code = acts.first { $0.report == report }?.case?.text
        return QueuedCase(
            report: report, title: words("app-mine-code", ["code": code ?? ""]),
            parts: parts.map { PartLine.of($0, isVideo: false, words: words, zone: zone) })
    }

    private func queued(_ view: ReportView, naming: Naming, keepsBack: Bool) -> QueuedReport {
        let videos = Set(view.line.captures.filter { $0.kind == .video }.map(\.hash))
        let status = naming.status(of: view.line)
        let parts = view.parts.map {
            PartLine.of($0, isVideo: videos.contains($0.hash), words: words, zone: zone)
        }
        return QueuedReport(
            line: view.line, title: naming.title(of: view.line), status: status.text, tone: status.tone, parts: parts,
            keepsOriginals: keepsBack && view.line.condition == .live && view.parts.contains(where: isOriginalLeft))
    }
}

private func isOriginalLeft(_ part: Part) -> Bool {
    if case .delivered = part.state { return false }
    return part.kind == .original
}

/// Each once, where it first stood.
private func inOrder(_ ids: [ReportId]) -> [ReportId] {
    var seen = Set<ReportId>()
    return ids.filter { seen.insert($0).inserted }
}

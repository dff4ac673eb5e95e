import Foundation
import Observation
import PahtCore
import PahtKit
import PahtTestHub

@testable import PahtModels

/// Settings in memory, in English.
@MainActor func settings(_ tags: [String] = ["en"], shelf: MemorySettings = MemorySettings()) -> SettingsModel {
    SettingsModel(shelf: shelf, phoneTags: tags)
}

final class MemorySettings: SettingsShelf, @unchecked Sendable {
    private let lock = NSLock()
    private var kept: Settings?
    var isFull = false
    func read() -> Settings? { lock.withLock { kept } }
    func keep(_ settings: Settings) throws {
        if isFull { throw CocoaError(.fileWriteOutOfSpace) }
        lock.withLock { kept = settings }
    }
}

/// A phone of the core's own, in a folder of its own.
func phone(home: URL? = nil, ioc: URL? = nil) async throws -> OpenPhone {
    try await OpenPhone.open(PhoneSetup(tenant: "hue", ioc: ioc, home: home ?? temporaryFolder()))
}

func newReport(_ text: String, files: [String] = [], category: String = "traffic") -> NewReport {
    NewReport(files: files, text: text, category: CategoryCode(category))
}

/// A phone that fails at everything, for what screens say then; it tells what it was asked to report.
final class BrokenPhone: ReportMaking, ReportReading, ReportVerbs, ServiceReading, OfficerDesk, @unchecked Sendable {
    let error: PahtError
    init(_ error: PahtError) { self.error = error }

    func report(new: NewReport) async throws -> ReportId { throw error }
    func list(after: ReportId?, limit: UInt32) async throws -> [ReportLine] { throw error }
    func show(id: ReportId) async throws -> ReportView { throw error }
    func outbox() async throws -> [Part] { throw error }
    func standing() async throws -> Standing { throw error }
    func mediaPath(hash: Sha256) async throws -> String? { throw error }
    func card() async throws -> Card? { throw error }
    func edit(id: ReportId, edit: Edit) async throws { throw error }
    func comment(id: ReportId, text: String) async throws { throw error }
    func reply(id: ReportId, text: String) async throws { throw error }
    func rate(id: ReportId, rating: Rating) async throws { throw error }
    func reopen(id: ReportId, reopening: Reopening) async throws { throw error }
    func withdraw(id: ReportId) async throws { throw error }
    func hold(id: ReportId) async throws { throw error }
    func release(id: ReportId) async throws { throw error }
    func setReportPolicy(id: ReportId, policy: DataPolicy?) async throws { throw error }
    func services(words: String, about: Point?, language: String) async throws -> Services { throw error }
    func servicesKept(about: Point?, language: String) async throws -> Services? { throw error }
    func enrol(code: String) async throws -> Officer { throw error }
    func signOut() async throws { throw error }
    func officer() async throws -> Officer? { throw error }
    func cases() async throws -> OfficerCases { throw error }
    func casesKept() async throws -> OfficerCases? { throw error }
    func casePicture(report: ReportId, hash: Sha256) async throws -> String { throw error }
    func act(report: ReportId, assignment: UInt16, deed: NewDeed) async throws -> Sha256 { throw error }
    func acts(limit: UInt32) async throws -> [OfficerAct] { throw error }
    func letActGo(report: ReportId, id: Sha256) async throws { throw error }
    func sendActAgain(report: ReportId, id: Sha256) async throws { throw error }
}

/// Việt Nam's zone, so that times read the same everywhere.
let zone = TimeZone(identifier: "Asia/Ho_Chi_Minh")!

/// Waits until a model says so, woken by its changes.
@MainActor func until(_ isSo: @MainActor () -> Bool) async {
    while true {
        let (changes, change) = AsyncStream.makeStream(of: Void.self)
        let isSoNow = withObservationTracking {
            isSo()
        } onChange: {
            change.finish()
        }
        if isSoNow { return }
        for await _ in changes {}
    }
}

import Foundation
import Observation
import PahtCore
import PahtKit
import PahtModels

/// The models of all screens, over one phone.
@MainActor @Observable final class Screens {
    enum Tab: Hashable { case report, mine, queue, alerts, more }

    var tab = Tab.report
    /// Whether a service is rated that a sign at a door named.
    var isRating = false
    /// Whether a file from a neighbour's hand was opened.
    var isCarrying = false
    let phone: OpenPhone
    let about: About
    let settings: SettingsModel
    let report: ReportModel
    let queue: QueueModel
    let mine: MineModel
    let nearby: NearbyModel
    let alerts: AlertsModel
    let service: ServiceModel
    let officer: OfficerModel
    let carried: CarriedModel
    private let home: URL
    private let teller: NewsTeller

    init(phone: OpenPhone, about: About) throws {
        let home = try PhoneSetup.standardHome()
        let sender = phone.sender
        let settings = SettingsModel(
            shelf: FileSettingsShelf(file: home.appending(path: "settings.json")), apply: { sender.use($0) },
            meter: { phone.phone.meter() })
        let shelf = try FolderDraftShelf(folder: home.appending(path: "draft"))
        self.home = home
        self.phone = phone
        self.about = about
        self.settings = settings
        report = ReportModel(phone: phone.phone, shelf: shelf, settings: settings)
        queue = QueueModel(phone: phone.phone, sender: sender, settings: settings)
        mine = MineModel(phone: phone.phone, settings: settings)
        nearby = NearbyModel(
            newest: HubPublicCases(hub: about.ioc), phone: phone.phone, settings: settings, ioc: about.ioc)
        alerts = AlertsModel(phone: phone.phone, settings: settings)
        let photos = try FolderDraftShelf(folder: home.appending(path: "review"))
        service = ServiceModel(phone: phone.phone, settings: settings, shelf: photos)
        officer = OfficerModel(phone: phone.phone, settings: settings)
        carried = CarriedModel(phone: phone.phone, settings: settings)
        teller = NewsTeller(file: home.appending(path: "told.json"))
    }

    func caseModel(of report: ReportId) -> CaseModel {
        CaseModel(report: report, phone: phone.phone, settings: settings, ioc: about.ioc)
    }

    func ways(of report: ReportId) -> WaysModel {
        let folder = FileManager.default.temporaryDirectory
        return WaysModel(report: report, phone: phone.phone, folder: folder, settings: settings)
    }

    /// Throws where the phone has no room to keep an answer that is being written.
    func officerCase(of report: ReportId) throws -> OfficerCaseModel {
        let shelf = try FolderDraftShelf(folder: home.appending(path: "officer/\(report.text)"))
        return OfficerCaseModel(report: report, phone: phone.phone, shelf: shelf, settings: settings)
    }

    /// How often news is asked for while the app is on the screen.
    static let newsEvery = Duration.seconds(300)

    /// While the app is on the screen: sends whatever waits, and asks for news.
    func work() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await self.phone.sender.keepSending() }
            group.addTask {
                while (try? await Task.sleep(for: Self.newsEvery)) != nil { await self.send() }
            }
            await report.readCard()
        }
    }

    /// Sends what is due and hears what is new, now; and reads the card that may have come with it.
    func send() async {
        await queue.sendNow()
        await report.readCard()
    }

    /// What is new, for the lock screen.
    func news() async -> [LocalNotice] {
        (try? await teller.news(of: phone.phone, words: settings.words)) ?? []
    }

    /// What the app is opened with: the sign at a service's door, a file from a neighbour's hand, or a photo or video that
    /// another app hands over.
    func open(_ address: URL) {
        if let code = ServiceLink.code(in: address, ioc: about.ioc) {
            service.begin(at: code)
            (tab, isRating) = (.more, true)
        } else if address.isFileURL {
            takeIn(address)
        }
    }

    private func takeIn(_ file: URL) {
        #if canImport(Darwin)
            let isScoped = file.startAccessingSecurityScopedResource()
            defer { if isScoped { file.stopAccessingSecurityScopedResource() } }
        #endif
        if CarriedModel.isHandedOver(file) {
            (tab, isCarrying) = (.more, true)
            // Copied before the right to read it ends.
            guard let copy = carried.copied(file) else { return }
            Task { await carried.take(copy) }
        } else {
            report.add(capture: file)
            tab = .report
        }
    }
}

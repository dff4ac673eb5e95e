import Foundation
import PahtCore
import PahtKit
import PahtTestHub
import Testing

@testable import PahtModels

@MainActor @Suite struct SettingsTests {
    @Test func choicesAreKeptAndHoldEverywhereAtOnce() {
        let shelf = MemorySettings()
        nonisolated(unsafe) var applied: [DataPolicy] = []
        let model = SettingsModel(shelf: shelf, phoneTags: ["en-GB", "vi"], apply: { applied.append($0) })
        #expect(model.words("app-tab-mine") == "Mine" && model.language == nil)
        model.language = .vi
        model.dataPolicy = .free
        model.name = " Lan "
        #expect(model.words("app-tab-mine") != "Mine" && model.senderName == "Lan" && model.senderNumber == nil)
        let again = SettingsModel(shelf: shelf, phoneTags: ["en"], apply: { applied.append($0) })
        #expect(again.language == .vi && again.dataPolicy == .free && again.name == " Lan ")
        #expect(applied.first == .ask && applied.last == .free)
        again.language = nil
        #expect(again.words.language == .en)
    }

    @Test func aFullPhoneIsSaidAndTheChoiceStillHolds() {
        let shelf = MemorySettings()
        shelf.isFull = true
        let model = SettingsModel(shelf: shelf, phoneTags: ["en"])
        model.dataPolicy = .ask
        #expect(model.trouble?.code == .storageFailed && model.dataPolicy == .ask)
    }

    @Test func theFileIsReadBackAndADamagedOneIsNone() throws {
        let file = try temporaryFolder().appending(path: "settings.json")
        let shelf = FileSettingsShelf(file: file)
        #expect(shelf.read() == nil)
        var chosen = Settings()
        chosen.language = "vi"
        try shelf.keep(chosen)
        #expect(shelf.read() == chosen)
        try Data("[]".utf8).write(to: file)
        #expect(shelf.read() == nil)
    }
}

@MainActor @Suite struct NearbyTests {
    @Test func publicCasesComeFromTheHubTheNearestFirstAndStayWithoutIt() async throws {
        var hub: TestHub? = try TestHub()
        let address = try #require(hub?.url)
        let phone = try await phone(ioc: address)
        for (text, lat) in [("Bãi rác xa", 16.2875), ("Bãi rác gần", 16.2785), ("Bãi rác ở Huế", 16.4637)] {
            let place = try pointOfDegrees(lat: lat, lon: lat > 16.4 ? 107.5909 : 107.2297)
            _ = try await phone.phone.report(
                new: NewReport(files: [], text: text, category: CategoryCode("sanitation"), at: place))
        }
        _ = try await phone.sender.send(until: .done)
        for line in try await phone.phone.list(after: nil, limit: 3) {
            // Refused where the rules have published it already.
            _ = try? hub?.operate("publish", try #require(line.case).text)
        }
        let model = NearbyModel(
            newest: HubPublicCases(hub: address), phone: phone.phone, settings: settings(), ioc: address)
        #expect(model.standing == .unread)
        let here = PositionFix(latitude: 16.2775, longitude: 107.2297, accuracyMetres: 9, measured: Date())
        await model.load(near: here)
        #expect(model.standing == .shown && model.hint == nil)
        #expect(model.lines.map(\.title) == ["Bãi rác gần", "Bãi rác xa"], "Huế is too far")
        #expect(model.lines.allSatisfy { $0.area != nil && $0.distance != nil })
        await model.load(near: nil)
        #expect(model.lines.count == 3 && model.hint == model.words("app-nearby-no-position"))
        // The hub is gone: what it said before is still there, and said to be old.
        hub = nil
        await model.load(near: here)
        #expect(model.lines.count == 2)
        guard case .old = model.standing else {
            Issue.record("\(model.standing)")
            return
        }
    }

    @Test func withoutNetworkAndMemoryItSaysWhatItNeeds() async throws {
        let nobody = URL(string: "http://127.0.0.1:9")!
        let phone = try await phone(ioc: nobody)
        let model = NearbyModel(
            newest: HubPublicCases(hub: nobody), phone: phone.phone, settings: settings(), ioc: nobody)
        await model.load(near: nil)
        #expect(model.standing == .unreachable(Trouble(.linkDown, words: model.words)))
        #expect(model.hint == model.words("app-nearby-needs-network"))
        let empty = NearbyModel(newest: NoCases(), phone: phone.phone, settings: settings(), ioc: nobody)
        await empty.load(near: nil)
        #expect(empty.standing == .empty && empty.hint == empty.words("app-nearby-empty"))
    }
}

struct NoCases: PublicCases {
    func newest(area: String?) async throws -> [PublicCase] { [] }
}

@MainActor @Suite struct AlertsTests {
    struct Some: AlertReading {
        let known: [Alert]
        func alerts(about: Point?, language: Language) async throws -> [Alert] { known }
    }

    @Test func theNumbersAreThereWhateverHappens() async throws {
        let model = AlertsModel(phone: try await phone().phone, settings: settings(), zone: zone)
        await model.load(near: nil)
        #expect(model.numbers.map(\.number) == ["112", "113", "114", "115"])
        #expect(model.numbers.map { $0.call?.absoluteString } == ["tel:112", "tel:113", "tel:114", "tel:115"])
        #expect(model.emptyText == model.words("app-alerts-empty") && model.trouble == nil)
        #expect(EmergencyNumber(number: "11 3;x", words: "").call == nil)
    }

    @Test func whatIsForAnotherCommuneIsLeftOutAndWhatCannotBeDialledIsNoButton() async {
        let made = [("here", true), ("unsure", nil), ("elsewhere", false)].map { id, touches in
            Alert(
                id: id, level: id == "here" ? .emergency : .notice, title: id, text: "", areas: [], from: Date(),
                until: Date(), numbers: [CallNumber(number: "0234", name: "A"), CallNumber(number: "x", name: "B")],
                touches: touches)
        }
        let model = AlertsModel(phone: Some(known: made), settings: settings(), zone: zone)
        await model.load(near: nil)
        #expect(model.lines.map(\.id) == ["here", "unsure"] && model.lines.map(\.isEmergency) == [true, false])
        #expect(model.lines.first?.numbers.map(\.number) == ["0234"] && model.emptyText == nil)
    }
}

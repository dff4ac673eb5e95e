import Foundation
import PahtCore
import PahtKit
import PahtTestHub
import Testing

@testable import PahtModels

@MainActor @Suite struct QueueModelTests {
    @Test func eachPartTellsTheTruthUntilAllIsConfirmed() async throws {
        let hub = try TestHub()
        let phone = try await phone(ioc: hub.url)
        let settings = SettingsModel(
            shelf: MemorySettings(), phoneTags: ["en"], apply: { phone.sender.use($0) })
        let model = QueueModel(phone: phone.phone, sender: phone.sender, settings: settings, zone: zone)
        let picture = try samplePicture(in: try temporaryFolder(), seed: 1)
        _ = try await phone.phone.report(new: newReport("Ổ gà", files: [picture.path]))
        await model.load()
        try #require(model.reports.count == 1)
        #expect(model.reports.map(\.title) == ["Ổ gà"] && model.reports[0].status == "On this phone")
        for _ in 0..<500 where model.reports[0].parts.count < 4 {
            try await Task.sleep(for: .milliseconds(20))
            await model.load()
        }
        let titles = ["The text", "Original photo", "Quick picture", "Clear picture"]
        #expect(model.reports[0].parts.map(\.title) == titles, "the smaller ones are made meanwhile")
        #expect(model.reports[0].parts.allSatisfy { $0.state == "Waiting" && $0.tone == .busy })
        #expect(model.headline.hasSuffix("kB left"))

        settings.dataPolicy = .ask
        try await phone.sender.use(.metered)
        await model.sendNow()
        try #require(model.reports.count == 1 && model.reports[0].parts.count > 1)
        #expect(model.reports[0].status == "Received" || model.reports[0].status == "With an agency")
        let (text, original) = (model.reports[0].parts[0], model.reports[0].parts[1])
        #expect(text.state.hasPrefix("Received by the centre, ") && text.tone == .good)
        #expect(original.state != text.state && original.tone == .busy)
        #expect(model.originalsQuestion?.contains("over mobile data?") == true)

        #expect(model.reports[0].keepsOriginals)
        await model.sendOriginals(of: model.reports[0].line.id)
        #expect(model.reports.isEmpty && model.trouble == nil && model.originalsQuestion == nil)
        #expect(model.headline == "All sent. The centre has confirmed every part.")
    }

    @Test func aRefusedPartSaysWhyAndAnEditSendsItAgain() async throws {
        let hub = try TestHub()
        let phone = try await phone(ioc: hub.url)
        let model = QueueModel(phone: phone.phone, sender: phone.sender, settings: settings(), zone: zone)
        let id = try await phone.phone.report(new: newReport("Ổ gà", category: "no-such"))
        await model.sendNow()
        let part = try #require(model.reports.first?.parts.first)
        #expect(
            part.state == "Needs you" && part.tone == .warning && part.reason == model.words.error(.categoryUnknown))
        #expect(model.needYou == 1 && model.headline == "Needs you")
        await model.edit(id, text: "Ổ gà", category: CategoryCode("traffic"))
        await model.sendNow()
        #expect(model.reports.isEmpty && model.needYou == 0)
    }

    @Test func withoutLinkItSaysWhyAndWhenTheNextTryIs() async throws {
        let phone = try await phone(ioc: URL(string: "http://127.0.0.1:9")!)
        let model = QueueModel(phone: phone.phone, sender: phone.sender, settings: settings(), zone: zone)
        _ = try await phone.phone.report(new: newReport("Ổ gà"))
        await model.sendNow()
        #expect(model.lastFailure?.hasPrefix("The last try failed: No network yet.") == true)
        #expect(model.nextTry?.hasPrefix("Next try in ") == true)
        #expect(model.reports.count == 1)
    }

    @Test func aReportCanBeHeldReleasedAndWithdrawn() async throws {
        let phone = try await phone(ioc: URL(string: "http://127.0.0.1:9")!)
        let model = QueueModel(phone: phone.phone, sender: phone.sender, settings: settings(), zone: zone)
        let id = try await phone.phone.report(new: newReport("Ổ gà"))
        await model.hold(id)
        #expect(model.reports.first?.status == "Held by you" && model.reports.first?.canRelease == true)
        #expect(model.reports.first?.canHold == false)
        await model.release(id)
        #expect(model.reports.first?.canHold == true)
        await model.withdraw(id)
        #expect(try await phone.phone.show(id: id).line.way == .withdrawn)
    }

    @Test func theScreenFollowsThePhoneByItself() async throws {
        let phone = try await phone()
        let model = QueueModel(phone: phone.phone, sender: phone.sender, settings: settings(), zone: zone)
        let watching = Task { await model.watch(phone.changes) }
        await until { model.standing != nil }
        #expect(model.reports.isEmpty)
        _ = try await phone.phone.report(new: newReport("Ổ gà"))
        await until { model.reports.count == 1 }
        watching.cancel()
        await watching.value
    }

    @Test func trouble() async throws {
        let phone = try await phone()
        let model = QueueModel(
            phone: BrokenPhone(.Storage(code: .storageFailed)), sender: phone.sender, settings: settings(), zone: zone)
        #expect(model.headline == "Loading…")
        await model.load()
        #expect(model.trouble == Trouble(.storageFailed, words: model.words) && model.reports.isEmpty)
        await model.hold(ReportId("0193"))
        #expect(model.trouble?.code == .storageFailed)
    }
}

import Foundation
import PahtCore
import PahtKit
import PahtTestHub
import Testing

@testable import PahtModels

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@MainActor @Suite struct MineTests {
    @Test func anEmptyListSaysSoOnlyOnceItIsRead() async throws {
        let model = MineModel(phone: try await phone().phone, settings: settings())
        #expect(!model.isEmpty)
        await model.load()
        #expect(model.isEmpty && model.trouble == nil)
        let broken = MineModel(phone: BrokenPhone(.Internal), settings: settings())
        await broken.load()
        #expect(!broken.isEmpty && broken.trouble?.code == nil)
        #expect(broken.trouble?.text == settings().words.error(.storageFailed))
    }

    @Test func olderReportsComeByThePage() async throws {
        let phone = try await phone()
        for number in 1...53 { _ = try await phone.phone.report(new: newReport("Ổ gà \(number)")) }
        let model = MineModel(phone: phone.phone, settings: settings())
        await model.load()
        #expect(model.lines.count == 50 && model.hasMore && model.lines.first?.title == "Ổ gà 53")
        await model.loadMore()
        #expect(model.lines.count == 53 && !model.hasMore && model.lines.last?.title == "Ổ gà 1")
        await model.load()
        #expect(model.lines.count == 53, "what was shown stays shown")
        #expect(model.lines.allSatisfy { $0.made == "Just now" && $0.status == "On this phone" && $0.code == nil })
    }

    @Test func aCaseIsFollowedFromReceiptToReopening() async throws {
        let hub = try TestHub()
        let phone = try await phone(ioc: hub.url)
        let folder = try temporaryFolder()
        let picture = try samplePicture(in: folder, seed: 1)
        let id = try await phone.phone.report(new: newReport("Ổ gà", files: [picture.path]))
        let model = CaseModel(
            report: id, phone: phone.phone, settings: settings(), ioc: hub.url, zone: zone)
        await model.load()
        #expect(model.status == "On this phone" && model.timeline.isEmpty && model.publicPage == nil)
        #expect(model.before.count == 1 && model.rateable == nil && model.reopenable == nil && model.due == nil)
        _ = try await phone.sender.send(until: .done)
        await model.load()
        let code = try #require(model.view?.line.case?.text)
        #expect(model.timeline.first?.what == "The centre has received it. Your case code is \(code)")
        #expect(model.publicPage?.absoluteString == "\(hub.url.absoluteString)/c/\(code)")

        try hub.operate("dispatch", code)
        try hub.operate("answer", code, "--text", "Đã vá.", "--media", try samplePicture(in: folder, seed: 2).path)
        _ = try await phone.sender.send()
        await model.load()
        let answer = try #require(model.answers.first)
        #expect(model.status == "Answered" && answer.text == "Đã vá." && answer.after.count == 1)
        #expect(!answer.agency.isEmpty && model.timeline.contains { $0.what == "\(answer.agency) answered" })
        let (after, response) = try await URLSession.shared.data(from: answer.after[0])
        #expect((response as? HTTPURLResponse)?.statusCode == 200 && !after.isEmpty, "the picture of after is there")

        await model.reopen(reason: " ")
        #expect(model.trouble?.code == .textMissing)
        await model.rate(grade: 2, why: "")
        #expect(model.thanks != nil && model.trouble == nil)
        await model.reopen(reason: "Vẫn còn ổ gà")
        _ = try await phone.sender.send(until: .done)
        await model.load()
        #expect(model.timeline.contains { $0.what == "You gave 2 out of 5" })
        #expect(model.timeline.contains { $0.what.hasPrefix("You reopened the case, new deadline ") })
        #expect(model.due?.hasPrefix("Answer due ") == true && !model.isOverdue)
        let late = CaseModel(
            report: id, phone: phone.phone, settings: settings(), ioc: nil,
            now: { Date().addingTimeInterval(90 * 86_400) }, zone: zone)
        await late.load()
        #expect(late.isOverdue && late.due == "Overdue" && late.answers[0].after.isEmpty)
    }

    @Test func whatCannotBeDoneNowIsRefusedWithWords() async throws {
        let phone = try await phone()
        let id = try await phone.phone.report(new: newReport("Ổ gà"))
        let model = CaseModel(report: id, phone: phone.phone, settings: settings(), ioc: nil, zone: zone)
        await model.load()
        await model.rate(grade: 5, why: "")
        #expect(model.trouble?.code == .reportState && model.thanks == nil)
        await model.comment("")
        #expect(model.trouble?.code == .textMissing)
        await model.comment("Gần cầu")
        #expect(model.trouble == nil && model.thanks?.hasPrefix("Thank you.") == true)
        await model.withdraw()
        #expect(model.status == "Withdrawn" && !model.canWithdraw)
    }

    @Test func aQuestionWaitsUntilItIsAnswered() async throws {
        let phone = try await phone()
        let id = try await phone.phone.report(new: newReport("Ổ gà"))
        let view = try await phone.phone.show(id: id)
        let asked = TimelineEntry(number: 1, at: Date(), what: .commented(by: .agency), words: "Ở đâu?")
        let replied = TimelineEntry(number: 2, at: Date(), what: .commented(by: .citizen), words: "Ở cầu")
        for (entries, question) in [([asked], "Ở đâu?"), ([asked, replied], nil), ([], nil)] {
            let told = ReportView(
                line: view.line, parts: [], timeline: entries, assignments: [], answers: [])
            let model = CaseModel(
                report: id, phone: OneReport(told), settings: settings(), ioc: nil, zone: zone)
            await model.load()
            #expect(model.question == question)
            let notices = LocalNotice.about(told, after: 0, words: model.words, agency: \.text)
            #expect(notices.count == (entries.isEmpty ? 0 : 1))
        }
    }
}

/// A phone that has one report, as it is given.
final class OneReport: ReportReading, ReportVerbs, ServiceReading, Sendable {
    let view: ReportView
    init(_ view: ReportView) { self.view = view }

    func list(after: ReportId?, limit: UInt32) async throws -> [ReportLine] { [view.line] }
    func show(id: ReportId) async throws -> ReportView { view }
    func outbox() async throws -> [Part] { view.parts }
    func standing() async throws -> Standing { throw PahtError.Internal }
    func mediaPath(hash: Sha256) async throws -> String? { nil }
    func card() async throws -> Card? { nil }
    func edit(id: ReportId, edit: Edit) async throws {}
    func comment(id: ReportId, text: String) async throws {}
    func reply(id: ReportId, text: String) async throws {}
    func rate(id: ReportId, rating: Rating) async throws {}
    func reopen(id: ReportId, reopening: Reopening) async throws {}
    func withdraw(id: ReportId) async throws {}
    func hold(id: ReportId) async throws {}
    func release(id: ReportId) async throws {}
    func setReportPolicy(id: ReportId, policy: DataPolicy?) async throws {}
    func services(words: String, about: Point?, language: String) async throws -> Services { throw PahtError.Internal }
    func servicesKept(about: Point?, language: String) async throws -> Services? { nil }
}

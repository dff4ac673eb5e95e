import Foundation
import PahtCore
import PahtKit
import PahtTestHub
import Testing

@testable import PahtModels

private let nobody = URL(string: "http://127.0.0.1:9")!

@MainActor @Suite struct OfficerTests {
    /// A hub, and a citizen's case that is with an agency.
    struct World {
        let hub: TestHub
        let citizen: OpenPhone
        let report: ReportId
        let code: String
        /// What the agency's officers enrol with.
        let officerCode: String

        init() async throws {
            hub = try TestHub()
            citizen = try await phone(ioc: hub.url)
            let picture = try samplePicture(in: try temporaryFolder(), seed: 1)
            let place = try pointOfDegrees(lat: 16.2775, lon: 107.2297)
            report = try await citizen.phone.report(
                new: NewReport(
                    files: [picture.path], text: "Ổ gà sâu", category: CategoryCode("traffic"), at: place))
            _ = try await citizen.sender.send(until: .done)
            code = try #require(try await citizen.phone.show(id: report).line.case).text
            try hub.operate("dispatch", code)
            _ = try await citizen.sender.send()
            let agency = try #require(try await citizen.phone.show(id: report).assignments.first).agency
            officerCode = try hub.officerCode(of: agency.text)
        }

        /// An officer's phone that has heard of the case.
        func officer(home: URL? = nil) async throws -> OpenPhone {
            let phone = try await phone(home: home, ioc: hub.url)
            _ = try await phone.phone.enrol(code: officerCode)
            _ = try await phone.phone.cases()
            return phone
        }
    }

    func list(_ phone: OpenPhone) -> OfficerModel {
        OfficerModel(phone: phone.phone, settings: settings(), zone: zone)
    }

    func one(_ report: ReportId, _ phone: OpenPhone, _ folder: URL? = nil) throws -> OfficerCaseModel {
        let shelf = try FolderDraftShelf(folder: folder ?? temporaryFolder())
        return OfficerCaseModel(report: report, phone: phone.phone, shelf: shelf, settings: settings(), zone: zone)
    }

    /// Method: the officer enrols, is cut off, photographs and answers, is killed, and comes back to a network.
    @Test func anAnswerGivenWithoutANetworkReachesTheCitizenWithItsPhoto() async throws {
        let world = try await World()
        let home = try temporaryFolder()
        try await enrolAndLook(world, home)
        try await answerWithoutNetwork(world, home)

        let phone = try await phone(home: home, ioc: world.hub.url)
        let model = list(phone)
        await model.load()
        #expect(model.lines.map(\.way) == ["On this phone"], "it survived the kill")
        #expect(try await phone.sender.send(until: .done).outcome.allSent)
        await model.load()
        #expect(model.lines.isEmpty && model.stray.isEmpty && model.emptyText == "No case waits for you.")
        let after = try one(world.report, phone)
        await after.load()
        #expect(after.line == nil && after.acts.map(\.way) == ["With the centre", "With the centre"])

        _ = try await world.citizen.sender.send()
        let seen = try await world.citizen.phone.show(id: world.report)
        #expect(seen.line.stage == .answered && seen.answers.map(\.text) == ["Đã vá"])
        #expect(seen.answers.first?.evidence.count == 1, "the citizen sees the after-photo")
    }

    private func enrolAndLook(_ world: World, _ home: URL) async throws {
        let phone = try await phone(home: home, ioc: world.hub.url)
        let model = list(phone)
        await model.load()
        #expect(!model.isOfficer && model.lines.isEmpty && model.emptyText == nil)
        await model.enrol(code: " " + world.officerCode + "\n")
        #expect(model.isOfficer && model.trouble == nil && model.hint == nil)
        // The province's names come with the first sync.
        _ = try await phone.sender.send()
        let line = try #require(model.lines.first)
        #expect(line.code == world.code && line.title == "Ổ gà sâu" && line.way == nil && !line.isOverdue)
        #expect(line.due.hasPrefix("Due in ") && line.area != nil)

        let one = try one(world.report, phone)
        await one.load()
        #expect(one.text == "Ổ gà sâu" && one.about.hasPrefix("Roads and traffic, ") && one.before.count == 1)
        #expect(one.map?.absoluteString.contains("ll=16.2775,107.2297") == true)
        #expect(one.timeline.map(\.what).contains("The centre received the report"))
        #expect(one.canStart && one.isOpen && one.acts.isEmpty)
    }

    private func answerWithoutNetwork(_ world: World, _ home: URL) async throws {
        let phone = try await phone(home: home, ioc: nobody)
        let (model, folder) = (list(phone), try temporaryFolder())
        await model.load()
        #expect(model.lines.count == 1 && model.hint?.hasPrefix(model.words("app-offline")) == true)
        let first = try one(world.report, phone, folder)
        await first.load()
        await first.start()
        #expect(first.note == "Kept on this phone, sent when there is a network." && !first.canStart && first.isOpen)
        first.answer = "Đã vá"
        first.add(photo: try samplePicture(in: try temporaryFolder(), seed: 77))
        // The system took the app away while its camera was open.
        let again = try one(world.report, phone, folder)
        await again.load()
        #expect(again.answer == "Đã vá" && again.photos.count == 1)
        await again.sendAnswer()
        #expect(again.trouble == nil && again.answer.isEmpty && again.photos.isEmpty && !again.isOpen)
        #expect(try one(world.report, phone, folder).answer.isEmpty, "what was given is no draft any more")
        #expect(again.acts.map(\.what) == ["Start work", "Answer"] && again.acts.last?.said == "Đã vá")
        #expect(again.acts.allSatisfy { $0.way == "On this phone" && $0.tone == .busy && !$0.needsYou })
        await model.load()
        #expect(model.lines.first?.way == "On this phone" && model.lines.first?.tone == .busy)
    }

    /// Law 9: a category that asks for a photo gets none. It is said before, and the core keeps no such answer; what the hub
    /// refuses has words and keeps nothing back.
    @Test func anAnswerThatLacksItsPhotoSaysSoAndIsGivenAnew() async throws {
        let world = try await World()
        let phone = try await world.officer()
        // With the first sync comes the card.
        _ = try await phone.sender.send(until: .done)
        let model = try one(world.report, phone)
        await model.load()
        #expect(model.asked == "This category needs a photo taken after the work.")
        model.answer = "Đã vá"
        await model.sendAnswer()
        #expect(model.trouble?.code == .evidenceMissing && model.acts.isEmpty && model.isOpen)
        await model.askForTime(days: 400, reason: "Mưa")
        #expect(try await phone.sender.send(until: .done).outcome.standing.parked == 1)
        await model.load()
        let refused = try #require(model.acts.first)
        #expect(refused.needsYou && refused.tone == .warning && refused.way == "Needs you")
        #expect(refused.reason == model.words.error(.deadlinePeriod) && model.isOpen)
        #expect(model.line?.way == "Needs you")
        await model.letGo(refused)
        #expect(model.acts.isEmpty && model.line?.way == nil)
        model.answer = "Đã vá"
        model.add(photo: try samplePicture(in: try temporaryFolder(), seed: 5))
        await model.sendAnswer()
        #expect(try await phone.sender.send(until: .done).outcome.allSent)
    }

    @Test func whoSignsOutLeavesNoCasesBehindAndNeedsTheCodeAgain() async throws {
        let world = try await World()
        let phone = try await world.officer()
        let model = list(phone)
        await model.load()
        #expect(model.isOfficer && model.lines.count == 1)
        await model.signOut()
        #expect(model.trouble == nil && !model.isOfficer && model.lines.isEmpty && model.emptyText == nil)
        #expect(try await phone.phone.casesKept() == nil)
        await model.enrol(code: world.officerCode)
        #expect(model.isOfficer && model.lines.count == 1)
    }

    @Test func timeIsAskedForFromTheDeadlineAndACaseIsGivenBack() async throws {
        let world = try await World()
        let phone = try await world.officer()
        let model = try one(world.report, phone)
        await model.load()
        await model.askForTime(days: 2, reason: " ")
        #expect(model.trouble?.code == .textMissing && model.note == nil && model.acts.isEmpty)
        await model.askForTime(days: 400, reason: "Mưa")
        _ = try await phone.sender.send(until: .done)
        await model.load()
        let late = try #require(model.acts.first)
        #expect(late.reason == model.words.error(.deadlinePeriod), "no more than a year")
        await model.sendAgain(late)
        #expect(model.acts.first?.needsYou == false)
        _ = try await phone.sender.send(until: .done)
        await model.load()
        await model.letGo(try #require(model.acts.first))
        await model.askForTime(days: 2, reason: "Mưa")
        #expect(model.note == "Asked for 2 more days" && model.isOpen)
        let due = try #require(try await phone.phone.casesKept()?.cases.first?.share?.due)
        #expect(try await phone.sender.send(until: .done).outcome.allSent)
        let asked = try await phone.phone.cases().cases.first?.share?.asked
        #expect(asked == due.addingTimeInterval(2 * 86_400))

        await model.giveBack(reason: "Không thuộc thẩm quyền")
        #expect(!model.isOpen && model.acts.last?.said == "Không thuộc thẩm quyền")
        #expect(try await phone.sender.send(until: .done).outcome.allSent)
        _ = try await world.citizen.sender.send()
        let told = try await world.citizen.phone.show(id: world.report).timeline.map(\.what)
        #expect(told.contains(.returned(assignment: 1)))
    }

    @Test func aPhoneThatNobodyVouchedForIsToldWhatToDo() async throws {
        let hub = try TestHub()
        let model = list(try await phone(ioc: hub.url))
        for code in ["paht_guessed", "  ", "mã sai"] {
            await model.enrol(code: code)
            #expect(model.trouble?.text == model.words("app-officer-code-wrong") && !model.isOfficer, "\(code)")
        }
        let offline = list(try await phone(ioc: nobody))
        await offline.enrol(code: "paht_guessed")
        #expect(offline.trouble == Trouble(.linkDown, words: offline.words))
        let stranger = try one(ReportId("0193"), try await phone(ioc: nobody))
        await stranger.load()
        await stranger.start()
        #expect(stranger.trouble?.code == .caseUnknown && stranger.line == nil)
    }

    @Test func anEndedOfficerForgetsTheCasesAndSeesWhatWasNotTaken() async throws {
        let world = try await World()
        let phone = try await world.officer()
        let one = try one(world.report, phone)
        await one.load()
        await one.start()
        let model = list(phone)
        await model.load()
        let listed = try world.hub.operate("officers")
        try world.hub.operate("end-officer", try #require(listed.first?["key"] as? String))
        _ = try await phone.sender.send(until: .done)
        await model.load()
        #expect(model.trouble == Trouble(.officerEnded, words: model.words) && !model.isOfficer && model.lines.isEmpty)
        await one.load()
        #expect(one.line == nil && one.text.isEmpty && one.about.isEmpty && one.before.isEmpty && one.timeline.isEmpty)
        #expect(one.acts.count == 1 && !one.isOpen, "what the officer did is theirs to see")
        let left = try #require(model.stray.first)
        #expect(left.code == world.code && left.reason == model.words.error(.officerEnded))
        await model.letGo(left)
        #expect(model.stray.isEmpty && model.trouble == nil)
        #expect(try await phone.phone.standing().parked == 0)
    }

    @Test func theListFollowsThePhoneByItselfAndAsksWhenAllIsSent() async throws {
        let world = try await World()
        let phone = try await world.officer()
        let model = list(phone)
        let watching = Task { await model.watch(phone.changes) }
        await until { model.lines.count == 1 }
        let one = try one(world.report, phone)
        await one.load()
        await one.giveBack(reason: "Không thuộc thẩm quyền")
        await until { model.lines.first?.way == "On this phone" }
        _ = try await phone.sender.send(until: .done)
        await until { model.lines.isEmpty }
        watching.cancel()
        await watching.value
    }

    @Test func whatAnOfficerDidStandsInTheQueueBesideTheirOwnReports() async throws {
        let world = try await World()
        let phone = try await world.officer()
        let one = try one(world.report, phone)
        await one.load()
        one.answer = "Đã vá"
        one.add(photo: try samplePicture(in: try temporaryFolder(), seed: 6))
        await one.sendAnswer()
        _ = try await phone.phone.report(new: newReport("Ổ gà trước nhà"))
        let queue = QueueModel(phone: phone.phone, sender: phone.sender, settings: settings(), zone: zone)
        await queue.load()
        #expect(queue.trouble == nil && queue.reports.map(\.title) == ["Ổ gà trước nhà"])
        let acted = try #require(queue.cases.first)
        #expect(queue.cases.count == 1 && !queue.isEmpty && acted.title == "Case code \(world.code)")
        #expect(acted.parts.map(\.title) == ["The text", "Clear picture", "Original photo"])
        #expect(try await phone.sender.send(until: .done).outcome.allSent)
        await queue.load()
        #expect(queue.isEmpty && queue.reports.isEmpty && queue.cases.isEmpty)
    }

    /// Method: the hub's answer as it would be half an hour after the deadline, since no test waits for one.
    @Test func whatIsOverdueByTheHubsClockIsSaid() throws {
        let naming = Naming(words: Words(language: .en), card: nil)
        let at = Date(timeIntervalSince1970: 1_000_000)
        let share = OfficerShare(
            assignment: 1, state: .inProgress, firstDue: at, due: at, asked: nil, reopened: 0)
        let given = OfficerCase(
            report: ReportId("0193"), code: CaseCode("HUE-1"), received: at, category: CategoryCode("traffic"),
            area: nil, place: nil, text: "", urgent: true, shares: [share], pictures: [], timeline: [], acts: [])
        let cases = OfficerCases(at: at, ageMs: 1_800_000, agency: AgencyId("a"), cases: [given], more: false)
        let line = naming.line(of: given, now: cases.hubNow)
        #expect(line.isOverdue && line.due == "Overdue by 30 minutes" && line.isUrgent && line.title == "traffic")
        #expect(!naming.line(of: given, now: at.addingTimeInterval(-90)).isOverdue)
    }
}

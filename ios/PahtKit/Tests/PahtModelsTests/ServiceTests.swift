import Foundation
import PahtCore
import PahtKit
import PahtTestHub
import Testing

@testable import PahtModels

@MainActor @Suite struct ServiceTests {
    let station = PositionFix(latitude: 16.4565, longitude: 107.5782, accuracyMetres: 9, measured: Date())

    func model(_ phone: OpenPhone, _ language: String = "en") throws -> ServiceModel {
        let shelf = try FolderDraftShelf(folder: temporaryFolder().appending(path: "review"))
        return ServiceModel(phone: phone.phone, settings: settings([language]), shelf: shelf)
    }

    @Test func aPhotoGoesWithTheReviewAndIsGoneFromTheShelfAfterIt() async throws {
        let phone = try await phone()
        let model = try model(phone)
        model.begin(at: ServiceCode("ga-hue"))
        let folder = try temporaryFolder()
        model.add(photo: try samplePicture(in: folder, seed: 1))
        model.add(photo: try samplePicture(in: folder, seed: 2))
        let first = try #require(model.photos.first)
        model.remove(photo: first)
        #expect(model.photos.count == 1 && model.canSend, "a photo says enough")
        let kept = model.path(of: try #require(model.photos.first))
        await model.send()
        #expect(model.kept != nil && model.photos.isEmpty && model.trouble == nil)
        #expect(!FileManager.default.fileExists(atPath: kept.path))
        let line = try #require(try await phone.phone.list(after: nil, limit: 1).first)
        #expect(line.captures.count == 1 && line.review?.service == .listed(ServiceCode("ga-hue")))
    }

    /// Method: what is tapped without a network is sent by a phone that was killed meanwhile; the hub's own figures say
    /// whether it counted.
    @Test func aReviewTappedWithoutANetworkCountsWhenThereIsOne() async throws {
        let home = try temporaryFolder()
        try await reviewWithoutNetwork(home)

        let hub = try TestHub()
        let again = try await phone(home: home, ioc: hub.url)
        let model = try model(again)
        await model.load(near: nil)
        #expect(model.standing == .shown)
        #expect(model.rows.first { $0.code.text == "ga-hue" }?.figures == nil, "nobody has said anything yet")
        #expect(try await again.sender.send(until: .done).outcome.allSent)
        let line = try #require(try await again.phone.list(after: nil, limit: 1).first)
        #expect(line.review?.service == .listed(ServiceCode("ga-hue")) && line.category.text == "tourism")
        #expect(line.review?.phrases == [.friendly, .longWait])
        await model.load(near: nil)
        #expect(model.rows.first { $0.code.text == "ga-hue" }?.figures == "4.0 ★ (1)")
    }

    private func reviewWithoutNetwork(_ home: URL) async throws {
        let model = try model(try await phone(home: home, ioc: URL(string: "http://127.0.0.1:9")!), "ko")
        await model.load(near: nil)
        #expect(model.standing == .unreachable(Trouble(.linkDown, words: model.words)) && model.rows.isEmpty)
        model.begin(at: ServiceCode("ga-hue"))
        #expect(model.chosenName == "ga-hue", "the sign at the door is enough")
        model.give(stars: 4)
        model.tap(.friendly)
        model.tap(.longWait)
        await model.send()
        #expect(model.kept != nil && model.trouble == nil)
    }

    @Test func theNearestStandsFirstAndTheListStaysWithoutTheHub() async throws {
        var hub: TestHub? = try TestHub()
        let phone = try await phone(ioc: try #require(hub).url)
        let model = try model(phone)
        #expect(model.standing == .unread && model.hint == model.words("app-loading"))
        await model.load(near: station)
        #expect(model.standing == .shown && model.hint == nil)
        let first = try #require(model.rows.first)
        #expect(first.name == "Huế railway station" && first.distance == "0 m")
        #expect(first.about == "Railway station · 2 Bùi Thị Xuân, phường Thuận Hóa")
        hub = nil
        await model.load(near: station)
        #expect(model.rows.first == first)
        guard case .old(let age) = model.standing else {
            Issue.record("\(model.standing)")
            return
        }
        #expect(model.hint == model.words("app-offline") + " (" + age + ")")
    }

    @Test func whatIsWrittenFindsAndIsTheNameWhereNothingIsChosen() async throws {
        let hub = try TestHub()
        let model = try model(try await phone(ioc: hub.url))
        await model.load(near: nil)
        let all = model.rows.count
        model.name = "dai noi"
        #expect(model.rows.map(\.code.text) == ["dai-noi"], "without accents, and before the hub has answered")
        await model.search()
        #expect(model.rows.map(\.code.text) == ["dai-noi"] && model.standing == .shown)
        model.name = "DUONG nguyen phuc"
        #expect(model.rows.map(\.code.text) == ["chua-thien-mu"], "by its street")
        model.choose(try #require(model.rows.first).code)
        #expect(model.chosenName == "Thien Mu Pagoda" && model.service == .listed(ServiceCode("chua-thien-mu")))
        model.unchoose()
        model.name = "ga tàu"
        #expect(model.rows.isEmpty && model.standing == .empty, "the phone's list is in English")
        await model.search()
        #expect(model.rows.map(\.code.text) == ["ga-hue"] && model.standing == .shown, "the hub knows both names")
        model.name = " Taxi 75A-123.45 "
        await model.search()
        #expect(model.rows.isEmpty && model.standing == .empty && model.hint == model.words("app-nothing-here"))
        #expect(model.service == .named("Taxi 75A-123.45"))
        model.name = ""
        #expect(model.rows.count == all && model.standing == .shown)
    }

    @Test func ofTwoPhrasesThatExcludeEachOtherTheLastTappedCounts() async throws {
        let phone = try await phone()
        let model = try model(phone)
        #expect(model.phrases == reviewPhrases() && model.title(of: .fairPrice) == "Fair price")
        await model.send()
        #expect(model.trouble?.code == .serviceMissing && !model.canSend && model.kept == nil)
        model.name = "Taxi 75A-123.45"
        #expect(!model.canSend)
        await model.send()
        #expect(model.trouble?.code == .reportEmpty, "it says nothing yet")
        model.give(stars: 9)
        #expect(model.stars == 5 && model.canSend)
        for phrase in [ReviewPhrase.overcharged, .fairPrice, .helpful, .helpful, .clean, .dirty] { model.tap(phrase) }
        model.text = " Tài xế vui tính "
        await model.send()
        let line = try await phone.phone.show(id: try #require(model.kept)).line
        #expect(line.review == Review(service: .named("Taxi 75A-123.45"), stars: 5, phrases: [.dirty, .fairPrice]))
        #expect(line.text == "Tài xế vui tính" && line.place == nil)
        #expect(model.stars == 0 && model.tapped.isEmpty && model.text.isEmpty && model.service == nil)
        model.again()
        #expect(model.kept == nil)
    }

    @Test func whatWasTappedForOneServiceIsNotSaidOfTheNextSign() async throws {
        let model = try model(try await phone())
        model.begin(at: ServiceCode("dai-noi"))
        model.give(stars: 5)
        model.tap(.clean)
        model.begin(at: ServiceCode("dai-noi"))
        #expect(model.stars == 5, "the same sign was read twice")
        model.begin(at: ServiceCode("ga-hue"))
        #expect(model.chosenName == "ga-hue" && model.stars == 0 && model.tapped.isEmpty && !model.canSend)
        model.give(stars: 2)
        await model.send()
        #expect(model.kept != nil)
        model.begin(at: ServiceCode("ga-hue"))
        #expect(model.kept == nil && model.stars == 0, "and the thanks make room for the next")
    }

    @Test func aReviewThatCouldNotBeKeptIsStillOnTheScreen() async throws {
        let model = ServiceModel(
            phone: BrokenPhone(.Storage(code: .storageFull)), settings: settings(),
            shelf: try FolderDraftShelf(folder: temporaryFolder().appending(path: "review")))
        model.choose(ServiceCode("dai-noi"))
        model.give(stars: 2)
        await model.send()
        #expect(model.trouble?.code == .storageFull && model.kept == nil)
        #expect(model.stars == 2 && model.service == .listed(ServiceCode("dai-noi")))
    }

    @Test func theSignAtTheDoorOpensItsServiceAndNothingElseDoes() {
        let ioc = URL(string: "https://paht.hue.gov.vn")!
        let code = { (text: String) in URL(string: text).flatMap { ServiceLink.code(in: $0, ioc: ioc)?.text } }
        #expect(code("https://paht.hue.gov.vn/s/dai-noi") == "dai-noi")
        #expect(code("https://PAHT.hue.gov.vn/s/dai-noi/?lang=ko#top") == "dai-noi")
        #expect(code("paht://s/ga-hue") == "ga-hue" && code("PAHT://s/ga-hue") == "ga-hue")
        for other in [
            "https://elsewhere.vn/s/dai-noi", "https://paht.hue.gov.vn/c/HUE-1", "https://paht.hue.gov.vn/s/",
            "https://paht.hue.gov.vn/s/a/b", "https://paht.hue.gov.vn/s/D%C3%A0", "paht://c/ga-hue", "paht://s",
            "file:///s/dai-noi", "https://paht.hue.gov.vn:444/s/dai-noi",
        ] { #expect(code(other) == nil, "\(other)") }
    }

    @Test func theAppSaysThatItsOwnSchemeOpensIt() throws {
        let file = URL(fileURLWithPath: #filePath).appending(path: "../../../../App/Info.plist").standardizedFileURL
        let read = try PropertyListSerialization.propertyList(from: Data(contentsOf: file), format: nil)
        let types = (read as? [String: Any])?["CFBundleURLTypes"] as? [[String: Any]]
        #expect(types?.compactMap { $0["CFBundleURLSchemes"] as? [String] } == [[ServiceLink.scheme]])
    }

    @Test func aReviewIsCalledByItsServiceInThePersonsList() async throws {
        let hub = try TestHub()
        let phone = try await phone(ioc: hub.url)
        let model = try model(phone)
        await model.load(near: nil)
        for (name, code) in [("Quán bún O Xuân", nil), ("", "dai-noi")] as [(String, String?)] {
            model.name = name
            if let code { model.choose(ServiceCode(code)) }
            model.give(stars: 4)
            model.tap(.goodFood)
            await model.send()
        }
        let mine = MineModel(phone: phone.phone, settings: settings())
        await mine.load()
        #expect(mine.lines.map(\.title) == ["Imperial City", "Quán bún O Xuân"])
        let shown = CaseModel(
            report: try #require(mine.lines.first).report, phone: phone.phone, settings: settings(), ioc: hub.url,
            zone: zone)
        await shown.load()
        #expect(shown.title == "Imperial City" && shown.review == "4 stars · Good food")
    }
}

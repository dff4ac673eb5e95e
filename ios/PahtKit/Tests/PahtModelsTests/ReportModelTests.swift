import Foundation
import PahtCore
import PahtKit
import PahtTestHub
import Testing

@testable import PahtModels

@MainActor @Suite struct ReportModelTests {
    let folder: URL
    let shelf: FolderDraftShelf

    init() throws {
        folder = try temporaryFolder()
        shelf = try FolderDraftShelf(folder: folder.appending(path: "draft"))
    }

    func model(_ phone: any ReportMaking & ReportReading, settings given: SettingsModel? = nil) -> ReportModel {
        ReportModel(phone: phone, shelf: shelf, settings: given ?? settings())
    }

    @Test func threeTapsSaveAReportWithoutNetwork() async throws {
        let phone = try await phone()
        let model = model(phone.phone)
        await model.begin()
        model.take(
            PositionFix(latitude: 16.2775, longitude: 107.2297, accuracyMetres: 12.3, measured: Date()))
        // The shutter, a category, save: nothing else was asked for.
        model.add(capture: try samplePicture(in: folder, seed: 1))
        model.choose(CategoryCode("traffic"))
        await model.save()
        guard case .saved(let id) = model.saving else {
            Issue.record("\(model.saving)")
            return
        }
        let line = try await phone.phone.show(id: id).line
        #expect(line.captures.count == 1 && line.category.text == "traffic")
        #expect(line.place?.source == .fix && line.place?.accuracyM == 13)
        #expect(model.draft == Draft() && shelf.read() == nil)
    }

    @Test func everyChangeIsKeptAndFoundAgain() async throws {
        let phone = try await phone()
        let first = model(phone.phone)
        #expect(!first.wasFound)
        first.text = "Cây đổ"
        first.choose(CategoryCode("urban"))
        first.add(capture: try samplePicture(in: folder, seed: 2))
        first.pin(latitude: 16.46, longitude: 107.59)
        // The app is killed: nothing is told to the model.
        let second = model(phone.phone)
        await second.begin()
        #expect(second.wasFound && second.draft == first.draft && second.text == "Cây đổ")
        #expect(FileManager.default.fileExists(atPath: second.path(of: second.draft.captures[0]).path))
        await second.save()
        guard case .saved(let id) = second.saving else {
            Issue.record("\(second.saving)")
            return
        }
        #expect(try await phone.phone.show(id: id).line.place?.source == .pin)
        #expect(!model(phone.phone).wasFound)
    }

    /// Method: the draft as it lies on the phone when the app is killed between the core's "saved" and its erasing.
    @Test func aDraftThatBecameAReportIsNotSentTwice() async throws {
        let phone = try await phone()
        let first = model(phone.phone)
        first.text = "Cây đổ"
        first.choose(CategoryCode("urban"))
        var left = first.draft
        await first.save()
        left.isHandedIn = true
        try shelf.keep(left)
        let second = model(phone.phone)
        await second.begin()
        #expect(second.draft.isEmpty && shelf.read() == nil)

        var other = left
        other.text = "Cây khác"
        try shelf.keep(other)
        let third = model(phone.phone)
        await third.begin()
        #expect(third.text == "Cây khác", "one that did not become a report stays")
    }

    @Test func whatIsMissingIsSaidAndNothingIsLost() async throws {
        let model = model(try await phone().phone)
        #expect(model.lack == .content && !model.canSave)
        await model.save()
        #expect(model.saving == .refused(Trouble(.reportEmpty, words: model.words)))
        model.text = "  \n"
        #expect(model.lack == .content)
        model.text = "Ổ gà"
        #expect(model.saving == .editing && model.lack == .category)
        await model.save()
        #expect(model.saving == .refused(Trouble(.categoryMissing, words: model.words)))
        model.choose(CategoryCode("traffic"))
        #expect(model.canSave)
    }

    @Test func aRefusedSaveKeepsTheDraftAndSaysTheWayOut() async throws {
        let model = model(BrokenPhone(.Storage(code: .storageFull)))
        model.text = "Ổ gà"
        model.choose(CategoryCode("traffic"))
        await model.save()
        guard case .refused(let trouble) = model.saving else {
            Issue.record("\(model.saving)")
            return
        }
        #expect(trouble.code == .storageFull && trouble.text.hasPrefix("The phone is full"))
        #expect(model.text == "Ổ gà" && shelf.read()?.text == "Ổ gà" && shelf.read()?.isHandedIn == false)
    }

    @Test func theThirteenthCaptureIsRefused() async throws {
        let model = model(try await phone().phone)
        for seed in 1...13 { model.add(capture: try samplePicture(in: folder, seed: seed, side: 8)) }
        #expect(model.draft.captures.count == 12)
        #expect(model.saving == .refused(Trouble(.reportTooManyCaptures, words: model.words)))
        model.remove(capture: model.draft.captures[0])
        #expect(model.draft.captures.count == 11 && model.saving == .editing)
        model.add(capture: folder.appending(path: "gone.heic"))
        #expect(model.saving == .refused(Trouble(.mediaUnreadable, words: model.words)))
    }

    @Test func theRingIsAsWideAsThePhoneIsUnsure() async throws {
        let model = model(try await phone().phone)
        #expect(model.ringMetres == nil && model.placeLine == "Waiting for the position…")
        model.take(PositionFix(latitude: 16, longitude: 107, accuracyMetres: 40, measured: Date()))
        #expect(model.ringMetres == 40 && model.placeLine == "Accurate to about 40 m")
        model.take(PositionFix(latitude: 1, longitude: 1, accuracyMetres: 1, measured: Date(), isSimulated: true))
        #expect(model.ringMetres == 40, "a made-up position never replaces a real one")
        model.leaveOutPlace()
        #expect(model.ringMetres == nil && model.placeLine == "Without place")
        model.pin(latitude: 16.4, longitude: 107.5)
        #expect(model.placeLine == "Pinned on the map")
    }

    @Test func withoutPlaceNoPositionOfThePhoneIsSent() async throws {
        let phone = try await phone()
        let model = model(phone.phone)
        model.take(PositionFix(latitude: 16.2775, longitude: 107.2297, accuracyMetres: 5, measured: Date()))
        model.leaveOutPlace()
        model.text = "Ổ gà"
        model.choose(CategoryCode("traffic"))
        await model.save()
        #expect(try await phone.phone.list(after: nil, limit: 1).first?.place == nil)
    }
}

import Foundation
import PahtTestHub
import Testing

@testable import PahtKit

@Suite struct DraftShelfTests {
    @Test func aDraftIsReadBackWithItsCaptures() throws {
        let folder = try temporaryFolder()
        let picture = try samplePicture(in: try temporaryFolder(), seed: 1)
        let shelf = try FolderDraftShelf(folder: folder)
        #expect(shelf.read() == nil)
        var draft = Draft()
        draft.text = "Ổ gà"
        draft.captures = [try shelf.takeIn(picture)]
        draft.place = .pinned(latitude: 16.2, longitude: 107.2)
        try shelf.keep(draft)
        let again = try FolderDraftShelf(folder: folder)
        #expect(again.read() == draft)
        #expect(try Data(contentsOf: again.path(of: draft.captures[0])) == Data(contentsOf: picture))
    }

    @Test func aCaptureThatIsGoneIsLeftOutAndADamagedRecordIsNoDraft() throws {
        let folder = try temporaryFolder()
        let shelf = try FolderDraftShelf(folder: folder)
        var draft = Draft()
        draft.captures = ["gone.heic"]
        draft.text = "x"
        try shelf.keep(draft)
        #expect(shelf.read()?.captures == [])
        try Data("{".utf8).write(to: folder.appending(path: "draft.json"))
        #expect(shelf.read() == nil)
    }

    @Test func clearingErasesEverything() throws {
        let folder = try temporaryFolder()
        let shelf = try FolderDraftShelf(folder: folder)
        _ = try shelf.takeIn(try samplePicture(in: try temporaryFolder(), seed: 2))
        var draft = Draft()
        draft.text = "x"
        try shelf.keep(draft)
        shelf.clear()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func aNameCannotLeadOutOfTheFolder() throws {
        let folder = try temporaryFolder()
        let shelf = try FolderDraftShelf(folder: folder)
        #expect(
            shelf.path(of: "../../secret").deletingLastPathComponent().lastPathComponent == folder.lastPathComponent)
    }
}

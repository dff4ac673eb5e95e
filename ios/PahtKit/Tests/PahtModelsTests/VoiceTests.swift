import Foundation
import PahtCore
import PahtKit
import PahtTestHub
import Testing

@testable import PahtModels

/// A microphone that hands over what it is given.
@MainActor private final class Microphone: VoiceRecording {
    var allows = true
    var note: Data?
    private var file: URL?

    func isAllowed() async -> Bool { allows }

    func start(in folder: URL) throws { file = folder.appending(path: UUID().uuidString + ".awb") }

    func finish() -> URL? {
        guard let file, let note else { return nil }
        try? note.write(to: file)
        return file
    }
}

/// AMR-WB of its smallest mode: 18 bytes for each fiftieth of a second.
private func speech(seconds: Int) -> Data {
    var bytes = Data("#!AMR-WB\n".utf8)
    for _ in 0..<seconds * 50 { bytes += [0x04] + [UInt8](repeating: 0x5a, count: 17) }
    return bytes
}

@MainActor @Suite struct VoiceTests {
    private let microphone = Microphone()

    private func model() throws -> ReportModel {
        let shelf = try FolderDraftShelf(folder: temporaryFolder().appending(path: "draft"))
        return ReportModel(phone: BrokenPhone(.File(code: .mediaUnreadable)), shelf: shelf, settings: settings())
    }

    @Test func whatIsSpokenIsSavedWithTheReport() async throws {
        let phone = try await phone()
        let shelf = try FolderDraftShelf(folder: temporaryFolder().appending(path: "draft"))
        let report = ReportModel(phone: phone.phone, shelf: shelf, settings: settings())
        microphone.note = speech(seconds: 4)
        let voice = VoiceModel(recorder: microphone, report: report) { try await Task.sleep(for: .seconds(3_600)) }
        await voice.start()
        #expect(voice.isRecording && voice.line.contains("30"))
        voice.stop()
        #expect(!voice.isRecording && voice.trouble == nil)
        let note = try #require(report.draft.captures.first)
        #expect(report.isVoice(note) && report.draft.captures.count == 1)
        report.choose(CategoryCode("traffic"))
        await report.save()
        guard case .saved(let id) = report.saving else {
            Issue.record("\(report.saving)")
            return
        }
        #expect(try await phone.phone.show(id: id).line.captures.count == 1)
    }

    @Test func itEndsByItselfWhenTheTimeIsOver() async throws {
        let report = try model()
        microphone.note = speech(seconds: 30)
        let voice = VoiceModel(recorder: microphone, report: report) { await Task.yield() }
        await voice.start()
        await until { report.draft.captures.count == 1 }
        #expect(!voice.isRecording)
    }

    @Test func withoutAMicrophoneItSaysTheWayOut() async throws {
        let report = try model()
        microphone.allows = false
        let voice = VoiceModel(recorder: microphone, report: report)
        await voice.start()
        #expect(!voice.isRecording && voice.trouble?.text == settings().words("app-permission-microphone"))
    }

    @Test func whereNothingWasSaidNothingIsAdded() async throws {
        let report = try model()
        let voice = VoiceModel(recorder: microphone, report: report) { try await Task.sleep(for: .seconds(3_600)) }
        await voice.start()
        voice.stop()
        #expect(report.draft.captures.isEmpty && voice.trouble?.code == .mediaUnreadable)
    }
}

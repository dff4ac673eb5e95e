import Foundation
import Observation
import PahtCore
import PahtKit

/// A spoken note while it is recorded: how much time is left, and the way to end it. It becomes one more capture of the
/// report.
@MainActor @Observable public final class VoiceModel {
    /// Seconds left while it records; nil otherwise.
    public private(set) var secondsLeft: Int?
    /// Why it did not begin, or why nothing came of it.
    public private(set) var trouble: Trouble?

    private let recorder: any VoiceRecording
    private let report: ReportModel
    private let second: @Sendable () async throws -> Void
    private var clock: Task<Void, Never>?

    /// For this report. `second` passes one second.
    public init(
        recorder: any VoiceRecording, report: ReportModel,
        second: @escaping @Sendable () async throws -> Void = { try await Task.sleep(for: .seconds(1)) }
    ) {
        self.recorder = recorder
        self.report = report
        self.second = second
    }

    public var words: Words { report.words }

    public var isRecording: Bool { secondsLeft != nil }

    /// What is said while it records, or before.
    public var line: String {
        guard let secondsLeft else {
            return words("app-report-voice-limit", ["seconds": String(Self.seconds)])
        }
        return words("app-report-voice-recording", ["seconds": String(secondsLeft)])
    }

    /// Begins, if the person allows it; after the budget's seconds it ends by itself.
    public func start() async {
        guard !isRecording else { return }
        trouble = nil
        guard await recorder.isAllowed() else {
            trouble = Trouble(nil, text: words("app-permission-microphone"))
            return
        }
        do { try recorder.start(in: FileManager.default.temporaryDirectory) } catch {
            trouble = Trouble(nil, text: words("app-permission-microphone"))
            return
        }
        secondsLeft = Self.seconds
        clock = Task { [weak self] in await self?.run() }
    }

    /// Ends it, and adds what was said to the report.
    public func stop() {
        guard isRecording else { return }
        clock?.cancel()
        clock = nil
        secondsLeft = nil
        guard let note = recorder.finish() else {
            trouble = Trouble(.mediaUnreadable, words: words)
            return
        }
        report.add(capture: note)
        try? FileManager.default.removeItem(at: note)
    }

    private func run() async {
        while let left = secondsLeft, left > 0 {
            do { try await second() } catch { return }
            guard isRecording else { return }
            secondsLeft = left - 1
        }
        stop()
    }

    private static let seconds = Int(VoiceNoteBudget.standard.secondsMax)
}

#if canImport(AVFoundation) && os(iOS)
    import AVFoundation
    import Foundation
    import PahtCore
    import PahtKit

    /// Records a spoken note within its budget.
    @MainActor public final class VoiceRecorder: VoiceRecording {
        private var recorder: AVAudioRecorder?
        private let budget = VoiceNoteBudget.standard

        public init() {}

        public func isAllowed() async -> Bool { await AVAudioApplication.requestRecordPermission() }

        public func start(in folder: URL) throws {
            let audio = AVAudioSession.sharedInstance()
            try audio.setCategory(.record, mode: .spokenAudio)
            try audio.setActive(true)
            let settings: [String: Any] = [
                AVFormatIDKey: kAudioFormatMPEG4AAC, AVSampleRateKey: budget.samplesPerSecond,
                AVNumberOfChannelsKey: 1, AVEncoderBitRateKey: budget.bitsPerSecond,
            ]
            let recorder = try AVAudioRecorder(
                url: folder.appending(path: UUID().uuidString + ".m4a"), settings: settings)
            guard recorder.record(forDuration: budget.secondsMax) else {
                throw PahtError.File(code: .mediaUnreadable)
            }
            self.recorder = recorder
        }

        public func finish() -> URL? {
            guard let recorder else { return nil }
            let seconds = recorder.currentTime
            recorder.stop()
            self.recorder = nil
            try? AVAudioSession.sharedInstance().setActive(false, options: .notifyOthersOnDeactivation)
            let bytes = (try? recorder.url.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0
            guard budget.allows(bytes: bytes, seconds: seconds) else {
                try? FileManager.default.removeItem(at: recorder.url)
                return nil
            }
            return recorder.url
        }
    }
#endif

#if canImport(UIKit)
    import PahtKit
    import PahtKitApple
    import PahtModels
    import SwiftUI

    /// A spoken note, for who would rather speak than write.
    struct VoiceSection: View {
        @State private var model: VoiceModel

        init(report: ReportModel) {
            _model = State(initialValue: VoiceModel(recorder: VoiceRecorder(), report: report))
        }

        var body: some View {
            Section {
                if model.isRecording {
                    Button(model.words("app-button-stop-voice"), systemImage: "stop.fill") { model.stop() }
                        .buttonStyle(.borderedProminent)
                } else {
                    Button(model.words("app-button-add-voice"), systemImage: "mic.fill") {
                        Task { await model.start() }
                    }
                }
                TroubleRow(trouble: model.trouble)
            } footer: {
                Text(model.line)
            }
            .onDisappear { model.stop() }
        }
    }
#endif

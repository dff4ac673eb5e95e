import PahtCore
import PahtKit
import PahtModels
import SwiftUI

#if canImport(UIKit)
    import PahtKitApple
#endif

/// Camera first; then a category and "save": three taps. Words and place are there for who wants them.
struct ReportScreen: View {
    @Bindable var model: ReportModel
    let alerts: AlertsModel
    let saved: @MainActor () -> Void

    @State private var isCameraOpen = false
    @State private var isGalleryOpen = false

    private var words: Words { model.words }

    var body: some View {
        NavigationStack {
            Form {
                if case .saved = model.saving {
                    SavedSection(words: words) { model.discard() }
                } else {
                    if model.wasFound { DraftSection(model: model) }
                    captures
                    CategorySection(model: model)
                    PlaceSection(model: model)
                    voice
                    Section(words("app-report-words")) {
                        TextField(words("app-report-words-hint"), text: $model.text, axis: .vertical)
                            .lineLimit(2...)
                            .accessibilityLabel(words("app-report-words"))
                    }
                    save
                }
            }
            .navigationTitle(words("app-report-title"))
            .toolbar {
                ToolbarItem(placement: .topBarTrailing) {
                    NavigationLink {
                        AlertsScreen(model: alerts, fix: model.fix)
                    } label: {
                        Label(words("app-emergency-title"), systemImage: "phone.fill")
                    }
                    .accessibilityHint(words("app-report-danger"))
                }
            }
        }
        .task { await model.begin() }
        .photoSources(
            camera: $isCameraOpen, gallery: $isGalleryOpen, words: words, fix: model.fix,
            most: ReportModel.capturesMax - model.draft.captures.count
        ) { model.add(capture: $0) }
        #if canImport(UIKit)
            .task { await model.follow(PositionSource().fixes()) }
        #endif
    }

    private var captures: some View {
        Section {
            CaptureStrip(
                captures: model.draft.captures, words: words, path: model.path, isVoice: model.isVoice,
                remove: { model.remove(capture: $0) })
            Button(words("app-button-take-photo"), systemImage: "camera.fill") { isCameraOpen = true }
                .font(.title2)
                .buttonStyle(.borderedProminent)
                .controlSize(.large)
            Button(words("app-button-from-gallery"), systemImage: "photo.on.rectangle") { isGalleryOpen = true }
        } footer: {
            Text(words("app-report-danger"))
        }
    }

    @ViewBuilder private var voice: some View {
        #if canImport(UIKit)
            VoiceSection(report: model)
        #endif
    }

    private var save: some View {
        Section {
            if case .refused(let trouble) = model.saving { TroubleRow(trouble: trouble) }
            TroubleRow(trouble: model.draftTrouble)
            Button {
                Task {
                    await model.save()
                    if case .saved = model.saving { saved() }
                }
            } label: {
                Label(words("app-button-save-report"), systemImage: "checkmark")
                    .frame(maxWidth: .infinity)
            }
            .buttonStyle(.borderedProminent)
            .controlSize(.large)
            .disabled(!model.canSave)
            .accessibilityLabel(words("app-button-save-report"))
        }
    }
}

/// Said when the report is safe; never "sent" before it is.
private struct SavedSection: View {
    let words: Words
    let next: @MainActor () -> Void

    var body: some View {
        Section {
            Label(words("app-report-saved"), systemImage: "checkmark.circle.fill")
                .font(.title2)
                .foregroundStyle(.green)
            Text(words("app-report-will-be-sent"))
            Button(words("app-report-title"), systemImage: "plus", action: next)
        }
    }
}

/// An unfinished report of earlier: go on, or throw it away.
private struct DraftSection: View {
    let model: ReportModel
    @State private var asks = false

    var body: some View {
        Section {
            Text(model.words("app-report-draft-found"))
            Button(model.words("app-button-resume-draft")) { model.resume() }
            Button(model.words("app-button-discard-draft"), role: .destructive) { asks = true }
        }
        .confirmationDialog(model.words("app-report-discard-confirm"), isPresented: $asks) {
            Button(model.words("app-button-discard-draft"), role: .destructive) { model.discard() }
        }
    }
}

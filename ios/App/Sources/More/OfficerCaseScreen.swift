import PahtCore
import PahtKit
import PahtModels
import SwiftUI

/// One case of the officer's. Its model is made when it is looked at: a list makes the views of all its rows.
struct OfficerCaseScreen: View {
    let line: OfficerCaseLine
    let screens: Screens

    @State private var model: OfficerCaseModel?
    @State private var trouble: Trouble?

    private var words: Words { screens.settings.words }

    var body: some View {
        Group {
            if let model {
                OfficerCaseForm(model: model, fix: screens.report.fix) {
                    Task { await screens.send() }
                }
            } else if let trouble {
                TroubleView(trouble: trouble, words: words) { Task { await show() } }
            } else {
                ProgressView(words("app-loading"))
            }
        }
        .navigationTitle(line.code)
        .task { await show() }
    }

    private func show() async {
        do {
            let model = try model ?? screens.officerCase(of: line.report)
            self.model = model
            await model.watch(screens.phone.changes)
        } catch {
            trouble = Trouble(.storageFull, words: words)
        }
    }
}

/// The case, and what an officer may do: begin, answer with an after-photo, give back, ask for time.
private struct OfficerCaseForm: View {
    @Bindable var model: OfficerCaseModel
    let fix: PositionFix?
    let kept: @MainActor () -> Void

    @State private var reason = ""
    @State private var delay = ""
    @State private var days = 1
    @State private var isCameraOpen = false
    @State private var isGalleryOpen = false

    private var words: Words { model.words }

    var body: some View {
        Form {
            TroubleRow(trouble: model.trouble)
            if let note = model.note { Text(note) }
            about
            if model.canStart {
                Button(words("app-button-start"), systemImage: "hammer") { perform { await model.start() } }
            }
            if model.isOpen {
                answer
                other
            }
            Section {
                ForEach(model.acts) { line in
                    ActRow(line: line, words: words) {
                        perform { await model.sendAgain(line) }
                    } letGo: {
                        perform { await model.letGo(line) }
                    }
                }
            }
            Section {
                ForEach(model.timeline) { TimelineRow(line: $0) }
            }
        }
        .refreshable { await model.load() }
        .photoSources(
            camera: $isCameraOpen, gallery: $isGalleryOpen, words: words, fix: fix,
            most: OfficerCaseModel.photosMax - model.photos.count
        ) { model.add(photo: $0) }
    }

    private var about: some View {
        Section {
            if let line = model.line { StatusLabel(text: line.due, tone: line.isOverdue ? .warning : .calm) }
            if !model.text.isEmpty { Text(model.text) }
            Text(model.about).foregroundStyle(.secondary)
            if let map = model.map {
                Link(destination: map) { Label(words("app-button-map"), systemImage: "map") }
            }
            if !model.before.isEmpty { PictureRow(pictures: model.before, words: words) }
        }
    }

    private var answer: some View {
        Section(words("app-button-answer")) {
            if let asked = model.asked { Text(asked).foregroundStyle(.secondary) }
            TextField(words("app-officer-answer-text"), text: $model.answer, axis: .vertical)
                .accessibilityLabel(words("app-officer-answer-text"))
            Button(words("app-button-after-photo"), systemImage: "camera.fill") { isCameraOpen = true }
            Button(words("app-button-from-gallery"), systemImage: "photo.on.rectangle") { isGalleryOpen = true }
            if !model.photos.isEmpty { PictureRow(pictures: model.photos, words: words) }
            ForEach(model.photos, id: \.self) { photo in
                Button(spoken(photo), role: .destructive) { model.remove(photo: photo) }
            }
            Button(words("app-button-answer"), systemImage: "checkmark") { perform { await model.sendAnswer() } }
        }
    }

    private var other: some View {
        Section {
            TextField(words("app-officer-return-reason"), text: $reason, axis: .vertical)
                .accessibilityLabel(words("app-officer-return-reason"))
            Button(words("app-button-return"), systemImage: "arrow.uturn.left") {
                perform { await model.giveBack(reason: reason) }
            }
            TextField(words("app-officer-more-reason"), text: $delay, axis: .vertical)
                .accessibilityLabel(words("app-officer-more-reason"))
            Stepper(words("app-officer-more-days") + " " + String(days), value: $days, in: 1...30)
                .accessibilityLabel(words("app-officer-more-days"))
                .accessibilityValue(String(days))
            Button(words("app-button-more-time"), systemImage: "clock") {
                perform { await model.askForTime(days: days, reason: delay) }
            }
        }
    }

    private func spoken(_ photo: URL) -> String {
        let place = (model.photos.firstIndex(of: photo) ?? 0) + 1
        return words("app-a11y-remove-photo", ["number": String(place), "all": String(model.photos.count)])
    }

    private func perform(_ verb: @escaping @MainActor () async -> Void) {
        Task {
            await verb()
            guard model.trouble == nil else { return }
            (reason, delay) = ("", "")
            kept()
        }
    }
}

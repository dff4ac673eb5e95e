import PahtCore
import PahtKit
import PahtModels
import SwiftUI

/// Rating a service in taps: which one, how many stars, what fits. No account, and no network needed.
struct ServiceScreen: View {
    @Bindable var model: ServiceModel
    let fix: PositionFix?
    let saved: @MainActor () -> Void

    @State private var isCameraOpen = false
    @State private var isGalleryOpen = false

    private var words: Words { model.words }

    var body: some View {
        Form {
            if model.kept != nil {
                Label(words("app-service-thanks"), systemImage: "checkmark.circle.fill")
                Button(words("app-service-title"), systemImage: "star") { model.again() }
            } else {
                if let name = model.chosenName { chosen(name) } else { choice }
                if model.service != nil { verdict }
            }
        }
        .navigationTitle(words("app-service-title"))
        .photoSources(
            camera: $isCameraOpen, gallery: $isGalleryOpen, words: words, fix: fix,
            most: ReportModel.capturesMax - model.photos.count
        ) { model.add(photo: $0) }
        .task { await model.load(near: fix) }
        .refreshable { await model.load(near: fix) }
        .task(id: model.name) {
            // Not every letter is worth a question.
            guard (try? await Task.sleep(for: .milliseconds(400))) != nil else { return }
            await model.search()
        }
    }

    private func chosen(_ name: String) -> some View {
        Section {
            Label(name, systemImage: "mappin.circle.fill").font(.headline)
            Button(words("app-service-choose"), systemImage: "arrow.uturn.backward") { model.unchoose() }
        }
    }

    private var choice: some View {
        Section {
            TextField(words("app-service-name"), text: $model.name)
                .accessibilityLabel(words("app-service-name"))
            if let hint = model.hint { Text(hint).foregroundStyle(.secondary) }
            ForEach(model.rows) { row in
                Button {
                    model.choose(row.code)
                } label: {
                    ServiceRowView(row: row)
                }
                .buttonStyle(.plain)
            }
        } header: {
            Text(words("app-service-choose"))
        } footer: {
            Text(words("app-service-intro"))
        }
    }

    @ViewBuilder private var verdict: some View {
        Section(words("app-service-stars")) { stars }
        Section(words("app-service-phrases")) { phrases }
        Section {
            CaptureStrip(
                captures: model.photos, words: words, path: model.path, remove: { model.remove(photo: $0) })
            Button(words("app-button-take-photo"), systemImage: "camera") { isCameraOpen = true }
            Button(words("app-button-from-gallery"), systemImage: "photo.on.rectangle") { isGalleryOpen = true }
        }
        Section {
            TextField(words("app-service-words"), text: $model.text, axis: .vertical)
                .accessibilityLabel(words("app-service-words"))
            TroubleRow(trouble: model.trouble)
            Button(words("app-button-send"), systemImage: "paperplane") {
                Task {
                    await model.send()
                    if model.kept != nil { saved() }
                }
            }
            .disabled(!model.canSend)
        }
    }

    private var stars: some View {
        HStack {
            ForEach(1..<6) { count in
                Button {
                    model.give(stars: UInt8(count))
                } label: {
                    Image(systemName: count <= Int(model.stars) ? "star.fill" : "star")
                        .font(.title)
                }
                .buttonStyle(.plain)
                .accessibilityLabel(words("app-a11y-stars", ["count": String(count)]))
                .accessibilityValue(count == Int(model.stars) ? words("app-a11y-selected") : "")
            }
        }
    }

    private var phrases: some View {
        LazyVGrid(columns: [GridItem(.adaptive(minimum: 120))]) {
            ForEach(model.phrases, id: \.self) { phrase in
                Button(model.title(of: phrase)) { model.tap(phrase) }
                    .buttonStyle(.bordered)
                    .tint(model.tapped.contains(phrase) ? .accentColor : .secondary)
                    .accessibilityValue(model.tapped.contains(phrase) ? words("app-a11y-selected") : "")
            }
        }
    }
}

private struct ServiceRowView: View {
    let row: ServiceRow

    var body: some View {
        VStack(alignment: .leading) {
            Text(row.name).font(.headline)
            Text(row.about).font(.subheadline).foregroundStyle(.secondary)
            HStack {
                if let distance = row.distance { Text(distance) }
                if let figures = row.figures { Text(figures) }
            }
            .font(.footnote)
            .foregroundStyle(.secondary)
        }
        .accessibilityElement(children: .combine)
    }
}

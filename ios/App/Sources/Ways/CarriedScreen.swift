import Foundation
import PahtKit
import PahtModels
import SwiftUI

/// What this phone carries for neighbours.
struct CarriedScreen: View {
    let model: CarriedModel
    let changes: ChangeFeed

    @State private var chooses = false

    private var words: Words { model.words }

    var body: some View {
        List {
            Section {
                Text(words("app-carried-intro")).foregroundStyle(.secondary)
                TroubleRow(trouble: model.trouble)
                if let told = model.told { StatusLabel(text: told, tone: .good) }
                Button(words("app-button-choose-file"), systemImage: "folder") { chooses = true }
            }
            if let empty = model.emptyText { Text(empty).foregroundStyle(.secondary) }
            ForEach(model.lines) { CarriedSection(line: $0, model: model) }
        }
        .navigationTitle(words("app-carried-title"))
        .fileSource(isPresented: $chooses) { file in
            guard let copy = model.copied(file) else { return }
            Task { await model.take(copy) }
        }
        .task { await model.watch(changes) }
    }
}

/// One file, where it stands, and what can be done about it.
private struct CarriedSection: View {
    let line: CarriedLine
    let model: CarriedModel

    @State private var asks = false

    private var words: Words { model.words }

    var body: some View {
        Section(line.name) {
            HStack {
                StatusLabel(text: line.state, tone: line.tone)
                Spacer()
                Text(line.size).foregroundStyle(.secondary)
            }
            if let receipts = line.receipts {
                ShareLink(item: receipts) {
                    Label(words("app-button-give-receipts"), systemImage: "square.and.arrow.up")
                }
            }
            Button(words("app-button-stop-carrying"), role: .destructive) { asks = true }
        }
        .confirmationDialog(words("app-carried-drop-confirm"), isPresented: $asks) {
            Button(words("app-button-stop-carrying"), role: .destructive) {
                Task { await model.drop(line) }
            }
        }
    }
}

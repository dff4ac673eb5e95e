import PahtKit
import PahtModels
import SwiftUI

/// How one report goes where there is no network.
struct WaysSheet: View {
    @State private var model: WaysModel
    @Environment(\.dismiss) private var dismiss
    @Environment(\.openURL) private var openURL

    init(model: WaysModel) {
        _model = State(initialValue: model)
    }

    private var words: Words { model.words }

    var body: some View {
        NavigationStack {
            List {
                Text(words("app-ways-intro")).foregroundStyle(.secondary)
                TroubleRow(trouble: model.trouble)
                if let explanation = model.explanation { texts(explanation) }
                courier
            }
            .navigationTitle(words("app-ways-title"))
            .toolbar {
                ToolbarItem(placement: .cancellationAction) {
                    Button(words("app-button-close")) { dismiss() }
                }
            }
            .task { await model.load() }
        }
    }

    private func texts(_ explanation: String) -> some View {
        Section(words("app-sms-title")) {
            if let refusal = model.refusal {
                Text(refusal).foregroundStyle(.secondary)
            } else {
                Text(explanation).foregroundStyle(.secondary)
            }
            ForEach(model.messages) { message in
                Button(message.label, systemImage: message.isWritten ? "checkmark" : "message") {
                    openURL(message.address)
                    Task { await model.wrote(message) }
                }
            }
            if let written = model.written { StatusLabel(text: written, tone: .good) }
        }
    }

    private var courier: some View {
        Section(words("app-courier-title")) {
            Text(words("app-courier-explain")).foregroundStyle(.secondary)
            if let made = model.made {
                StatusLabel(text: made, tone: .good)
                ShareLink(items: model.sealed) { Label(words("app-button-share"), systemImage: "square.and.arrow.up") }
            } else if model.isSealing {
                ProgressView(words("app-courier-making"))
            } else {
                Button(words("app-button-give-bundle"), systemImage: "shippingbox") {
                    Task { await model.seal() }
                }
            }
        }
    }
}

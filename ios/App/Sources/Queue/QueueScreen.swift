import PahtCore
import PahtKit
import PahtModels
import SwiftUI

/// What is being sent: the truth about each part.
struct QueueScreen: View {
    let model: QueueModel
    let categories: [CategoryChoice]
    let ways: @MainActor (ReportId) -> WaysModel

    private var words: Words { model.words }

    var body: some View {
        NavigationStack {
            List {
                Section {
                    Text(model.headline)
                        .font(.headline)
                        .accessibilityAddTraits(.updatesFrequently)
                    if let nextTry = model.nextTry { Text(nextTry) }
                    if let failure = model.lastFailure { Text(failure).foregroundStyle(.secondary) }
                    originals
                    TroubleRow(trouble: model.trouble)
                    Button(words("app-button-send-now"), systemImage: "arrow.up") {
                        Task { await model.sendNow() }
                    }
                    .disabled(model.isSending)
                }
                if model.isEmpty { Text(words("app-queue-empty")).foregroundStyle(.secondary) }
                ForEach(model.reports) { report in
                    QueuedSection(report: report, model: model, categories: categories, ways: ways)
                }
                ForEach(model.cases) { acted in
                    Section(acted.title) { ForEach(acted.parts) { PartRow(part: $0) } }
                }
            }
            .navigationTitle(words("app-queue-title"))
            .refreshable { await model.sendNow() }
        }
    }

    @ViewBuilder private var originals: some View {
        if let question = model.originalsQuestion {
            Text(question)
            Button(words("app-button-yes")) {
                Task { await model.sendNow(originals: true) }
            }
            .accessibilityLabel(words("app-button-yes") + ". " + question)
        }
    }
}

/// One report, its parts, and what can be done about it.
private struct QueuedSection: View {
    let report: QueuedReport
    let model: QueueModel
    let categories: [CategoryChoice]
    let ways: @MainActor (ReportId) -> WaysModel

    @State private var edits = false
    @State private var goesOtherWays = false
    @State private var asks = false

    private var words: Words { model.words }

    var body: some View {
        Section(report.title) {
            StatusLabel(text: report.status, tone: report.tone)
            ForEach(report.parts) { PartRow(part: $0) }
            if report.canEdit { Button(words("app-button-edit"), systemImage: "pencil") { edits = true } }
            if report.canHold {
                Button(words("app-button-hold"), systemImage: "pause") {
                    Task { await model.hold(report.line.id) }
                }
            }
            if report.canRelease {
                Button(words("app-button-release"), systemImage: "play") {
                    Task { await model.release(report.line.id) }
                }
            }
            if report.keepsOriginals {
                Button(words("app-button-send-originals"), systemImage: "paperplane") {
                    Task { await model.sendOriginals(of: report.line.id) }
                }
            }
            if report.canGoOtherWays {
                Button(words("app-ways-title"), systemImage: "wifi.slash") { goesOtherWays = true }
            }
            Button(words("app-button-withdraw"), role: .destructive) { asks = true }
        }
        .sheet(isPresented: $goesOtherWays) { WaysSheet(model: ways(report.line.id)) }
        .sheet(isPresented: $edits) { EditSheet(report: report, model: model, categories: categories) }
        .confirmationDialog(words("app-queue-withdraw-confirm"), isPresented: $asks) {
            Button(words("app-button-withdraw"), role: .destructive) {
                Task { await model.withdraw(report.line.id) }
            }
        }
    }
}

private struct PartRow: View {
    let part: PartLine

    var body: some View {
        VStack(alignment: .leading) {
            HStack {
                Text(part.title)
                Spacer()
                Text(part.size).foregroundStyle(.secondary)
            }
            StatusLabel(text: part.state, tone: part.tone)
            if let progress = part.progress { ProgressView(value: progress) }
            if let reason = part.reason { Text(reason).font(.footnote) }
        }
        .accessibilityElement(children: .combine)
    }
}

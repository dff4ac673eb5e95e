import PahtKit
import PahtModels
import SwiftUI

/// An officer's cases, or the way to become one.
struct OfficerScreen: View {
    let model: OfficerModel
    let screens: Screens

    @State private var code = ""
    @State private var asks = false

    private var words: Words { model.words }

    var body: some View {
        List {
            TroubleRow(trouble: model.trouble)
            if let agency = model.agency { Text(agency).font(.headline) } else { enrolment }
            if let hint = model.hint { Text(hint).foregroundStyle(.secondary) }
            if let empty = model.emptyText { Text(empty) }
            ForEach(model.lines) { line in
                NavigationLink {
                    OfficerCaseScreen(line: line, screens: screens)
                } label: {
                    OfficerRow(line: line)
                }
            }
            if !model.stray.isEmpty {
                Section(words("app-way-needs-you")) {
                    ForEach(model.stray) { line in
                        ActRow(line: line, words: words) {
                            Task { await model.sendAgain(line) }
                        } letGo: {
                            Task { await model.letGo(line) }
                        }
                    }
                }
            }
            if model.isOfficer {
                Button(words("app-button-sign-out"), role: .destructive) { asks = true }
            }
        }
        .confirmationDialog(words("app-officer-sign-out-confirm"), isPresented: $asks) {
            Button(words("app-button-sign-out"), role: .destructive) { Task { await model.signOut() } }
        }
        .navigationTitle(words("app-officer-title"))
        .task { await model.watch(screens.phone.changes) }
        .refreshable { await model.load() }
    }

    private var enrolment: some View {
        Section(words("app-officer-sign-in")) {
            TextField(words("app-officer-code"), text: $code)
                .accessibilityLabel(words("app-officer-code"))
            Button(words("app-button-sign-in")) {
                Task {
                    await model.enrol(code: code)
                    // Whose phone it is the code has said; it opens the agency to whoever reads it.
                    if model.isOfficer { code = "" }
                }
            }
            .disabled(code.isEmpty)
        }
    }
}

private struct OfficerRow: View {
    let line: OfficerCaseLine

    var body: some View {
        VStack(alignment: .leading) {
            Label(line.title, systemImage: line.isUrgent ? "exclamationmark.triangle.fill" : "doc.text")
                .font(.headline)
                .lineLimit(2)
            StatusLabel(text: line.due, tone: line.isOverdue ? .warning : .calm)
            if let way = line.way { StatusLabel(text: way, tone: line.tone) }
            HStack {
                Text(line.code)
                if let area = line.area { Text(area) }
            }
            .font(.footnote)
            .foregroundStyle(.secondary)
        }
        .accessibilityElement(children: .combine)
    }
}

/// Something that was done, where it stands, and the ways out where it was not taken.
struct ActRow: View {
    let line: ActLine
    let words: Words
    let sendAgain: @MainActor () -> Void
    let letGo: @MainActor () -> Void

    var body: some View {
        VStack(alignment: .leading) {
            Text(line.what).font(.headline)
            if let said = line.said { Text(said) }
            StatusLabel(text: line.way, tone: line.tone)
            if let reason = line.reason { Text(reason) }
            Text(line.code).font(.footnote).foregroundStyle(.secondary)
        }
        .accessibilityElement(children: .combine)
        if line.needsYou {
            Button(words("app-button-retry"), systemImage: "arrow.clockwise", action: sendAgain)
            Button(words("app-button-delete"), role: .destructive, action: letGo)
        }
    }
}

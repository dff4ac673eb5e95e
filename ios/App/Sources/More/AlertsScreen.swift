import PahtKit
import PahtModels
import SwiftUI

/// Whom to call first, then what the province says.
struct AlertsScreen: View {
    let model: AlertsModel
    let fix: PositionFix?

    private var words: Words { model.words }

    var body: some View {
        NavigationStack {
            List {
                Section {
                    ForEach(model.numbers) { number in
                        if let call = number.call {
                            Link(destination: call) {
                                Label(number.number + " " + words(number.words), systemImage: "phone.fill")
                                    .font(.title2)
                            }
                            .accessibilityLabel(spoken(number))
                        }
                    }
                } header: {
                    Text(words("app-emergency-title"))
                } footer: {
                    Text(words("app-emergency-which"))
                }
                Section {
                    TroubleRow(trouble: model.trouble)
                    if let empty = model.emptyText { Text(empty).foregroundStyle(.secondary) }
                    ForEach(model.lines) { AlertRow(line: $0) }
                }
            }
            .navigationTitle(words("app-alerts-title"))
        }
        .task { await model.load(near: fix) }
    }

    private func spoken(_ number: EmergencyNumber) -> String {
        words(number.words) + ". " + words("app-button-call", ["number": number.number])
    }
}

private struct AlertRow: View {
    let line: AlertLine

    var body: some View {
        VStack(alignment: .leading) {
            Label(line.title, systemImage: "exclamationmark.triangle.fill")
                .font(.headline)
                .foregroundStyle(line.isEmergency ? .red : .primary)
            Text(line.text)
            Text(line.validity).font(.footnote).foregroundStyle(.secondary)
        }
        .accessibilityElement(children: .combine)
        ForEach(line.numbers) { call in
            Link(destination: call.address) {
                Label(call.name + " " + call.number, systemImage: "phone")
            }
            .accessibilityLabel(call.name + " " + call.number)
        }
    }
}

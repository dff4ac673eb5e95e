import PahtCore
import PahtModels
import SwiftUI

/// Changes what was said; a report that was refused then goes again.
struct EditSheet: View {
    let report: QueuedReport
    let model: QueueModel
    let categories: [CategoryChoice]

    @State private var text: String
    @State private var category: CategoryCode
    @Environment(\.dismiss) private var dismiss

    init(report: QueuedReport, model: QueueModel, categories: [CategoryChoice]) {
        self.report = report
        self.model = model
        self.categories = categories
        _text = State(initialValue: report.line.text)
        _category = State(initialValue: report.line.category)
    }

    var body: some View {
        NavigationStack {
            Form {
                Picker(model.words("app-report-category"), selection: $category) {
                    ForEach(categories) { one in
                        Label(one.name, systemImage: one.symbol).tag(one.code)
                    }
                }
                TextField(model.words("app-report-words"), text: $text, axis: .vertical)
                    .lineLimit(2...)
            }
            .navigationTitle(model.words("app-button-edit"))
            .toolbar {
                ToolbarItem(placement: .cancellationAction) {
                    Button(model.words("app-button-cancel")) { dismiss() }
                }
                ToolbarItem(placement: .confirmationAction) {
                    Button(model.words("app-button-save")) {
                        Task {
                            await model.edit(report.line.id, text: text, category: category)
                            dismiss()
                        }
                    }
                }
            }
        }
    }
}

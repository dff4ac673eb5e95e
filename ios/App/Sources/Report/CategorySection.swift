import PahtModels
import SwiftUI

/// What it is about, by icons: one tap.
struct CategorySection: View {
    let model: ReportModel

    var body: some View {
        Section(model.words("app-report-category")) {
            if model.categories.isEmpty {
                Text(model.words("app-loading"))
            }
            LazyVGrid(columns: [GridItem(.adaptive(minimum: 96))], spacing: 8) {
                ForEach(model.categories) { category in
                    CategoryButton(category: category, isChosen: model.category == category.code, model: model)
                }
            }
        }
    }
}

private struct CategoryButton: View {
    let category: CategoryChoice
    let isChosen: Bool
    let model: ReportModel

    var body: some View {
        Button {
            model.choose(category.code)
        } label: {
            VStack {
                Image(systemName: isChosen ? "checkmark.circle.fill" : category.symbol)
                    .font(.title2)
                Text(category.name)
                    .font(.footnote)
                    .multilineTextAlignment(.center)
            }
            .frame(maxWidth: .infinity, minHeight: 72)
        }
        .buttonStyle(.bordered)
        .tint(isChosen ? .accentColor : .secondary)
        .accessibilityLabel(model.words("app-a11y-category", ["name": category.name]))
        .accessibilityValue(isChosen ? model.words("app-a11y-selected") : "")
    }
}

import PahtKit
import PahtModels
import SwiftUI

/// Public cases around the person, as a list.
struct NearbyScreen: View {
    let model: NearbyModel
    let fix: PositionFix?

    var body: some View {
        List {
            if let hint = model.hint { Text(hint).foregroundStyle(.secondary) }
            ForEach(model.lines) { line in
                Link(destination: line.page) {
                    VStack(alignment: .leading) {
                        Text(line.title).font(.headline).lineLimit(2)
                        Text(line.status).font(.subheadline)
                        HStack {
                            if let area = line.area { Text(area) }
                            if let distance = line.distance { Text(distance) }
                        }
                        .font(.footnote)
                        .foregroundStyle(.secondary)
                    }
                }
                .accessibilityElement(children: .combine)
            }
        }
        .navigationTitle(model.words("app-nearby-title"))
        .task { await model.load(near: fix) }
        .refreshable { await model.load(near: fix) }
    }
}

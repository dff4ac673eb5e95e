import PahtModels
import SwiftUI

/// Where it is: the phone's position with its ring, or none. No map is needed.
struct PlaceSection: View {
    let model: ReportModel

    var body: some View {
        Section(model.words("app-report-place")) {
            HStack {
                AccuracyRing(metres: model.ringMetres)
                Text(model.placeLine)
            }
            .accessibilityElement(children: .combine)
            Button(model.words("app-button-my-position"), systemImage: "location") { model.useMyPosition() }
                .accessibilityHint(model.words("app-a11y-map-not-needed"))
            Button(model.words("app-button-no-place"), systemImage: "location.slash") { model.leaveOutPlace() }
        }
    }
}

/// A ring that is as wide as the phone is unsure, up to 64 points for 100 m and more.
struct AccuracyRing: View {
    let metres: Int?

    private var side: CGFloat { 16 + CGFloat(min(metres ?? 100, 100)) * 0.48 }

    var body: some View {
        ZStack {
            if metres != nil {
                Circle()
                    .fill(Color.accentColor.opacity(0.2))
                    .frame(width: side, height: side)
            }
            Circle()
                .fill(metres == nil ? Color.secondary : Color.accentColor)
                .frame(width: 10, height: 10)
        }
        .frame(width: 64, height: 64)
        .accessibilityHidden(true)
    }
}

import PahtKit
import PahtModels
import SwiftUI

/// What is wrong, and the way out.
struct TroubleView: View {
    let trouble: Trouble
    let words: Words
    let retry: @MainActor () -> Void

    var body: some View {
        VStack(spacing: 16) {
            Label(words("app-error-title"), systemImage: "exclamationmark.triangle")
                .font(.headline)
                .accessibilityAddTraits(.isHeader)
            Text(trouble.text)
                .multilineTextAlignment(.center)
            Button(words("app-button-retry"), action: retry)
                .buttonStyle(.borderedProminent)
        }
        .padding()
    }
}

/// The same in a list's row.
struct TroubleRow: View {
    let trouble: Trouble?

    var body: some View {
        if let trouble {
            Label(trouble.text, systemImage: "exclamationmark.triangle")
                .foregroundStyle(.orange)
        }
    }
}

extension Tone {
    var color: Color {
        switch self {
        case .calm: .secondary
        case .busy: .accentColor
        case .good: .green
        case .warning: .orange
        }
    }

    /// A shape beside the colour: not everybody sees colours.
    var symbol: String {
        switch self {
        case .calm: "circle"
        case .busy: "arrow.up.circle"
        case .good: "checkmark.circle.fill"
        case .warning: "exclamationmark.circle.fill"
        }
    }
}

/// Where something stands, as a symbol and words.
struct StatusLabel: View {
    let text: String
    let tone: Tone

    var body: some View {
        Label(text, systemImage: tone.symbol)
            .font(.subheadline)
            .foregroundStyle(tone.color)
            .accessibilityLabel(text)
    }
}

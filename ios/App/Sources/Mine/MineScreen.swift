import PahtKit
import PahtModels
import SwiftUI

/// The person's reports, newest first.
struct MineScreen: View {
    let screens: Screens
    let model: MineModel

    var body: some View {
        NavigationStack {
            List {
                TroubleRow(trouble: model.trouble)
                if model.isEmpty {
                    ContentUnavailableView {
                        Label(model.words("app-mine-title"), systemImage: "tray")
                    } description: {
                        Text(model.words("app-mine-empty"))
                    }
                }
                ForEach(model.lines) { line in
                    NavigationLink {
                        CaseScreen(model: screens.caseModel(of: line.report), screens: screens)
                    } label: {
                        MineRow(line: line)
                    }
                }
                if model.hasMore {
                    Button(model.words("app-button-more")) {
                        Task { await model.loadMore() }
                    }
                }
            }
            .navigationTitle(model.words("app-mine-title"))
            .refreshable { await screens.send() }
        }
    }
}

private struct MineRow: View {
    let line: MineLine

    var body: some View {
        HStack {
            Thumbnail(path: line.picture)
                .accessibilityHidden(true)
            VStack(alignment: .leading) {
                Text(line.title).font(.headline).lineLimit(2)
                StatusLabel(text: line.status, tone: line.tone)
                Text(line.made).font(.footnote).foregroundStyle(.secondary)
                if let code = line.code { Text(code).font(.footnote).foregroundStyle(.secondary) }
            }
        }
        .accessibilityElement(children: .combine)
    }
}

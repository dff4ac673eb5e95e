import PahtKit
import PahtModels
import SwiftUI

/// A report and its case: where it stands, before and after, what happened, and what the person may do.
struct CaseScreen: View {
    @State private var model: CaseModel
    let screens: Screens

    init(model: CaseModel, screens: Screens) {
        _model = State(initialValue: model)
        self.screens = screens
    }

    private var words: Words { model.words }

    var body: some View {
        List {
            Section {
                StatusLabel(text: model.status, tone: model.tone)
                if let review = model.review { Label(review, systemImage: "star") }
                if let due = model.due {
                    Label(due, systemImage: model.isOverdue ? "exclamationmark.circle" : "clock")
                }
                if let page = model.publicPage {
                    ShareLink(item: page) { Label(words("app-button-share"), systemImage: "square.and.arrow.up") }
                        .accessibilityLabel(words("app-button-share"))
                }
                TroubleRow(trouble: model.trouble)
                if let thanks = model.thanks { Text(thanks) }
            }
            pictures
            FeedbackSections(model: model) {
                Task { await screens.send() }
            }
            Section {
                ForEach(model.timeline) { TimelineRow(line: $0) }
            }
        }
        .navigationTitle(model.title)
        .task { await model.watch(screens.phone.changes) }
        .refreshable { await screens.send() }
    }

    @ViewBuilder private var pictures: some View {
        if !model.before.isEmpty {
            Section(words("app-mine-before")) { PictureRow(pictures: model.before, words: words) }
        }
        ForEach(model.answers) { answer in
            Section(words("app-mine-after")) {
                PictureRow(pictures: answer.after, words: words)
                Text(answer.text)
                Text(answer.agency + ", " + answer.when).font(.footnote).foregroundStyle(.secondary)
            }
        }
    }
}

/// Pictures side by side.
struct PictureRow: View {
    let pictures: [URL]
    let words: Words

    var body: some View {
        ScrollView(.horizontal) {
            HStack {
                ForEach(pictures, id: \.self) { picture in
                    one(picture)
                        .accessibilityLabel(label(picture))
                }
            }
        }
    }

    @ViewBuilder private func one(_ picture: URL) -> some View {
        if picture.isFileURL {
            Thumbnail(path: picture.path, side: 160)
        } else {
            AsyncImage(url: picture) { image in
                image.resizable().aspectRatio(contentMode: .fill)
            } placeholder: {
                ProgressView()
            }
            .frame(width: 160, height: 160)
            .clipShape(RoundedRectangle(cornerRadius: 8))
        }
    }

    private func label(_ picture: URL) -> String {
        let place = (pictures.firstIndex(of: picture) ?? 0) + 1
        return words("app-a11y-photo", ["number": String(place), "all": String(pictures.count)])
    }
}

/// What happened, what was said with it, and when.
struct TimelineRow: View {
    let line: TimelineLine

    var body: some View {
        VStack(alignment: .leading) {
            Text(line.what)
            if let said = line.said { Text(said).foregroundStyle(.secondary) }
            Text(line.when).font(.footnote).foregroundStyle(.secondary)
        }
        .accessibilityElement(children: .combine)
    }
}

import Foundation
import PahtKit
import PahtModels
import SwiftUI

/// The photos and videos so far, each with a way to take it out again.
struct CaptureStrip: View {
    let captures: [String]
    let words: Words
    let path: (String) -> URL
    var isVoice: (String) -> Bool = { _ in false }
    let remove: @MainActor (String) -> Void

    var body: some View {
        if !captures.isEmpty {
            ScrollView(.horizontal) {
                HStack {
                    ForEach(captures, id: \.self) { capture in
                        VStack {
                            if isVoice(capture) {
                                Thumbnail(path: nil, symbol: "mic.fill")
                                    .accessibilityLabel(words("app-part-voice-note"))
                            } else {
                                Thumbnail(path: path(capture).path)
                                    .accessibilityLabel(spoken("app-a11y-photo", capture))
                            }
                            Button(role: .destructive) {
                                remove(capture)
                            } label: {
                                Image(systemName: "trash")
                            }
                            .accessibilityLabel(spoken("app-a11y-remove-photo", capture))
                        }
                    }
                }
            }
        }
    }

    private func spoken(_ id: String, _ capture: String) -> String {
        let place = (captures.firstIndex(of: capture) ?? 0) + 1
        return words(id, ["number": String(place), "all": String(captures.count)])
    }
}

/// A small picture of a file; a symbol where it has none.
struct Thumbnail: View {
    let path: String?
    var side: CGFloat = 72
    var symbol = "photo"

    var body: some View {
        Group {
            if let path, let picture = UIImage(contentsOfFile: path) {
                Image(uiImage: picture)
                    .resizable()
                    .aspectRatio(contentMode: .fill)
            } else {
                Image(systemName: symbol)
                    .foregroundStyle(.secondary)
            }
        }
        .frame(width: side, height: side)
        .clipShape(RoundedRectangle(cornerRadius: 8))
    }
}

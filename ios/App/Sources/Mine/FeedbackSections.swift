import PahtKit
import PahtModels
import SwiftUI

/// What the person may do now: answer a question, rate, reopen, add words, withdraw. Each is kept at once.
struct FeedbackSections: View {
    let model: CaseModel
    let done: @MainActor () -> Void

    @State private var reply = ""
    @State private var why = ""
    @State private var reason = ""
    @State private var comment = ""
    @State private var asks = false

    private var words: Words { model.words }

    var body: some View {
        if let question = model.question {
            Section(words("app-question-title")) {
                Text(question)
                field("app-button-reply", $reply)
                Button(words("app-button-reply"), systemImage: "arrowshape.turn.up.left") {
                    perform { await model.reply(reply) }
                }
            }
        }
        if model.rateable != nil {
            Section(words("app-rate-title")) {
                field("app-rate-why", $why)
                ForEach(1..<6) { grade in
                    Button {
                        perform { await model.rate(grade: UInt8(grade), why: why) }
                    } label: {
                        Label(words("app-grade-\(grade)"), systemImage: "\(grade).circle")
                    }
                    .accessibilityLabel(words("app-grade-\(grade)"))
                }
            }
        }
        if model.reopenable != nil {
            Section {
                field("app-reopen-reason", $reason)
                Button(words("app-button-reopen"), systemImage: "arrow.uturn.backward") {
                    perform { await model.reopen(reason: reason) }
                }
            } header: {
                Text(words("app-reopen-title"))
            } footer: {
                Text(words("app-reopen-prompt"))
            }
        }
        Section {
            field("app-comment-prompt", $comment)
            Button(words("app-button-comment"), systemImage: "text.bubble") {
                perform { await model.comment(comment) }
            }
            if model.canWithdraw {
                Button(words("app-button-withdraw"), role: .destructive) { asks = true }
            }
        }
        .confirmationDialog(words("app-queue-withdraw-confirm"), isPresented: $asks) {
            Button(words("app-button-withdraw"), role: .destructive) { perform { await model.withdraw() } }
        }
    }

    private func field(_ id: String, _ text: Binding<String>) -> some View {
        TextField(words(id), text: text, axis: .vertical)
            .accessibilityLabel(words(id))
    }

    private func perform(_ verb: @escaping @MainActor () async -> Void) {
        Task {
            await verb()
            guard model.trouble == nil else { return }
            (reply, why, reason, comment) = ("", "", "", "")
            done()
        }
    }
}

import PahtCore
import PahtKit

// What a review says, ready to be read.

extension Words {
    /// A phrase; nil for one of a newer program.
    public func phrase(_ phrase: ReviewPhrase) -> String? { reviewPhraseId(phrase: phrase).map { self($0) } }

    /// Stars and phrases on one line.
    public func review(_ review: Review) -> String {
        let stars = review.stars.map { self("app-a11y-stars", ["count": String($0)]) }
        return ([stars] + review.phrases.map(phrase)).compactMap { $0 }.joined(separator: " · ")
    }
}

import Foundation
import PahtCore

/// What people read: the core's one set of words, in the person's language.
public struct Words: Sendable, Equatable {
    /// The language spoken.
    public let language: Language

    public init(language: Language) { self.language = language }

    /// The best match for BCP 47 tags, the most wanted first; Vietnamese where nothing fits.
    public init(tags: [String]) { language = bestLanguage(tags: tags.joined(separator: ",")) }

    /// The phone's own.
    public static func ofPhone() -> Words { Words(tags: Locale.preferredLanguages) }

    /// A message by its id; the id itself where there is none, so that a gap is seen.
    public func callAsFunction(_ id: String) -> String { say(language: language, id: id) }

    /// A message with its arguments: text ready to be read, and `count` as plain digits.
    public func callAsFunction(_ id: String, _ args: [String: String]) -> String {
        sayWith(language: language, id: id, args: args)
    }

    /// What is wrong, and the way out.
    public func error(_ code: ErrorCode) -> String { sayError(language: language, code: code) }

    /// The same for whatever was thrown. A fault of ours has the words of a storage that failed: try again, what was
    /// saved is safe.
    public func error(_ error: any Error) -> String {
        self.error((error as? PahtError)?.code ?? .storageFailed)
    }
}

import Foundation
import Observation
import PahtCore
import PahtKit

/// The settings, and with them the words that every screen speaks.
@MainActor @Observable public final class SettingsModel {
    public private(set) var settings: Settings
    /// The words of every screen, in the language chosen.
    public private(set) var words: Words
    /// Why the last choice could not be kept; it holds until the app ends.
    public private(set) var trouble: Trouble?

    private let shelf: any SettingsShelf
    private let phoneTags: [String]
    private let apply: (DataPolicy) -> Void
    private let meter: () -> Meter?

    /// - Parameters:
    ///   - phoneTags: the phone's languages, the most wanted first.
    ///   - apply: told the data policy at the start and at every change.
    ///   - meter: what was sent so far.
    public init(
        shelf: any SettingsShelf, phoneTags: [String] = Locale.preferredLanguages,
        apply: @escaping (DataPolicy) -> Void = { _ in }, meter: @escaping () -> Meter? = { nil }
    ) {
        let kept = shelf.read() ?? Settings()
        self.shelf = shelf
        self.phoneTags = phoneTags
        self.apply = apply
        self.meter = meter
        self.settings = kept
        self.words = Words(tags: kept.language.map { [$0] } ?? phoneTags)
        apply(kept.dataPolicy)
    }

    /// The language chosen; nil for the phone's own.
    public var language: Language? {
        get { settings.language.map { Words(tags: [$0]).language } }
        set { change { $0.language = newValue?.tag } }
    }

    public var dataPolicy: DataPolicy {
        get { settings.dataPolicy }
        set { change { $0.dataPolicy = newValue } }
    }

    public var name: String {
        get { settings.name }
        set { change { $0.name = newValue } }
    }

    public var number: String {
        get { settings.number }
        set { change { $0.number = newValue } }
    }

    /// The name to seal into a report; nil where none is given.
    public var senderName: String? { given(settings.name) }
    /// The number to seal into a report; nil where none is given.
    public var senderNumber: String? { given(settings.number) }

    /// What a policy is called.
    public func title(of policy: DataPolicy) -> String {
        switch policy {
        case .any: words("app-settings-data-any")
        case .free: words("app-settings-data-wifi")
        case .ask: words("app-settings-data-ask")
        }
    }

    /// What was sent so far, and what going on where it was cut has spared; nil where nobody counts.
    public var used: String? {
        meter().map {
            words("app-settings-data-used", ["sent": words.size($0.sentBytes), "saved": words.size($0.savedBytes)])
        }
    }

    private func change(_ choice: (inout Settings) -> Void) {
        choice(&settings)
        words = Words(tags: settings.language.map { [$0] } ?? phoneTags)
        apply(settings.dataPolicy)
        do {
            try shelf.keep(settings)
            trouble = nil
        } catch {
            trouble = Trouble(.storageFailed, words: words)
        }
    }

    private func given(_ text: String) -> String? {
        let bare = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return bare.isEmpty ? nil : bare
    }
}

import Foundation
import Observation
import PahtCore
import PahtKit

/// The screen on which a report is made: camera first, at most three taps to saved (photo, category, save).
///
/// Every change is kept as a draft at once. A report that is saved leaves the draft; one that is refused stays in it with
/// the reason, so nothing is ever typed twice.
@MainActor @Observable public final class ReportModel {
    /// How far it is.
    public enum Saving: Sendable, Equatable {
        case editing
        case saving
        /// Kept on the phone, whatever happens now.
        case saved(ReportId)
        /// Not kept; the draft is still there.
        case refused(Trouble)
    }

    /// What a report still lacks.
    public enum Lack: Sendable, Equatable {
        /// Neither words nor a capture.
        case content
        case category
    }

    public private(set) var draft = Draft()
    public private(set) var saving = Saving.editing
    public private(set) var categories: [CategoryChoice] = []
    /// The number to call, from the card.
    public private(set) var hotline: String?
    /// The phone's position, the newest.
    public private(set) var fix: PositionFix?
    /// Whether an unfinished report of earlier was found.
    public private(set) var wasFound = false
    /// Why the draft could not be kept; the report can still be saved.
    public private(set) var draftTrouble: Trouble?

    private let phone: any ReportMaking & ReportReading
    private let shelf: any DraftShelf
    private let settings: SettingsModel
    private let now: @Sendable () -> Date

    public init(
        phone: any ReportMaking & ReportReading, shelf: any DraftShelf, settings: SettingsModel,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.phone = phone
        self.shelf = shelf
        self.settings = settings
        self.now = now
        if let found = shelf.read() {
            draft = found
            wasFound = true
        }
    }

    public var words: Words { settings.words }

    /// Reads the province's card, and clears a draft that had become a report when the app was killed.
    public func begin() async {
        if draft.isHandedIn, await isReport(draft) { discard() }
        await readCard()
    }

    /// Reads the categories anew: a province's card comes with the first sync.
    public func readCard() async {
        guard let card = try? await phone.card() else { return }
        categories = CategoryChoice.all(of: card, naming: Naming(words: words, card: card))
        hotline = card.hotline
    }

    // MARK: - what it is made of

    public var text: String {
        get { draft.text }
        set { change { $0.text = newValue } }
    }

    public var category: CategoryCode? { draft.category.map { CategoryCode($0) } }

    public func choose(_ code: CategoryCode) { change { $0.category = code.text } }

    /// Takes in a photo or video from the camera, the gallery, or another app's share.
    public func add(capture: URL) {
        guard draft.captures.count < Self.capturesMax else {
            saving = .refused(Trouble(.reportTooManyCaptures, words: words))
            return
        }
        do {
            let name = try shelf.takeIn(capture)
            change { $0.captures.append(name) }
        } catch {
            saving = .refused(Trouble(Trouble.code(keeping: error, otherwise: .mediaUnreadable), words: words))
        }
    }

    public func remove(capture: String) {
        shelf.drop(capture)
        change { $0.captures.removeAll { $0 == capture } }
    }

    /// Whether a capture is a spoken note, by its file's ending: what it is the core reads from its bytes.
    public func isVoice(_ capture: String) -> Bool {
        ["m4a", "awb", "amr", "ogg", "opus"].contains((capture as NSString).pathExtension.lowercased())
    }

    /// Where a capture lies, to be shown.
    public func path(of capture: String) -> URL { shelf.path(of: capture) }

    // MARK: - the place

    public func pin(latitude: Double, longitude: Double) {
        change { $0.place = .pinned(latitude: latitude, longitude: longitude) }
    }
    public func useMyPosition() { change { $0.place = .automatic } }
    public func leaveOutPlace() { change { $0.place = .without } }

    /// Takes a newer position. A made-up one never replaces a real one.
    public func take(_ newer: PositionFix) {
        if newer.isSimulated, let fix, !fix.isSimulated { return }
        fix = newer
    }

    /// Follows the phone's position until its task ends.
    public func follow<Fixes: AsyncSequence & Sendable>(_ fixes: Fixes) async where Fixes.Element == PositionFix {
        do { for try await newer in fixes { take(newer) } } catch { return }
    }

    /// What the ring around the person shows, in metres; nil where there is no ring to show.
    public var ringMetres: Int? {
        guard draft.place == .automatic else { return nil }
        switch fix?.worth(at: now()) {
        case .exact(let metres), .coarse(let metres): return metres
        case .old, .simulated, .some(.none), nil: return nil
        }
    }

    /// What is said about the place.
    public var placeLine: String {
        switch draft.place {
        case .pinned: words("app-report-place-pinned")
        case .without: words("app-button-no-place")
        case .automatic:
            if let metres = ringMetres {
                words("app-report-place-accuracy", ["metres": String(metres)])
            } else if fix == nil {
                words("app-report-place-waiting")
            } else {
                words("app-report-place-unknown")
            }
        }
    }

    // MARK: - saving

    /// What it still lacks; nil when it can be saved.
    public var lack: Lack? {
        let isBare = draft.captures.isEmpty && draft.text.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty
        if isBare { return .content }
        return draft.category == nil ? .category : nil
    }

    public var canSave: Bool { lack == nil && saving != .saving }

    /// Saves the report on the phone. It is sent by itself; this never waits for a network.
    public func save() async {
        guard saving != .saving else { return }
        if let lack {
            saving = .refused(Trouble(lack == .category ? .categoryMissing : .reportEmpty, words: words))
            return
        }
        saving = .saving
        do {
            // Killed between these lines, the next start finds out by `isHandedIn` whether the report exists.
            draft.isHandedIn = true
            try? shelf.keep(draft)
            let id = try await phone.report(new: newReport())
            discard()
            saving = .saved(id)
        } catch {
            draft.isHandedIn = false
            try? shelf.keep(draft)
            saving = .refused(Trouble(error, words: words))
        }
    }

    /// Begins a new report, after one was saved or to throw this one away.
    public func discard() {
        shelf.clear()
        draft = Draft()
        wasFound = false
        saving = .editing
    }

    /// The person has seen that there was a draft.
    public func resume() { wasFound = false }

    /// Most captures in one report; the core holds the same limit.
    public static let capturesMax = 12

    private func newReport() throws -> NewReport {
        var at: Point?
        if case .pinned(let latitude, let longitude) = draft.place {
            at = try pointOfDegrees(lat: latitude, lon: longitude)
        }
        return NewReport(
            files: draft.captures.map { shelf.path(of: $0).path }, text: draft.text, category: category, at: at,
            fix: draft.place == .automatic ? phoneFix : nil, phoneNumber: settings.senderNumber,
            name: settings.senderName, language: words.language.tag, hold: false)
    }

    private var phoneFix: Fix? {
        guard let fix, fix.isUsable(at: now()) else { return nil }
        guard let point = try? pointOfDegrees(lat: fix.latitude, lon: fix.longitude) else { return nil }
        return Fix(point: point, accuracyM: UInt32(fix.accuracyMetres.rounded(.up)))
    }

    private func isReport(_ draft: Draft) async -> Bool {
        guard let newest = try? await phone.list(after: nil, limit: 1).first else { return false }
        return newest.text == draft.text && newest.category.text == draft.category
            && newest.captures.count == draft.captures.count
    }

    private func change(_ edit: (inout Draft) -> Void) {
        let before = draft
        edit(&draft)
        // A field that says again what it says does not take "saved" from the screen.
        guard draft != before else { return }
        if saving != .saving { saving = .editing }
        do {
            try shelf.keep(draft)
            draftTrouble = nil
        } catch {
            draftTrouble = Trouble(Trouble.code(keeping: error, otherwise: .storageFailed), words: words)
        }
    }
}

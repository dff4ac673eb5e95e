import Foundation
import Observation
import PahtCore
import PahtKit

/// Rating a service without account, in taps: stars and ready phrases, words only if wanted. It is filed as a report, so it
/// is kept and sent like one, and needs no network.
@MainActor @Observable public final class ServiceModel {
    public enum Standing: Sendable, Equatable {
        case unread
        case shown
        /// No service of the list has what is written; it can be reviewed by that name.
        case empty
        /// What was last heard, so long ago as the text says.
        case old(String)
        /// The list needs a network, and was never heard. A name or the sign at the door is enough all the same.
        case unreachable(Trouble)
    }

    /// Of two that exclude each other the last one tapped counts.
    private static let opposites: [(ReviewPhrase, ReviewPhrase)] = [
        (.clean, .dirty), (.friendly, .rude), (.fairPrice, .overcharged),
    ]

    /// What is written: it finds services, and is the service's name where none is chosen.
    public var name = ""
    /// The service chosen, from the list or by a sign at a door.
    public private(set) var chosen: ServiceCode?
    /// 1 to 5; 0 where none are given.
    public private(set) var stars: UInt8 = 0
    public private(set) var tapped: Set<ReviewPhrase> = []
    /// In the person's words; may stay empty.
    public var text = ""
    /// Names of the photos' files, in the order they were added.
    public private(set) var photos: [String] = []
    /// The review just kept; nil before, and for the next one.
    public private(set) var kept: ReportId?
    public private(set) var trouble: Trouble?

    private var all: [ServiceLine] = []
    /// What the hub found, and for which words.
    private var found: (words: String, lines: [ServiceLine])?
    private var listing = Standing.unread
    private var here: Point?

    private let phone: any ReportMaking & ServiceReading
    private let settings: SettingsModel
    private let shelf: any DraftShelf

    /// `shelf` keeps the photos of a review that is not sent yet; what an earlier life left there is cleared.
    public init(phone: any ReportMaking & ServiceReading, settings: SettingsModel, shelf: any DraftShelf) {
        self.phone = phone
        self.settings = settings
        self.shelf = shelf
        shelf.clear()
    }

    public var words: Words { settings.words }

    // MARK: - which service

    /// Shows the services last heard of, then asks the hub for them; the nearest first where the position is known.
    public func load(near fix: PositionFix?) async {
        here = fix.flatMap { try? pointOfDegrees(lat: $0.latitude, lon: $0.longitude) }
        let language = words.language.tag
        let last = (try? await phone.servicesKept(about: here, language: language)) ?? nil
        if let last { show(last, .old(words.duration(TimeInterval(last.ageMs) / 1_000))) }
        do {
            show(try await phone.services(words: "", about: here, language: language), .shown)
        } catch {
            if last == nil { listing = .unreachable(Trouble(error, words: words)) }
        }
    }

    /// Asks the hub for what is written: its list may be longer than what a phone keeps. Without a network what is kept is
    /// searched, as while the person still writes.
    public func search() async {
        let asked = name
        guard !bare(asked).isEmpty else { return found = nil }
        let told = try? await phone.services(words: asked, about: here, language: words.language.tag)
        // What was written meanwhile is asked for by itself.
        if let told, asked == name { found = (asked, told.services) }
    }

    /// The services to choose from: those that have every word that is written.
    public var rows: [ServiceRow] { fitting.map { ServiceRow($0, words: words) } }

    public var standing: Standing {
        bare(name).isEmpty || !fitting.isEmpty || listing == .unread || all.isEmpty ? listing : .empty
    }

    /// What is said above or instead of the list; nil where the list says it all.
    public var hint: String? {
        switch standing {
        case .unread: words("app-loading")
        case .empty: words("app-nothing-here")
        case .old(let age): words("app-offline") + " (" + age + ")"
        case .unreachable(let trouble): trouble.text
        case .shown: nil
        }
    }

    /// Chooses one of the list.
    public func choose(_ code: ServiceCode) { (chosen, trouble) = (code, nil) }

    /// Begins a review of the service that a sign at a door names: it need not be in the list. What was tapped for another
    /// service does not count for this one.
    public func begin(at code: ServiceCode) {
        if chosen != code { clear() }
        kept = nil
        choose(code)
    }

    public func unchoose() { chosen = nil }

    /// What the chosen service is called; its code where the list does not have it.
    public var chosenName: String? {
        guard let chosen else { return nil }
        return (all + (found?.lines ?? [])).first { $0.code == chosen }?.name ?? chosen.text
    }

    /// The service that is reviewed; nil while nothing is chosen or written.
    public var service: Service? {
        if let chosen { return .listed(chosen) }
        return bare(name).isEmpty ? nil : .named(bare(name))
    }

    // MARK: - what is said of it

    /// Every phrase, in the order to show them.
    public var phrases: [ReviewPhrase] { reviewPhrases() }

    public func title(of phrase: ReviewPhrase) -> String { words.phrase(phrase) ?? "" }

    public func give(stars: UInt8) { self.stars = min(max(stars, 1), 5) }

    public func tap(_ phrase: ReviewPhrase) {
        guard tapped.remove(phrase) == nil else { return }
        for (one, other) in Self.opposites {
            if phrase == one { tapped.remove(other) }
            if phrase == other { tapped.remove(one) }
        }
        tapped.insert(phrase)
    }

    /// Takes in a photo from the camera or the gallery.
    public func add(photo: URL) {
        guard photos.count < ReportModel.capturesMax else {
            trouble = Trouble(.reportTooManyCaptures, words: words)
            return
        }
        do { photos.append(try shelf.takeIn(photo)) } catch {
            trouble = Trouble(Trouble.code(keeping: error, otherwise: .mediaUnreadable), words: words)
        }
    }

    public func remove(photo: String) {
        shelf.drop(photo)
        photos.removeAll { $0 == photo }
    }

    /// Where a photo lies, to be shown.
    public func path(of photo: String) -> URL { shelf.path(of: photo) }

    public var canSend: Bool {
        service != nil && (stars > 0 || !tapped.isEmpty || !bare(text).isEmpty || !photos.isEmpty)
    }

    /// Keeps the review on the phone. It is sent by itself; this never waits for a network.
    public func send() async {
        let given = Review(
            service: service ?? .named(""), stars: stars > 0 ? stars : nil, phrases: phrases.filter(tapped.contains))
        // Without a category and a place: the core files it, and takes it to be from where the service is.
        let new = NewReport(
            files: photos.map { shelf.path(of: $0).path }, text: bare(text), category: nil,
            language: words.language.tag, review: given)
        do {
            let id = try await phone.report(new: new)
            clear()
            kept = id
        } catch {
            trouble = Trouble(error, words: words)
        }
    }

    /// Begins the next one.
    public func again() { kept = nil }

    private func clear() {
        (name, text, stars, tapped, chosen, found, trouble) = ("", "", 0, [], nil, nil, nil)
        photos = []
        shelf.clear()
    }

    // MARK: - the list

    private func show(_ services: Services, _ standing: Standing) {
        all = services.services
        listing = standing
    }

    private var fitting: [ServiceLine] {
        let wanted = Self.folded(name)
        if let found, found.words == name { return found.lines }
        return all.filter { line in
            let own = Self.folded([line.code.text, line.name, line.kind, line.address].joined(separator: " "))
            return wanted.allSatisfy { word in own.contains { $0.hasPrefix(word) } }
        }
    }

    /// The words of a text without accents, as the hub compares them.
    private static func folded(_ text: String) -> [Substring] {
        text.lowercased().replacing("đ", with: "d")
            .folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil)
            .split { !$0.isLetter && !$0.isNumber }
    }

    private func bare(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
}

import Foundation
import Observation
import PahtCore
import PahtKit

/// One case before an officer: begun, answered with after-photos, given back, or more time asked for, where the work is done,
/// with or without a network. What is written and photographed for the answer is kept at once, as a report's draft is.
@MainActor @Observable public final class OfficerCaseModel {
    /// Most photos in one answer; the core holds the same limit.
    public static let photosMax = 12

    public let report: ReportId
    /// Nil before the first reading, and once the agency owes nothing any more.
    public private(set) var line: OfficerCaseLine?
    /// The citizen's words.
    public private(set) var text = ""
    /// What it is about, and the commune.
    public private(set) var about = ""
    /// Where the phone's map shows the place; nil where none is known.
    public private(set) var map: URL?
    /// What the citizen photographed, as far as it was got.
    public private(set) var before: [URL] = []
    public private(set) var timeline: [TimelineLine] = []
    /// What this phone did to it, oldest first.
    public private(set) var acts: [ActLine] = []
    public private(set) var canStart = false
    /// Whether it can be answered, given back, or more time be asked for.
    public private(set) var isOpen = false
    /// What an answer in this category needs, said before it is given; nil where words are enough.
    public private(set) var asked: String?
    public private(set) var trouble: Trouble?
    /// Said after something was kept.
    public private(set) var note: String?
    private var draft: Draft
    private var share: OfficerShare?
    private var hubNow = Date()

    private let phone: any OfficerDesk & ReportReading
    private let shelf: any DraftShelf
    private let settings: SettingsModel
    private let zone: TimeZone

    /// - Parameter shelf: this case's own, for the answer that is not given yet.
    public init(
        report: ReportId, phone: any OfficerDesk & ReportReading, shelf: any DraftShelf, settings: SettingsModel,
        zone: TimeZone = .current
    ) {
        self.report = report
        self.phone = phone
        self.shelf = shelf
        self.settings = settings
        self.zone = zone
        draft = shelf.read() ?? Draft()
    }

    public var words: Words { settings.words }

    /// Reads the kept case, and gets its pictures where there is a network.
    public func load() async {
        await read()
        await readPictures()
    }

    /// Keeps the screen true until its task ends.
    public func watch(_ changes: ChangeFeed) async {
        let notices = changes.notices()
        await load()
        for await notice in notices where notice == .cases { await read() }
    }

    // MARK: - the answer

    public var answer: String {
        get { draft.text }
        set { change { $0.text = newValue } }
    }

    /// The after-photos so far.
    public var photos: [URL] { draft.captures.map(shelf.path) }

    public func add(photo: URL) {
        guard draft.captures.count < Self.photosMax else { return refuse(.reportTooManyCaptures) }
        do {
            let name = try shelf.takeIn(photo)
            change { $0.captures.append(name) }
        } catch {
            refuse(Trouble.code(keeping: error, otherwise: .mediaUnreadable))
        }
    }

    public func remove(photo: URL) {
        let name = photo.lastPathComponent
        shelf.drop(name)
        change { $0.captures.removeAll { $0 == name } }
    }

    /// Answers. Where the category asks for a picture that is not there, the core refuses it at once.
    public func sendAnswer() async {
        let deed = NewDeed.answer(text: bare(draft.text), files: photos.map(\.path))
        guard await act(deed) else { return }
        shelf.clear()
        draft = Draft()
    }

    // MARK: - the other acts

    public func start() async { await act(.start) }

    public func giveBack(reason: String) async { await act(.return(reason: bare(reason))) }

    /// Asks for so many days more, from the deadline or, where that is over, from now.
    public func askForTime(days: Int, reason: String) async {
        guard let share else { return refuse(.caseUnknown) }
        let until = max(share.due, hubNow).addingTimeInterval(Double(days) * 86_400)
        guard await act(.askTime(until: until, reason: bare(reason))) else { return }
        note = words("app-officer-more-asked", ["count": String(days)])
    }

    public func letGo(_ line: ActLine) async {
        await perform { try await $0.letActGo(report: line.report, id: line.act) }
    }

    public func sendAgain(_ line: ActLine) async {
        await perform { try await $0.sendActAgain(report: line.report, id: line.act) }
    }

    @discardableResult private func act(_ deed: NewDeed) async -> Bool {
        guard let share else {
            refuse(.caseUnknown)
            return false
        }
        let isKept = await perform {
            _ = try await $0.act(report: self.report, assignment: share.assignment, deed: deed)
        }
        if isKept { note = words("app-officer-will-be-sent") }
        return isKept
    }

    @discardableResult private func perform(
        _ verb: (any OfficerDesk & ReportReading) async throws -> Void
    ) async -> Bool {
        note = nil
        do {
            try await verb(phone)
            trouble = nil
        } catch {
            trouble = Trouble(error, words: words)
            return false
        }
        await read()
        return true
    }

    // MARK: - reading

    private func read() async {
        do {
            let naming = Naming(words: words, card: try await phone.card())
            let kept = try await phone.casesKept()
            guard let kept, let one = kept.cases.first(where: { $0.report == report }) else {
                return await gone(naming)
            }
            show(one, now: kept.hubNow, naming: naming)
            asked = naming.evidence(of: one).map { words($0) }
        } catch {
            trouble = Trouble(error, words: words)
        }
    }

    private func show(_ one: OfficerCase, now: Date, naming: Naming) {
        (share, hubNow, text) = (one.share, now, one.text)
        line = naming.line(of: one, now: now)
        about = [naming.about(one), one.area.map(naming.area)].compactMap { $0 }.joined(separator: ", ")
        map = one.place.flatMap { Self.map(of: $0.point) }
        timeline = naming.timeline(of: one, zone: zone)
        acts = one.acts.map { naming.line(of: $0, zone: zone) }
        isOpen = share?.isOpen == true && one.handover == nil
        let isStarting = one.acts.contains { $0.deed == .start && $0.isOnItsWay }
        canStart = isOpen && share?.state == .dispatched && !isStarting
    }

    /// The hub lists it no more, or the phone is an officer's no more: what was done is all that is left to show, and what the
    /// citizen said is not for this phone any longer.
    private func gone(_ naming: Naming) async {
        (line, share, canStart, isOpen, asked) = (nil, nil, false, false, nil)
        (text, about, map, before, timeline) = ("", "", nil, [], [])
        let all = (try? await phone.acts(limit: OfficerModel.actsMax)) ?? []
        acts = all.filter { $0.report == report }.reversed().map { naming.line(of: $0, zone: zone) }
    }

    private func readPictures() async {
        let kept = (try? await phone.casesKept()) ?? nil
        let pictures = kept?.cases.first { $0.report == report }?.pictures ?? []
        var found: [URL] = []
        // The small ones: a case is looked at where a byte costs.
        for picture in pictures where picture.kind == .preview && !picture.evidence {
            if let path = try? await phone.casePicture(report: report, hash: picture.hash) {
                found.append(URL(fileURLWithPath: path))
            }
        }
        before = found
    }

    private static func map(of point: Point) -> URL? {
        let (latitude, longitude) = (Double(point.latE7) / 1e7, Double(point.lonE7) / 1e7)
        return URL(string: "https://maps.apple.com/?ll=\(latitude),\(longitude)&q=\(latitude),\(longitude)")
    }

    private func change(_ edit: (inout Draft) -> Void) {
        edit(&draft)
        do {
            try shelf.keep(draft)
        } catch {
            refuse(Trouble.code(keeping: error, otherwise: .storageFailed))
        }
    }

    private func refuse(_ code: ErrorCode) { trouble = Trouble(code, words: words) }
    private func bare(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
}

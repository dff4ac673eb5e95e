import Foundation
import Observation
import PahtCore
import PahtKit

/// An officer's cases, the one due soonest first: what was last heard at once, then what the hub says.
@MainActor @Observable public final class OfficerModel {
    /// Acts looked through for those of cases that the hub lists no more.
    public static let actsMax: UInt32 = 200

    /// The agency whose officer this phone is; nil on everybody else's.
    public private(set) var agency: String?
    public private(set) var lines: [OfficerCaseLine] = []
    /// What needs the officer and belongs to no case of the list.
    public private(set) var stray: [ActLine] = []
    /// What is said above the list: how old it is, or that it needs a network; nil where the list says it all.
    public private(set) var hint: String?
    public private(set) var trouble: Trouble?

    private var waiting = 0
    /// Why the hub could not be asked the last time.
    private var unheard: Trouble?

    private let phone: any OfficerDesk & ReportReading
    private let settings: SettingsModel
    private let zone: TimeZone

    public init(phone: any OfficerDesk & ReportReading, settings: SettingsModel, zone: TimeZone = .current) {
        self.phone = phone
        self.settings = settings
        self.zone = zone
    }

    public var words: Words { settings.words }
    public var isOfficer: Bool { agency != nil }
    /// Said where the hub has no case for this officer.
    public var emptyText: String? { isOfficer && lines.isEmpty && hint == nil ? words("app-officer-empty") : nil }

    /// Shows what is kept, then asks the hub.
    public func load() async {
        await read()
        if isOfficer { await ask() }
    }

    /// Keeps the list true until its task ends.
    public func watch(_ changes: ChangeFeed) async {
        let notices = changes.notices()
        await load()
        for await notice in notices where notice == .cases {
            let before = waiting
            await read()
            // What was done has reached the hub: it says what became of the cases.
            if isOfficer, before > 0, waiting == 0 { await ask() }
        }
    }

    /// Makes this phone an officer's. The code is the agency's own; it is not kept.
    public func enrol(code: String) async {
        do {
            _ = try await phone.enrol(code: code.filter { !$0.isWhitespace })
            trouble = nil
        } catch {
            let code = (error as? PahtError)?.code
            let isWrong = code == .notAllowed || code == .forbidden
            trouble =
                isWrong ? Trouble(code, text: words("app-officer-code-wrong")) : Trouble(error, words: words)
            return
        }
        await load()
    }

    /// Signs the officer out on this phone.
    public func signOut() async {
        unheard = nil
        await perform { try await $0.signOut() }
    }

    /// Lets an act go that needs the officer.
    public func letGo(_ line: ActLine) async {
        await perform { try await $0.letActGo(report: line.report, id: line.act) }
    }

    /// Sends an act again, after what it was refused for was mended.
    public func sendAgain(_ line: ActLine) async {
        await perform { try await $0.sendActAgain(report: line.report, id: line.act) }
    }

    private func perform(_ verb: (any OfficerDesk & ReportReading) async throws -> Void) async {
        do {
            try await verb(phone)
            trouble = nil
        } catch {
            trouble = Trouble(error, words: words)
            return
        }
        await read()
    }

    private func ask() async {
        do {
            _ = try await phone.cases()
            (unheard, trouble) = (nil, nil)
        } catch let error as PahtError where error.code == .officerEnded || error.code == .officerUnknown {
            trouble = Trouble(error, words: words)
        } catch {
            unheard = Trouble(error, words: words)
        }
        await read()
    }

    private func read() async {
        do {
            let naming = Naming(words: words, card: try await phone.card())
            agency = try await phone.officer().map { naming.agency($0.agency) }
            let kept = agency == nil ? nil : try await phone.casesKept()
            lines = kept.map { kept in kept.cases.map { naming.line(of: $0, now: kept.hubNow) } } ?? []
            let acts = try await phone.acts(limit: Self.actsMax)
            let listed = Set((kept?.cases ?? []).map(\.report))
            stray = acts.filter { $0.needsYou && !listed.contains($0.report) }.map { naming.line(of: $0, zone: zone) }
            waiting = acts.filter(\.isOnItsWay).count
            hint = unheard.map { unheard in
                let age = kept.map { " (" + words.duration(TimeInterval($0.ageMs) / 1_000) + ")" }
                return age.map { words("app-offline") + $0 } ?? unheard.text
            }
        } catch {
            trouble = Trouble(error, words: words)
        }
    }
}

import Foundation
import Observation
import PahtCore
import PahtKit

/// A public case near the person.
public struct NearbyLine: Sendable, Equatable, Identifiable {
    public let code: String
    public let title: String
    public let status: String
    /// The commune.
    public let area: String?
    /// How far it is; nil where the position is unknown.
    public let distance: String?
    /// Its page.
    public let page: URL

    public var id: String { code }
}

/// The public cases around the person, as a list: no map is needed.
@MainActor @Observable public final class NearbyModel {
    public enum Standing: Sendable, Equatable {
        case unread
        case shown
        /// Nothing public around here.
        case empty
        /// What was last heard, so long ago as the text says.
        case old(String)
        /// The list needs a network.
        case unreachable(Trouble)
    }

    public private(set) var lines: [NearbyLine] = []
    public private(set) var standing = Standing.unread
    /// Whether the position is known; without it the newest cases are shown.
    public private(set) var knowsPosition = false

    /// How far around is looked, in metres: a commune and its neighbours.
    public static let radiusMetres: UInt32 = 5_000

    private let newest: any PublicCases
    private let phone: any NearbyReading & ReportReading
    private let settings: SettingsModel
    private let ioc: URL

    /// - Parameter newest: asked where the position is unknown.
    public init(
        newest: any PublicCases, phone: any NearbyReading & ReportReading, settings: SettingsModel, ioc: URL
    ) {
        self.newest = newest
        self.phone = phone
        self.settings = settings
        self.ioc = ioc
    }

    public var words: Words { settings.words }

    /// Asks the centre for the cases around the person; where the position is unknown, for the newest. Without a network
    /// what was heard before is shown, with its age.
    public func load(near fix: PositionFix?) async {
        let here = fix.flatMap { try? pointOfDegrees(lat: $0.latitude, lon: $0.longitude) }
        knowsPosition = here != nil
        let card = (try? await phone.card()) ?? nil
        let naming = Naming(words: words, card: card)
        do {
            if let here {
                show(try await phone.nearby(about: here, radiusM: Self.radiusMetres).cases.map { line($0, naming) })
            } else {
                show(try await newest.newest(area: nil).map { line($0, naming) })
            }
        } catch is CancellationError {
            return
        } catch {
            let kept = if let here { (try? await phone.nearbyKept(about: here)) ?? nil } else { Nearby?.none }
            if let kept {
                show(kept.cases.map { line($0, naming) })
                standing = .old(words.duration(TimeInterval(kept.ageMs) / 1_000))
            } else {
                standing = .unreachable(Trouble(error, words: words))
            }
        }
    }

    private func show(_ lines: [NearbyLine]) {
        self.lines = lines
        standing = lines.isEmpty ? .empty : .shown
    }

    /// What is said above or instead of the list; nil where the list says it all.
    public var hint: String? {
        switch standing {
        case .unread: words("app-loading")
        case .empty: words("app-nearby-empty")
        case .old(let age): words("app-nearby-needs-network") + " (" + age + ")"
        case .unreachable: words("app-nearby-needs-network")
        case .shown: knowsPosition ? nil : words("app-nearby-no-position")
        }
    }

    private func line(_ one: NearbyCase, _ naming: Naming) -> NearbyLine {
        let what = one.category.map { naming.category($0) } ?? one.code.text
        return NearbyLine(
            code: one.code.text, title: one.excerpt.isEmpty ? what : one.excerpt, status: naming.stage(one.stage),
            area: one.area.map { naming.area($0) }, distance: words.distance(metres: Double(one.distanceM)),
            page: ioc.appending(path: "c/\(one.code.text)"))
    }

    private func line(_ one: PublicCase, _ naming: Naming) -> NearbyLine {
        let what = one.category.map { naming.category(CategoryCode($0)) } ?? one.code
        return NearbyLine(
            code: one.code, title: one.excerpt.isEmpty ? what : one.excerpt, status: words("app-stage-\(one.stage)"),
            area: one.area.map { naming.area(AreaCode($0)) }, distance: nil,
            page: ioc.appending(path: "c/\(one.code)"))
    }
}

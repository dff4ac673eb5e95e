import Foundation
import PahtCore

/// Finds what is new since the last time, once each: after a sync in the background, for the lock screen.
public actor NewsTeller {
    /// Reports looked at: older ones that hear something are at the top again only in the app.
    public static let reportsMax: UInt32 = 50

    private let file: URL
    /// The last entry told, by report; a report that never was looked at has told nothing.
    private var told: [String: UInt32]
    /// Reports whose need was told, and still is.
    private var needing: Set<String>

    /// - Parameter file: where it is kept what was told.
    public init(file: URL) {
        self.file = file
        let kept = (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(Kept.self, from: $0) }
        told = kept?.told ?? [:]
        needing = kept?.needing ?? []
    }

    /// What is new. Told once: kept before it is returned, so that a kill may lose a notice but never repeats one for ever.
    public func news(of phone: any ReportReading, words: Words) async throws -> [LocalNotice] {
        let card = try await phone.card()
        let name = { (id: AgencyId) -> String in
            guard let found = card?.agencies.first(where: { $0.id == id }) else { return id.text }
            return words.language == .vi ? found.nameVi : found.nameEn
        }
        var notices: [LocalNotice] = []
        for line in try await phone.list(after: nil, limit: Self.reportsMax) {
            let view = try await phone.show(id: line.id)
            let new = LocalNotice.about(view, after: told[line.id.text] ?? 0, words: words, agency: name)
            notices += new.filter { !needing.contains($0.id) }
            told[line.id.text] = view.timeline.map(\.number).max() ?? told[line.id.text]
            let needs = new.map(\.id).filter { $0.hasSuffix(LocalNotice.needsYou) }
            needing = needing.filter { !$0.hasPrefix(line.id.text) }.union(needs)
        }
        try JSONEncoder().encode(Kept(told: told, needing: needing)).write(to: file, options: .atomic)
        return notices
    }

    private struct Kept: Codable {
        let told: [String: UInt32]
        let needing: Set<String>
    }
}

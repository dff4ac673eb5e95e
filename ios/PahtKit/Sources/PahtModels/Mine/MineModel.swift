import Foundation
import Observation
import PahtCore
import PahtKit

/// A report in the person's list.
public struct MineLine: Sendable, Equatable, Identifiable {
    public let report: ReportId
    public let title: String
    public let status: String
    public let tone: Tone
    /// When it was made, by the phone's clock.
    public let made: String
    /// The case's public code, once the centre has said it.
    public let code: String?
    /// The first photo or video on the phone, to show small.
    public let picture: String?

    public var id: String { report.text }
}

/// The person's reports, newest first.
@MainActor @Observable public final class MineModel {
    /// Reports read at a time.
    public static let page: UInt32 = 50

    public private(set) var lines: [MineLine] = []
    /// Whether there are older ones.
    public private(set) var hasMore = false
    /// False until the first reading: an empty list is no news before.
    public private(set) var isLoaded = false
    public private(set) var trouble: Trouble?

    private let phone: any ReportReading & ServiceReading
    private let settings: SettingsModel
    private let now: @Sendable () -> Date

    public init(
        phone: any ReportReading & ServiceReading, settings: SettingsModel,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.phone = phone
        self.settings = settings
        self.now = now
    }

    public var words: Words { settings.words }
    public var isEmpty: Bool { isLoaded && lines.isEmpty }

    /// Reads the list anew, as far as it was shown.
    public func load() async {
        await read(after: nil, limit: max(Self.page, UInt32(lines.count)), onto: [])
    }

    /// Reads the next older ones.
    public func loadMore() async {
        guard hasMore, let last = lines.last else { return }
        await read(after: last.report, limit: Self.page, onto: lines)
    }

    /// Keeps the list true until its task ends.
    public func watch(_ changes: ChangeFeed) async {
        let notices = changes.notices()
        await load()
        for await _ in notices { await load() }
    }

    private func read(after: ReportId?, limit: UInt32, onto before: [MineLine]) async {
        do {
            let found = try await phone.list(after: after, limit: limit)
            let naming = try await Naming.asKnown(by: phone, words: words)
            var lines = before
            for line in found { lines.append(await mine(line, naming: naming)) }
            (self.lines, hasMore, isLoaded, trouble) = (lines, found.count == Int(limit), true, nil)
        } catch {
            trouble = Trouble(error, words: words)
        }
    }

    private func mine(_ line: ReportLine, naming: Naming) async -> MineLine {
        let status = naming.status(of: line)
        let first = line.captures.first { !$0.erased && $0.kind == .photo }
        // A picture that cannot be found is not worth an error.
        let picture: String? = if let first { try? await phone.mediaPath(hash: first.hash) } else { nil }
        return MineLine(
            report: line.id, title: naming.title(of: line), status: status.text, tone: status.tone,
            made: words.relative(line.made, to: now()),
            code: line.case.map { words("app-mine-code", ["code": $0.text]) }, picture: picture)
    }
}

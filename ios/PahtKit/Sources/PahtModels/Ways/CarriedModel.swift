import Foundation
import Observation
import PahtCore
import PahtKit

/// A file that is carried for somebody.
public struct CarriedLine: Sendable, Equatable, Identifiable {
    public let hash: Sha256
    /// The name it came under.
    public let name: String
    public let size: String
    public let state: String
    public let tone: Tone
    /// The file to give back, once the centre has answered.
    public let receipts: URL?

    public var id: String { hash.text }
}

/// What this phone carries for neighbours; also where a file from somebody's hand is taken in.
@MainActor @Observable public final class CarriedModel {
    public private(set) var lines: [CarriedLine] = []
    /// What became of the file that was just opened.
    public private(set) var told: String?
    public private(set) var trouble: Trouble?

    private let phone: any Carrying
    private let settings: SettingsModel

    public init(phone: any Carrying, settings: SettingsModel) {
        self.phone = phone
        self.settings = settings
    }

    public var words: Words { settings.words }
    public var emptyText: String? { lines.isEmpty ? words("app-carried-empty") : nil }

    /// Whether a file comes from a neighbour's hand, by its name.
    public nonisolated static func isHandedOver(_ file: URL) -> Bool {
        ["paht", "paht-receipts"].contains(file.pathExtension.lowercased())
    }

    /// Reads what is carried.
    public func load() async {
        do {
            lines = try await phone.carried().map(line)
            trouble = nil
        } catch {
            trouble = Trouble(error, words: words)
        }
    }

    /// Keeps the screen true until its task ends.
    public func watch(_ changes: ChangeFeed) async {
        // Listening begins before reading: what changes in between is heard.
        let notices = changes.notices()
        await load()
        for await _ in notices { await load() }
    }

    /// A copy of what another app lends, in a folder of its own and under its name; nil where it cannot be had, which is said.
    public func copied(_ file: URL) -> URL? {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let copy = folder.appending(path: file.lastPathComponent)
            try FileManager.default.copyItem(at: file, to: copy)
            return copy
        } catch {
            trouble = Trouble(Trouble.code(keeping: error, otherwise: .mediaUnreadable), words: words)
            return nil
        }
    }

    /// Takes in a copy that ``copied(_:)`` made, and erases it.
    public func take(_ copy: URL) async {
        defer { try? FileManager.default.removeItem(at: copy.deletingLastPathComponent()) }
        told = nil
        do {
            let said =
                switch try await phone.takeIn(path: copy.path) {
                case .carried: words("app-carried-taken")
                case .receipts(let accepted):
                    words("app-receipts-accepted", ["count": String(accepted.delivered)])
                }
            await load()
            told = said
        } catch {
            trouble = Trouble(error, words: words)
        }
    }

    /// Forgets a file and its receipts.
    public func drop(_ line: CarriedLine) async {
        do {
            try await phone.dropCarried(hash: line.hash)
            await load()
        } catch {
            trouble = Trouble(error, words: words)
        }
    }

    private func line(_ carried: Carried) -> CarriedLine {
        let (state, tone) = stateOf(carried)
        return CarriedLine(
            hash: carried.hash, name: carried.name, size: words.size(carried.bytes), state: state, tone: tone,
            receipts: carried.receipts.map { URL(fileURLWithPath: $0) })
    }

    private func stateOf(_ carried: Carried) -> (String, Tone) {
        switch carried.state {
        case .waiting: (words("app-part-waiting"), .busy)
        case .sending(let offset):
            (words("app-part-sending", ["percent": String(offset * 100 / max(carried.bytes, 1))]), .busy)
        case .delivered: (words(carried.receipts == nil ? "app-way-whole" : "app-carried-answered"), .good)
        case .parked(.refused(let code)): (words.error(code), .warning)
        case .parked(.fileLost): (words("app-part-file-lost"), .warning)
        case .parked(.held): (words("app-part-held"), .calm)
        }
    }
}

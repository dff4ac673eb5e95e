import Foundation
import Observation
import PahtCore
import PahtKit

/// One text message of a report, ready to be written by one press.
public struct TextMessage: Sendable, Equatable, Identifiable {
    public let id: Int
    /// What its button says.
    public let label: String
    /// What is sent, as it is.
    public let text: String
    /// Opens the messages app with number and text filled in.
    public let address: URL
    /// Whether the person had it written.
    public internal(set) var isWritten = false
}

/// How one report goes where there is no network: as text messages, or with somebody who is leaving for one.
@MainActor @Observable public final class WaysModel {
    public private(set) var messages: [TextMessage] = []
    /// Where they are sent to; nil where the province takes none.
    public private(set) var number: String?
    /// Why this report does not go as a text message.
    public private(set) var refusal: String?
    /// The files to hand over, once they are sealed.
    public private(set) var sealed: [URL] = []
    public private(set) var isSealing = false
    public private(set) var trouble: Trouble?

    private let report: ReportId
    private let phone: any OtherWays & ReportReading
    private let folder: URL
    private let settings: SettingsModel

    /// - Parameter folder: where sealed files may lie until the system clears it.
    public init(report: ReportId, phone: any OtherWays & ReportReading, folder: URL, settings: SettingsModel) {
        self.report = report
        self.phone = phone
        self.folder = folder
        self.settings = settings
    }

    public var words: Words { settings.words }

    /// What a text message is about; nil where the province takes none.
    public var explanation: String? { number.map { words("app-sms-explain", ["number": $0]) } }

    /// What to do once all are written; nil before.
    public var written: String? {
        let isWhole = !messages.isEmpty && messages.allSatisfy(\.isWritten)
        return isWhole ? words("app-sms-written") : nil
    }

    /// How much was sealed; nil before.
    public var made: String? {
        guard !sealed.isEmpty else { return nil }
        let sizes = sealed.compactMap { try? $0.resourceValues(forKeys: [.fileSizeKey]).fileSize }
        return words("app-courier-made", ["size": words.size(UInt64(sizes.reduce(0, +)))])
    }

    /// Reads what there is to send.
    public func load() async {
        do {
            guard let number = try await phone.card()?.sms else { return }
            self.number = number
            let texts = try await phone.sms(id: report)
            messages = texts.enumerated().compactMap { place, text in
                message(place, of: texts.count, text: text, to: number)
            }
            refusal = nil
        } catch let error as PahtError where number != nil {
            refusal = words.error(error)
        } catch {
            trouble = Trouble(error, words: words)
        }
    }

    /// The person had it written. Once all are, the report counts as sent another way.
    public func wrote(_ message: TextMessage) async {
        guard let place = messages.firstIndex(where: { $0.id == message.id }) else { return }
        messages[place].isWritten = true
        guard messages.allSatisfy(\.isWritten) else { return }
        await attempt { try await self.phone.texted(id: self.report) }
    }

    /// Seals the report with its pictures. On an old phone that takes some seconds.
    public func seal() async {
        isSealing = true
        defer { isSealing = false }
        let name = "phan-anh-\(report.text.lowercased().filter { $0.isLetter || $0.isNumber }.prefix(8)).paht"
        await attempt {
            let paths = try await self.phone.bundle(ids: [self.report], path: self.folder.appending(path: name).path)
            self.sealed = paths.map { URL(fileURLWithPath: $0) }
        }
    }

    private func message(_ place: Int, of count: Int, text: String, to number: String) -> TextMessage? {
        let label =
            count == 1
            ? words("app-button-write-text")
            : words("app-button-write-part", ["part": String(place + 1), "count": String(count)])
        guard let body = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics),
            let address = URL(string: "sms:\(number)&body=\(body)")
        else { return nil }
        return TextMessage(id: place, label: label, text: text, address: address)
    }

    private func attempt(_ work: () async throws -> Void) async {
        do {
            try await work()
            trouble = nil
        } catch {
            trouble = Trouble(error, words: words)
        }
    }
}

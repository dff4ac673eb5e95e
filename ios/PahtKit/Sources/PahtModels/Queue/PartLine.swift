import Foundation
import PahtCore
import PahtKit

/// The truth about one part.
public struct PartLine: Sendable, Equatable, Identifiable {
    public let id: String
    /// Which piece.
    public let title: String
    /// Where it stands.
    public let state: String
    /// Its size.
    public let size: String
    /// How much of it the centre has, 0 to 1; nil where none is on its way.
    public let progress: Double?
    /// Why the last try failed, and the way out; nil where nothing is wrong.
    public let reason: String?
    public let tone: Tone
}

extension PartLine {
    /// The line of a part; `isVideo` where its original is one.
    static func of(_ part: Part, isVideo: Bool, words: Words, zone: TimeZone) -> PartLine {
        let (state, tone) = stateOf(part, words: words, zone: zone)
        return PartLine(
            id: "\(part.hash.text).\(title(of: part.kind, isVideo: isVideo))",
            title: words(title(of: part.kind, isVideo: isVideo)), state: state, size: words.size(part.bytes),
            progress: progress(of: part), reason: reason(for: part, words: words), tone: tone)
    }

    private static func title(of kind: PartKind, isVideo: Bool) -> String {
        switch kind {
        case .statement: "app-part-statement"
        case .preview: "app-part-preview"
        case .voiceNote: "app-part-voice-note"
        case .rendition: "app-part-rendition"
        case .original: isVideo ? "app-part-video" : "app-part-original"
        case .bundle: "app-part-bundle"
        case .unknown: "app-part-unknown"
        }
    }

    private static func stateOf(_ part: Part, words: Words, zone: TimeZone) -> (String, Tone) {
        switch part.state {
        case .waiting: (words("app-part-waiting"), .busy)
        case .sending:
            (words("app-part-sending", ["percent": String(Int((progress(of: part) ?? 0) * 100))]), .busy)
        case .delivered(let at):
            (words("app-part-received", ["time": at.map { words.time($0, zone: zone) } ?? ""]), .good)
        case .parked(.held): (words("app-part-held"), .calm)
        case .parked: (words("app-part-needs-you"), .warning)
        }
    }

    private static func progress(of part: Part) -> Double? {
        guard case .sending(let offset) = part.state, part.bytes > 0 else { return nil }
        return min(Double(offset) / Double(part.bytes), 1)
    }

    private static func reason(for part: Part, words: Words) -> String? {
        switch part.state {
        case .parked(.refused(let code)): words.error(code)
        case .parked(.fileLost): words("app-part-file-lost")
        case .parked(.held), .delivered: nil
        case .waiting, .sending: part.fault.map { words.error($0) }
        }
    }
}

import Foundation
import PahtCore

/// A report that is not saved yet: kept at every change, so that a call, a flat battery or a kill loses nothing.
public struct Draft: Sendable, Equatable, Codable {
    /// Where the report is about.
    public enum Place: Sendable, Equatable, Codable {
        /// The photo's own position, else the phone's.
        case automatic
        /// Set by the person, in degrees.
        case pinned(latitude: Double, longitude: Double)
        /// The person wants none told by the phone.
        case without
    }

    /// Names of the captures' files in the shelf's folder, in the order they were added.
    public var captures: [String] = []
    /// The person's words.
    public var text = ""
    /// What it is about, by code.
    public var category: String?
    /// Where.
    public var place = Place.automatic
    /// Whether it was given to the phone to be saved: it may have become a report already.
    public var isHandedIn = false

    public init() {}

    /// Whether there is nothing to lose.
    public var isEmpty: Bool {
        captures.isEmpty && text.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty && category == nil
            && place == .automatic
    }
}

/// Keeps the draft and its captures.
public protocol DraftShelf: Sendable {
    /// The draft kept; nil where there is none, or none that can be read.
    func read() -> Draft?
    /// Keeps it; done when a kill would not lose it.
    func keep(_ draft: Draft) throws
    /// Takes a copy of a file in; the name it has from now on.
    func takeIn(_ file: URL) throws -> String
    /// Where a capture lies.
    func path(of capture: String) -> URL
    /// Erases one capture.
    func drop(_ capture: String)
    /// Erases the draft and every capture.
    func clear()
}

/// The shelf in a folder.
public struct FolderDraftShelf: DraftShelf {
    /// More of a file's own name than this is cut off, in characters.
    static let nameCharsMax = 60

    let folder: URL

    /// In this folder, made if it is not there.
    public init(folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.folder = folder
    }

    public func read() -> Draft? {
        guard let bytes = try? Data(contentsOf: record), var draft = try? JSONDecoder().decode(Draft.self, from: bytes)
        else { return nil }
        // A capture whose copy was cut short by a kill was never listed; one that is listed but gone is left out.
        draft.captures = draft.captures.filter { FileManager.default.fileExists(atPath: path(of: $0).path) }
        return draft.isEmpty ? nil : draft
    }

    public func keep(_ draft: Draft) throws {
        try JSONEncoder().encode(draft).write(to: record, options: .atomic)
    }

    public func takeIn(_ file: URL) throws -> String {
        // The ending is for people and previews only: what a file is the core reads from its bytes.
        let name = UUID().uuidString + "-" + String(file.lastPathComponent.suffix(Self.nameCharsMax))
        try FileManager.default.copyItem(at: file, to: path(of: name))
        return name
    }

    public func path(of capture: String) -> URL { folder.appending(path: (capture as NSString).lastPathComponent) }

    public func drop(_ capture: String) { try? FileManager.default.removeItem(at: path(of: capture)) }

    public func clear() {
        let inside = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        for file in inside ?? [] { try? FileManager.default.removeItem(at: file) }
    }

    private var record: URL { folder.appending(path: "draft.json") }
}

import Foundation
import PahtCore
import PahtKit

/// What the person chose. Everything is optional: nobody logs in.
public struct Settings: Sendable, Equatable, Codable {
    /// BCP 47 tag of the language; nil for the phone's own.
    public var language: String?
    /// Over which networks originals go.
    public var dataPolicy = DataPolicy.ask
    /// Filled in for the next reports; sealed to the centre when sent, never public.
    public var name = ""
    /// The same.
    public var number = ""

    public init() {}
}

/// Keeps the settings.
public protocol SettingsShelf: Sendable {
    func read() -> Settings?
    func keep(_ settings: Settings) throws
}

/// The shelf in a file.
public struct FileSettingsShelf: SettingsShelf {
    let file: URL

    public init(file: URL) { self.file = file }

    public func read() -> Settings? {
        (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(Settings.self, from: $0) }
    }

    public func keep(_ settings: Settings) throws {
        try JSONEncoder().encode(settings).write(to: file, options: .atomic)
    }
}

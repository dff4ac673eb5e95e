import Foundation

/// What records a spoken note: the microphone on a phone.
@MainActor public protocol VoiceRecording: AnyObject {
    /// Whether the person lets the app use the microphone; asks if they have not been asked.
    func isAllowed() async -> Bool
    /// Starts; it ends by itself after the budget's seconds.
    func start(in folder: URL) throws
    /// Ends and gives the note; nil where nothing was said, or it overran the budget.
    func finish() -> URL?
}

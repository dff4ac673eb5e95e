import Foundation
import PahtCore
import PahtKit

/// What a screen says when something was not done: what is wrong and the way out.
public struct Trouble: Sendable, Equatable {
    /// The stable code; nil for a fault of ours.
    public let code: ErrorCode?
    /// What the person reads.
    public let text: String

    public init(_ code: ErrorCode, words: Words) {
        self.code = code
        self.text = words.error(code)
    }

    /// With words that say more than the code's own.
    init(_ code: ErrorCode?, text: String) {
        self.code = code
        self.text = text
    }

    public init(_ error: any Error, words: Words) {
        self.code = (error as? PahtError)?.code
        self.text = words.error(error)
    }

    /// What is wrong where a file could not be kept: no room, or otherwise this.
    static func code(keeping error: any Error, otherwise code: ErrorCode) -> ErrorCode {
        (error as? CocoaError)?.code == .fileWriteOutOfSpace ? .storageFull : code
    }
}

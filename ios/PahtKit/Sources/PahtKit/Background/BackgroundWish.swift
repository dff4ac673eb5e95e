import Foundation

/// What the phone asks of the system when it leaves the screen.
public enum BackgroundWish: Sendable, Equatable {
    /// Nothing waits: hear of news now and then.
    case news(earliestSeconds: TimeInterval)
    /// Something waits for a network: a processing task that needs one.
    case send(earliestSeconds: TimeInterval)
}

extension BackgroundWish {
    /// The system wakes an app at most every quarter of an hour or so; asking for less changes nothing.
    public static let soonestSeconds: TimeInterval = 15 * 60
    /// How often news is asked for when nothing waits.
    public static let newsSeconds: TimeInterval = 4 * 3_600

    /// The wish for a queue that has `waiting` entries and is tried again in `nextTryMs`, where that is known.
    public static func after(waiting: Int, nextTryMs: UInt64?) -> BackgroundWish {
        guard waiting > 0 else { return .news(earliestSeconds: newsSeconds) }
        // A wait that the hub asked for is kept; a wake-up before its end would be wasted.
        let wait = TimeInterval(nextTryMs ?? 0) / 1_000
        return .send(earliestSeconds: max(wait, soonestSeconds))
    }

    /// How long the wish waits at least, in seconds.
    public var earliestSeconds: TimeInterval {
        switch self {
        case .news(let seconds), .send(let seconds): seconds
        }
    }
}

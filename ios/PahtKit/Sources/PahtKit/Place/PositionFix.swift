import Foundation

/// Where the phone says it is, as the system told it.
public struct PositionFix: Sendable, Equatable {
    /// Degrees, north positive (WGS 84).
    public var latitude: Double
    /// Degrees, east positive (WGS 84).
    public var longitude: Double
    /// Radius in which the true place lies with 68 % certainty, in metres; negative where the system does not know.
    public var accuracyMetres: Double
    /// When it was measured. It may be much older than the question.
    public var measured: Date
    /// Whether software made it up, or an accessory gave it.
    public var isSimulated: Bool

    public init(latitude: Double, longitude: Double, accuracyMetres: Double, measured: Date, isSimulated: Bool = false)
    {
        self.latitude = latitude
        self.longitude = longitude
        self.accuracyMetres = accuracyMetres
        self.measured = measured
        self.isSimulated = isSimulated
    }
}

/// What a fix is worth for a report.
public enum FixWorth: Sendable, Equatable {
    /// Good enough to find the spot.
    case exact(metres: Int)
    /// Right about the neighbourhood; the person should look at it.
    case coarse(metres: Int)
    /// Measured too long ago to be where the person stands.
    case old(minutes: Int)
    /// Made up by software: never sent as the phone's own position.
    case simulated
    /// No position, or one that cannot be (`0,0` is what a picker writes when it has hidden the position).
    case none
}

extension PositionFix {
    /// Up to this radius a crew finds the spot without asking, in metres.
    public static let exactMetresMax = 30.0
    /// Beyond this radius a fix says nothing about the spot, in metres.
    public static let coarseMetresMax = 2_000.0
    /// Older than this it may be from where the person came from, in seconds.
    public static let ageSecondsMax: TimeInterval = 120

    /// What this fix is worth at `now`.
    public func worth(at now: Date) -> FixWorth {
        let isNowhere = latitude == 0 && longitude == 0
        guard latitude.isFinite, longitude.isFinite, !isNowhere, abs(latitude) <= 90, abs(longitude) <= 180 else {
            return .none
        }
        if isSimulated { return .simulated }
        // A clock that was set back makes fixes from the future: their age is not known, so they are not called old.
        let age = now.timeIntervalSince(measured)
        if age > Self.ageSecondsMax { return .old(minutes: Int(min(age / 60, 1_000_000))) }
        guard accuracyMetres >= 0, accuracyMetres <= Self.coarseMetresMax else { return .none }
        let metres = Int(accuracyMetres.rounded(.up))
        return accuracyMetres <= Self.exactMetresMax ? .exact(metres: metres) : .coarse(metres: metres)
    }

    /// Whether a report may carry it as the phone's own position.
    public func isUsable(at now: Date) -> Bool {
        switch worth(at: now) {
        case .exact, .coarse: true
        case .old, .simulated, .none: false
        }
    }
}

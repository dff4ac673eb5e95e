import Foundation
import PahtCore

// Sizes, times and distances as people read them.

extension Words {
    /// A size, with at most one decimal below ten.
    public func size(_ bytes: UInt64) -> String {
        let units: [(UInt64, String)] = [
            (1_000_000_000, "app-size-gigabytes"), (1_000_000, "app-size-megabytes"), (1_000, "app-size-kilobytes"),
        ]
        for (unit, id) in units where bytes >= unit {
            let many = Double(bytes) / Double(unit)
            return self(id, ["size": number(many, decimals: many < 10 ? 1 : 0)])
        }
        return self("app-size-bytes", ["size": String(bytes)])
    }

    /// How long ago, or in how long: "5 minutes ago", "in 2 days".
    public func relative(_ date: Date, to now: Date) -> String {
        let seconds = now.timeIntervalSince(date)
        guard abs(seconds) >= 60 else { return self("app-time-now") }
        let (many, unit) = Self.largestUnit(abs(seconds))
        let id = seconds > 0 ? "app-time-\(unit)-ago" : "app-time-in-\(unit)"
        return self(id, ["count": String(many)])
    }

    /// A length of time: "40 seconds", "3 days".
    public func duration(_ seconds: TimeInterval) -> String {
        let seconds = max(seconds, 0)
        guard seconds >= 60 else { return self("app-duration-seconds", ["count": String(Int(seconds.rounded(.up)))]) }
        let (many, unit) = Self.largestUnit(seconds)
        return self("app-duration-\(unit)", ["count": String(many)])
    }

    /// A distance along the ground.
    public func distance(metres: Double) -> String {
        guard metres >= 1_000 else { return self("app-nearby-metres", ["metres": String(Int(metres.rounded()))]) }
        let km = metres / 1_000
        return self("app-nearby-kilometres", ["km": number(km, decimals: km < 10 ? 1 : 0)])
    }

    /// A day and time, in the phone's zone, in the language's own order.
    public func time(_ date: Date, zone: TimeZone = .current) -> String {
        let form = DateFormatter()
        form.locale = locale
        form.timeZone = zone
        form.dateStyle = .medium
        form.timeStyle = .short
        return form.string(from: date)
    }

    /// The language's own way of writing numbers and dates.
    public var locale: Locale { Locale(identifier: language.tag) }

    private func number(_ value: Double, decimals: Int) -> String {
        let form = NumberFormatter()
        form.locale = locale
        form.minimumFractionDigits = 0
        form.maximumFractionDigits = decimals
        return form.string(from: value as NSNumber) ?? String(Int(value))
    }

    private static func largestUnit(_ seconds: TimeInterval) -> (Int, String) {
        if seconds < 3_600 { return (Int(seconds / 60), "minutes") }
        if seconds < 86_400 { return (Int(seconds / 3_600), "hours") }
        return (Int(seconds / 86_400), "days")
    }
}

import Foundation
import Observation
import PahtCore
import PahtKit

/// An alert, ready to be read.
public struct AlertLine: Sendable, Equatable, Identifiable {
    public let id: String
    public let title: String
    /// What is the matter, and what to do.
    public let text: String
    /// Until when it holds.
    public let validity: String
    /// Danger to life: act now.
    public let isEmergency: Bool
    /// Whom to call about it, in the order to show them.
    public let numbers: [Call]

    /// A number of an alert's own.
    public struct Call: Sendable, Equatable, Identifiable {
        public let number: String
        public let name: String
        public let address: URL
        public var id: String { number }
    }
}

/// Alerts, below the numbers to call: who is in danger calls first and reads later.
@MainActor @Observable public final class AlertsModel {
    public private(set) var lines: [AlertLine] = []
    public private(set) var trouble: Trouble?

    private let phone: any AlertReading
    private let settings: SettingsModel
    private let zone: TimeZone

    public init(phone: any AlertReading, settings: SettingsModel, zone: TimeZone = .current) {
        self.phone = phone
        self.settings = settings
        self.zone = zone
    }

    public var words: Words { settings.words }
    /// Always first, with or without a network.
    public var numbers: [EmergencyNumber] { EmergencyNumber.all }
    public var emptyText: String? { lines.isEmpty && trouble == nil ? words("app-alerts-empty") : nil }

    /// Reads the alerts that hold now; those that are surely for another commune are left out.
    public func load(near fix: PositionFix?) async {
        let here = fix.flatMap { try? pointOfDegrees(lat: $0.latitude, lon: $0.longitude) }
        do {
            let all = try await phone.alerts(about: here, language: words.language)
            lines = all.filter { $0.touches != false }.map(line)
            trouble = nil
        } catch {
            trouble = Trouble(error, words: words)
        }
    }

    private func line(_ alert: Alert) -> AlertLine {
        let calls = alert.numbers.compactMap { one in
            EmergencyNumber(number: one.number, words: "").call.map {
                AlertLine.Call(number: one.number, name: one.name, address: $0)
            }
        }
        return AlertLine(
            id: alert.id, title: alert.title, text: alert.text,
            validity: words("app-alerts-valid-until", ["time": words.time(alert.until, zone: zone)]),
            isEmergency: alert.level == .emergency, numbers: calls)
    }
}

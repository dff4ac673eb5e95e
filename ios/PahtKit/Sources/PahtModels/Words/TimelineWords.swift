import Foundation
import PahtCore
import PahtKit

/// One line of a report's timeline, ready to be read.
public struct TimelineLine: Sendable, Equatable, Identifiable {
    /// The entry's number.
    public let id: UInt32
    /// When, by the centre's clock.
    public let when: String
    /// What happened.
    public let what: String
    /// What somebody wrote with it.
    public let said: String?
}

extension Naming {
    /// A report's timeline, oldest first.
    public func timeline(of view: ReportView, zone: TimeZone = .current) -> [TimelineLine] {
        let agencies = Dictionary(
            view.assignments.map { ($0.number, $0.agency) }, uniquingKeysWith: { _, last in last })
        return view.timeline.map { entry in
            TimelineLine(
                id: entry.number, when: words.time(entry.at, zone: zone),
                what: what(entry.what, zone: zone) { agencies[$0].map(agency) ?? "" }, said: entry.words)
        }
    }

    private func what(_ what: What, zone: TimeZone, agencyOf: (UInt16) -> String) -> String {
        switch what {
        case .received(let code): words("app-timeline-received", ["code": code.text])
        case .classified(let code, let area):
            if let area {
                words("app-timeline-classified-area", ["category": category(code), "area": self.area(area)])
            } else {
                words("app-timeline-classified", ["category": category(code)])
            }
        case .refused: words("app-timeline-refused")
        case .duplicate(let of): words("app-timeline-duplicate", ["code": of.text])
        case .dispatched(_, let to, let due):
            words("app-timeline-dispatched", ["agency": agency(to), "due": words.time(due, zone: zone)])
        case .inProgress(let number): words("app-timeline-in-progress", ["agency": agencyOf(number)])
        case .returned(let number): words("app-timeline-returned", ["agency": agencyOf(number)])
        case .answered(let number, _, _): words("app-timeline-answered", ["agency": agencyOf(number)])
        case .closed(let number): words("app-timeline-closed", ["agency": agencyOf(number)])
        case .rated(_, _, let grade): words("app-timeline-rated", ["grade": String(grade)])
        case .timeAsked(let number, let until):
            words("app-timeline-time-asked", ["agency": agencyOf(number), "due": words.time(until, zone: zone)])
        case .timeGiven(let number, let due):
            words("app-timeline-time-given", ["agency": agencyOf(number), "due": words.time(due, zone: zone)])
        case .reopened(_, let due): words("app-timeline-reopened", ["due": words.time(due, zone: zone)])
        case .commented(let by): commented(by)
        case .edited: words("app-timeline-edited")
        case .withdrawn: words("app-timeline-withdrawn")
        case .arrived(.original, _): words("app-timeline-arrived")
        case .arrived(.rendition, _): words("app-timeline-arrived-clear")
        case .arrived(.voiceNote, _): words("app-timeline-arrived-voice")
        case .arrived: words("app-timeline-arrived-small")
        case .published(let to): published(to)
        case .carried(let by): carried(by)
        case .unknown: words("app-timeline-unknown")
        }
    }

    private func carried(_ by: Carrier) -> String {
        switch by {
        case .http: words("app-timeline-carried-http")
        case .sms: words("app-timeline-carried-sms")
        case .text: words("app-timeline-carried-text")
        case .courier: words("app-timeline-carried-courier")
        case .unknown: words("app-timeline-unknown")
        }
    }

    private func commented(_ by: Speaker) -> String {
        switch by {
        case .citizen: words("app-timeline-commented-citizen")
        case .agency: words("app-timeline-commented-agency")
        case .operator: words("app-timeline-commented-operator")
        case .unknown: words("app-timeline-commented")
        }
    }

    private func published(_ to: Publication) -> String {
        switch to {
        case .public: words("app-timeline-published")
        case .held: words("app-timeline-held")
        case .takenDown: words("app-timeline-taken-down")
        case .unknown: words("app-timeline-unknown")
        }
    }
}

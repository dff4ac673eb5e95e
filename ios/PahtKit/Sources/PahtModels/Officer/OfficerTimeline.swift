import Foundation
import PahtCore
import PahtKit

extension Naming {
    /// A case's timeline as an officer reads it, oldest first: of the citizen in the third person, as on the public page.
    func timeline(of one: OfficerCase, zone: TimeZone) -> [TimelineLine] {
        var agencies: [UInt16: String] = [:]
        return one.timeline.enumerated().map { number, entry in
            if case .dispatched(let assignment, let to, _) = entry.what { agencies[assignment] = agency(to) }
            let what = publicly(entry.what, zone: zone) { agencies[$0] ?? words("portal-the-agency") }
            return TimelineLine(
                id: UInt32(number), when: words.time(entry.at, zone: zone), what: what, said: entry.words)
        }
    }

    private func publicly(_ what: What, zone: TimeZone, agencyOf: (UInt16) -> String) -> String {
        let due = { (date: Date) in words.time(date, zone: zone) }
        return switch what {
        case .received: words("portal-entry-received")
        case .classified(let code, nil): words("portal-entry-classified", ["category": category(code)])
        case .classified(let code, let area?):
            words("portal-entry-classified-area", ["category": category(code), "area": self.area(area)])
        case .refused: words("portal-entry-refused")
        case .duplicate(let of): words("portal-entry-duplicate", ["case": of.text])
        case .dispatched(_, let to, let until):
            words("portal-entry-dispatched", ["agency": agency(to), "due": due(until)])
        case .inProgress(let number): words("portal-entry-in-progress", ["agency": agencyOf(number)])
        case .returned(let number): words("portal-entry-returned", ["agency": agencyOf(number)])
        case .answered(let number, _, _): words("portal-entry-answered", ["agency": agencyOf(number)])
        case .closed(let number): words("portal-entry-closed", ["agency": agencyOf(number)])
        case .rated(_, _, let grade): words("portal-entry-rated", ["grade": String(grade)])
        case .reopened(_, let until): words("portal-entry-reopened", ["due": due(until)])
        case .timeAsked(let number, let until):
            words("portal-entry-time-asked", ["agency": agencyOf(number), "due": due(until)])
        case .timeGiven(let number, let until):
            words("portal-entry-time-given", ["agency": agencyOf(number), "due": due(until)])
        case .commented(let by): words(commented(publicly: by))
        case .edited: words("portal-entry-edited")
        case .withdrawn: words("portal-entry-withdrawn")
        case .arrived(.original, _): words("portal-entry-arrived")
        case .arrived(.rendition, _): words("portal-entry-arrived-clear")
        case .arrived(.voiceNote, _): words("portal-entry-arrived-voice")
        case .arrived: words("portal-entry-arrived-small")
        case .carried(.http): words("portal-entry-carried-http")
        case .carried(.sms): words("portal-entry-carried-sms")
        case .carried(.text): words("portal-entry-carried-text")
        case .carried(.courier): words("portal-entry-carried-courier")
        case .carried(.unknown): words("app-timeline-unknown")
        case .published(.public): words("portal-entry-published")
        case .published(.takenDown): words("portal-entry-taken-down")
        case .published(.held): words("app-timeline-held")
        case .published(.unknown), .unknown: words("portal-entry-unknown")
        }
    }

    private func commented(publicly by: Speaker) -> String {
        switch by {
        case .citizen: "portal-entry-commented-citizen"
        case .agency: "portal-entry-commented-agency"
        case .operator: "portal-entry-commented-operator"
        case .unknown: "portal-entry-commented"
        }
    }
}

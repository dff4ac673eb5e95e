import Foundation
import PahtCore
import PahtKit

/// Something that this phone's officer did to a case, ready to be read.
public struct ActLine: Sendable, Equatable, Identifiable {
    public let report: ReportId
    /// Its name, with the report.
    public let act: Sha256
    /// The case's public code; empty where only the act itself was saved from a damaged database.
    public let code: String
    /// What was done.
    public let what: String
    /// What was written with it; nil where nothing was.
    public let said: String?
    /// Where it stands on its way.
    public let way: String
    public let tone: Tone
    /// Why it was not taken, and the way out; nil where nothing is wrong.
    public let reason: String?
    /// Whether it can be sent again, or let go.
    public let needsYou: Bool

    public var id: String { act.text }
}

extension Naming {
    /// An act of this phone's.
    func line(of act: OfficerAct, zone: TimeZone) -> ActLine {
        let (what, said) = deed(act.deed, zone: zone)
        let isWrong = act.needsYou || act.dropped != nil
        return ActLine(
            report: act.report, act: act.id, code: act.case?.text ?? "", what: what, said: said,
            way: act.dropped == nil ? way(act.way) : words("app-way-needs-you"),
            tone: isWrong ? .warning : act.isOnItsWay ? .busy : .good, reason: reason(of: act), needsYou: act.needsYou)
    }

    private func deed(_ deed: Deed, zone: TimeZone) -> (String, String?) {
        switch deed {
        case .start: (words("app-button-start"), nil)
        case .return(let reason): (words("app-button-return"), reason)
        case .askTime(let until, let reason):
            (words("app-button-more-time") + ": " + words.time(until, zone: zone), reason)
        case .answer(let text, _): (words("app-button-answer"), text)
        }
    }

    private func reason(of act: OfficerAct) -> String? {
        if let dropped = act.dropped { return words.error(dropped) }
        switch act.way {
        case .needsYou(.refused(let code)): return words.error(code)
        case .needsYou(.fileLost): return words("app-part-file-lost")
        case .needsYou(.held), .waiting, .arriving, .whole, .held, .withdrawn: return nil
        }
    }
}

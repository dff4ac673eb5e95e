import Foundation
import PahtCore
import PahtKit

/// How much a line asks for the person's eye; colours and symbols follow it, and never carry it alone.
public enum Tone: Sendable, Equatable {
    case calm, busy, good, warning
}

extension Naming {
    /// Where a report stands on its way to the centre.
    public func way(_ way: Way) -> String {
        switch way {
        case .waiting: words("app-way-waiting")
        case .arriving(let delivered, let parts):
            words("app-way-arriving", ["done": String(delivered), "all": String(parts)])
        case .whole: words("app-way-whole")
        case .needsYou: words("app-way-needs-you")
        case .held: words("app-way-held")
        case .withdrawn: words("app-way-withdrawn")
        }
    }

    /// Where a case stands.
    public func stage(_ stage: Stage) -> String { words("app-stage-\(Self.name(of: stage))") }

    /// One line for both: the case's stage where the centre has spoken and nothing needs the person, else the way.
    public func status(of line: ReportLine) -> (text: String, tone: Tone) {
        switch line.way {
        case .needsYou: (way(line.way), .warning)
        case .held, .withdrawn: (way(line.way), .calm)
        case .waiting: (line.unconfirmed ? words("app-way-unconfirmed") : way(line.way), .busy)
        case .arriving, .whole: line.stage.map { (stage($0), tone(of: $0)) } ?? (way(line.way), .busy)
        }
    }

    private func tone(of stage: Stage) -> Tone {
        switch stage {
        case .answered, .closed: .good
        case .refused, .duplicate, .withdrawn: .calm
        case .received, .dispatched, .inProgress, .returned: .busy
        }
    }

    /// The stage's name in the glossary.
    public static func name(of stage: Stage) -> String {
        switch stage {
        case .received: "received"
        case .refused: "refused"
        case .duplicate: "duplicate"
        case .dispatched: "dispatched"
        case .inProgress: "in-progress"
        case .returned: "returned"
        case .answered: "answered"
        case .closed: "closed"
        case .withdrawn: "withdrawn"
        }
    }
}

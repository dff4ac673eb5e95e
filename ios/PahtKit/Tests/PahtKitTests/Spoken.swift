import PahtCore

// How a step and what came of it are written: the same words in every runner.

/// What is done: the verb, the phone, the report; what it is given stays in the table.
func spoken(_ step: ScenarioStep) -> String {
    [step.do, step.phone, step.as, step.report].compactMap { $0 }.joined(separator: " ")
}

func spoken(_ error: PahtError) -> String {
    switch error {
    case .Refused(let code): "refused \(errorName(code: code))"
    case .Storage(let code): "storage \(errorName(code: code))"
    case .File(let code): "file \(errorName(code: code))"
    case .Link(let code): "link \(errorName(code: code))"
    case .Internal: "internal"
    }
}

func spoken(_ outcome: SyncOutcome) -> String {
    if outcome.allSent { return "all sent" }
    let waiting = outcome.standing.waiting > 0 ? "some wait" : "nothing waits"
    return outcome.standing.parked > 0 ? "\(waiting), some need you" : waiting
}

/// Everything a person would see of a report, on one line.
func spoken(_ view: ReportView) -> String {
    let count = view.parts.filter { if case .delivered = $0.state { true } else { false } }.count
    let delivered = count == 0 ? "none" : count == view.parts.count ? "all" : "some"
    let stage = view.line.stage.map { spoken($0) } ?? "-"
    let happened = view.timeline.compactMap { spoken($0.what) }.joined(separator: ",")
    let share = view.assignments.first
    let grade = share?.grade.map { "\($0)" } ?? "-"
    return "way \(spoken(view.line.way)), delivered \(delivered), stage \(stage), "
        + "timeline \(happened.isEmpty ? "-" : happened), grade \(grade), reopened \(share?.reopened ?? 0)"
}

/// The agency's cases, one after another: where the share stands, and what this phone did.
func spoken(_ cases: OfficerCases) -> String {
    let told = cases.cases.map { one in
        let acts = one.acts.map { "\(spoken($0.deed)) \(spoken($0.way))" }.joined(separator: ",")
        return "\(one.shares.last.map { spoken($0.state) } ?? "-"), acts \(acts.isEmpty ? "none" : acts)"
    }
    return told.isEmpty ? "no cases" : told.joined(separator: "; ")
}

private func spoken(_ state: ShareState) -> String {
    switch state {
    case .dispatched: "dispatched"
    case .inProgress: "in-progress"
    case .returned: "returned"
    case .answered: "answered"
    case .closed: "closed"
    case .unknown: "unknown"
    }
}

private func spoken(_ deed: Deed) -> String {
    switch deed {
    case .start: "start"
    case .return: "return"
    case .askTime: "ask-time"
    case .answer: "answer"
    }
}

private func spoken(_ way: Way) -> String {
    switch way {
    case .waiting: "waiting"
    case .arriving: "arriving"
    case .whole: "whole"
    case .needsYou(.refused(let code)): "needs-you \(errorName(code: code))"
    case .needsYou(.fileLost): "needs-you file-lost"
    case .needsYou(.held), .held: "held"
    case .withdrawn: "withdrawn"
    }
}

private func spoken(_ stage: PahtCore.Stage) -> String {
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

/// Parts arrive in an order that is nobody's business: they are left out.
private func spoken(_ what: What) -> String? {
    switch what {
    case .received: "received"
    case .classified: "classified"
    case .refused: "refused"
    case .duplicate: "duplicate"
    case .dispatched: "dispatched"
    case .inProgress: "in-progress"
    case .returned: "returned"
    case .answered: "answered"
    case .closed: "closed"
    case .rated: "rated"
    case .reopened: "reopened"
    case .timeAsked: "time-asked"
    case .timeGiven: "time-given"
    case .commented: "commented"
    case .edited: "edited"
    case .withdrawn: "withdrawn"
    case .arrived: nil
    case .published: "published"
    case .carried: "carried"
    case .unknown: "unknown"
    }
}

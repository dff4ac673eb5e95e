import PahtCore

/// The lane of an agency's officer, on the same phone as the person's own reports. The core's own `Phone` is one. Each call
/// may throw `PahtError`; whatever it was, what was kept before is safe.
public protocol OfficerDesk: Sendable {
    /// Makes this phone an officer's of the agency whose code is given; needs a network.
    func enrol(code: String) async throws -> Officer
    /// Signs the officer out on this phone, without a network too: the agency's cases and their pictures are forgotten. What was
    /// done already goes out all the same; to sign in again, a code is needed.
    func signOut() async throws
    /// Who this phone is an officer's of; nil on everybody else's.
    func officer() async throws -> Officer?
    /// The agency's open cases as the hub has them now; throws `PahtError.Link` without a network, and with `.officerEnded`
    /// or `.officerUnknown` where the phone is an officer's no more.
    func cases() async throws -> OfficerCases
    /// What was last heard of them, with what was done here since; nil if they were never asked for.
    func casesKept() async throws -> OfficerCases?
    /// Where a picture of a kept case is; asked of the hub the first time.
    func casePicture(report: ReportId, hash: Sha256) async throws -> String
    /// Does something to a kept case. When it returns, it survives a kill, and is sent when there is a network, in the
    /// order it was done; when it throws, nothing of it is left.
    func act(report: ReportId, assignment: UInt16, deed: NewDeed) async throws -> Sha256
    /// What this phone did, newest first, whether the hub still lists the case or not.
    func acts(limit: UInt32) async throws -> [OfficerAct]
    /// Lets an act go that needs the person: it is never sent.
    func letActGo(report: ReportId, id: Sha256) async throws
    /// Sends an act again that needs the person.
    func sendActAgain(report: ReportId, id: Sha256) async throws
}

extension Phone: OfficerDesk {}

extension OfficerCases {
    /// The hub's clock now, at the least: deadlines are counted by it, not by the phone's.
    public var hubNow: UnixMs { at.addingTimeInterval(Double(ageMs) / 1_000) }
}

extension OfficerCase {
    /// The share to work on: the last that is open, else the last.
    public var share: OfficerShare? { shares.last { $0.isOpen } ?? shares.last }

    /// The act by which this phone gave the share out of its hands, while it is still on its way or is being weighed.
    public var handover: OfficerAct? {
        acts.last { act in
            guard act.assignment == share?.assignment, act.dropped == nil else { return false }
            switch act.deed {
            case .answer, .return: return act.isOnItsWay || act.way == .whole && share?.isOpen == false
            case .start, .askTime: return false
            }
        }
    }
}

extension OfficerShare {
    /// Whether the agency still owes an answer.
    public var isOpen: Bool { state == .dispatched || state == .inProgress }
}

extension OfficerAct {
    /// Whether the hub has yet to hear some of it, and nothing keeps it.
    public var isOnItsWay: Bool {
        switch way {
        case .waiting, .arriving: true
        case .whole, .needsYou, .held, .withdrawn: false
        }
    }

    /// Whether only the person can go on with it.
    public var needsYou: Bool { if case .needsYou = way { true } else { false } }
}

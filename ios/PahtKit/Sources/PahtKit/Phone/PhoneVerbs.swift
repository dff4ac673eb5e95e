import PahtCore

// What the screens ask of the phone, in small protocols: a model names just what it uses, and a test can stand in for it.
// The core's own `Phone` is all of them. Each call may throw `PahtError`; whatever it was, what was kept before is safe.

/// Makes reports.
public protocol ReportMaking: Sendable {
    /// Makes a report. When it returns, the report and every byte of its files survive a kill, a full disk and a power
    /// cut; when it throws, nothing of it is left.
    func report(new: NewReport) async throws -> ReportId
}

/// Tells what there is, anew each time.
public protocol ReportReading: Sendable {
    /// Reports, newest first, beginning after the given one.
    func list(after: ReportId?, limit: UInt32) async throws -> [ReportLine]
    /// One report with everything known of it.
    func show(id: ReportId) async throws -> ReportView
    /// Every part that is not delivered, in the order of sending.
    func outbox() async throws -> [Part]
    /// The queue as a whole.
    func standing() async throws -> Standing
    /// Where a kept original or picture is; nil if it was erased.
    func mediaPath(hash: Sha256) async throws -> String?
    /// The province as the phone knows it; nil before the first card.
    func card() async throws -> Card?
}

/// What the person does with a report afterwards. Each is kept when it returns, and sent when it can be.
public protocol ReportVerbs: Sendable {
    func edit(id: ReportId, edit: Edit) async throws
    func comment(id: ReportId, text: String) async throws
    func reply(id: ReportId, text: String) async throws
    func rate(id: ReportId, rating: Rating) async throws
    func reopen(id: ReportId, reopening: Reopening) async throws
    func withdraw(id: ReportId) async throws
    func hold(id: ReportId) async throws
    func release(id: ReportId) async throws
    /// Over which networks originals and videos of one report go; nil as for the others.
    func setReportPolicy(id: ReportId, policy: DataPolicy?) async throws
}

/// Sends and hears.
public protocol Syncing: Sendable {
    /// Sends what waits and hears what is new, for at most so many milliseconds.
    func sync(budgetMs: UInt64?, until: Until) async throws -> SyncOutcome
    /// Ends a running sync at once; what it was doing stays journalled.
    func stop()
    /// The network changed, or the person said "now": every wait ends.
    func networkChanged() async throws
    /// What the platform sees of network and battery; a running sync heeds it at once.
    func tellMeans(means: Means)
    /// The person says yes to originals over the network that there is, until it is another one.
    func consent()
    /// Over which networks originals and videos go.
    func dataPolicy() -> DataPolicy
    /// Sets it, for every report of which nothing else was said.
    func setDataPolicy(policy: DataPolicy) async throws
    /// What was sent so far, and what going on at the same byte has spared.
    func meter() -> Meter
}

/// What the province tells everybody; heard with every sync, so there is some without a network.
public protocol AlertReading: Sendable {
    /// The alerts that hold now, emergencies first; with a point, whether each is for the commune about there.
    func alerts(about: Point?, language: Language) async throws -> [Alert]
}

/// Public cases around a place.
public protocol NearbyReading: Sendable {
    /// As the hub has them now; throws `PahtError.Link` without a link.
    func nearby(about: Point, radiusM: UInt32) async throws -> Nearby
    /// What was last heard of about this place, and how old it is; nil if it was never asked, or long ago.
    func nearbyKept(about: Point) async throws -> Nearby?
}

/// Services that can be reviewed.
public protocol ServiceReading: Sendable {
    /// Those with these words in name, kind or address, as the hub has them now; blank words: all. Throws `PahtError.Link`
    /// without a link. Names are in this language (BCP 47).
    func services(words: String, about: Point?, language: String) async throws -> Services
    /// All that were last heard of, nearest first, and how old that is; nil if they were never asked for.
    func servicesKept(about: Point?, language: String) async throws -> Services?
}

/// How a report goes without a network: as text messages, and with a neighbour's phone.
public protocol OtherWays: Sendable {
    /// A report as text messages to be sent as they are, mostly one. Throws `PahtError.Refused` with `smsConfidential` for
    /// what a network must not read.
    func sms(id: ReportId) async throws -> [String]
    /// The person sent them: until its statement is at the IOC, the report is unconfirmed.
    func texted(id: ReportId) async throws
    /// Seals reports in files that a neighbour's phone can carry; the first under the path given.
    func bundle(ids: [ReportId], path: String) async throws -> [String]
}

/// What this phone carries for neighbours, and the receipts on their way back.
public protocol Carrying: Sendable {
    /// What is carried for others, in the order it came.
    func carried() async throws -> [Carried]
    /// Takes in a file that a neighbour handed over: reports to be carried, or receipts for this phone's own.
    func takeIn(path: String) async throws -> TakenIn
    /// Forgets a file that is carried, and its receipts.
    func dropCarried(hash: Sha256) async throws
}

extension Phone: ReportMaking, ReportReading, ReportVerbs, Syncing, AlertReading, NearbyReading, ServiceReading {}
extension Phone: OtherWays, Carrying {}

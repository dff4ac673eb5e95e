import Foundation
import PahtCore

/// How a round of sending ended.
public struct Sent: Sendable, Equatable {
    /// What the core says.
    public let outcome: SyncOutcome
    /// Whether originals stayed behind because of the person's data policy.
    public var originalsStayed: Bool { outcome.standing.keptBack > 0 }
}

/// Sends within the person's wishes: `Syncing`, told of the network and the settings, ended by the end of its task.
public final class Sender: @unchecked Sendable {
    private let phone: any Syncing & ReportReading
    private let changes: ChangeFeed
    // NSLock guards all that follows.
    private let lock = NSLock()
    private var policy: DataPolicy?
    private var network = Network.unmetered
    private var rounds: Set<UUID> = []

    public init(phone: any Syncing & ReportReading, changes: ChangeFeed) {
        self.phone = phone
        self.changes = changes
    }

    /// The person's policy, from the settings. The core keeps it; a round that runs heeds it at once.
    public func use(_ policy: DataPolicy) {
        lock.withLock { self.policy = policy }
        Task { try? await follow() }
    }

    /// What the phone is connected by now, and whether the battery can spare originals. A new network ends every wait.
    public func use(_ network: Network, lowBattery: Bool = false) async throws {
        let isNew = lock.withLock {
            defer { self.network = network }
            return self.network != network
        }
        guard let cost = network.cost else { return }
        phone.tellMeans(means: Means(cost: cost, lowBattery: lowBattery))
        if isNew { try await phone.networkChanged() }
    }

    /// Sends what waits and hears what is new.
    ///
    /// - Parameters:
    ///   - budget: at most so long; nil for as long as it takes. The rest stays journalled.
    ///   - until: `.once` asks for news once; `.done` waits until everything is sent or needs a person.
    ///   - sendOriginals: the person's yes to originals; it holds until the network changes.
    ///
    /// A round that is running ends for this one: who asks now does not wait behind one that waits for a network.
    public func send(budget: Duration? = nil, until: Until = .once, sendOriginals: Bool = false) async throws -> Sent {
        if sendOriginals { phone.consent() }
        return try await round(budget: budget, until: until, interrupts: true)
    }

    private func round(budget: Duration?, until: Until, interrupts: Bool) async throws -> Sent {
        try Task.checkCancellation()
        try await follow()
        let round = UUID()
        let isBusy = lock.withLock {
            defer { rounds.insert(round) }
            return !rounds.isEmpty
        }
        defer { _ = lock.withLock { rounds.remove(round) } }
        if isBusy, interrupts { phone.stop() }
        let outcome = try await withTaskCancellationHandler {
            // A call across the border does not end by itself when its task is cancelled.
            try await phone.sync(budgetMs: budget.map(milliseconds), until: until)
        } onCancel: {
            end(round)
        }
        return Sent(outcome: outcome)
    }

    /// Says stop until the round has ended: one that comes before the core listens is not heard.
    private func end(_ round: UUID) {
        Task.detached { [self] in
            while lock.withLock({ rounds.contains(round) }) {
                phone.stop()
                try? await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    /// Sends for as long as its task lives: at once, and again whenever more waits or originals may go that stayed.
    /// Ends with `CancellationError`, or with the first other error (no IOC is known, the storage failed).
    public func keepSending() async throws {
        while true {
            let sent = try await round(budget: nil, until: .done, interrupts: false)
            // Another round asked for its turn; what it leaves is taken up after it.
            if sent.outcome.endedBy == .stopped { continue }
            // From here on nothing is missed: first listen, then look.
            let notices = changes.notices()
            if try await hasMore() { continue }
            for await _ in notices where try await hasMore() { break }
        }
    }

    /// Whether something waits that may go.
    private func hasMore() async throws -> Bool {
        let standing = try await phone.standing()
        return standing.waiting > standing.keptBack
    }

    /// The person said "now".
    public func wake() async throws { try await phone.networkChanged() }

    /// The core keeps the policy that the settings have.
    private func follow() async throws {
        let wanted = lock.withLock { policy }
        if let wanted, wanted != phone.dataPolicy() { try await phone.setDataPolicy(policy: wanted) }
    }
}

private func milliseconds(_ duration: Duration) -> UInt64 {
    let (seconds, attoseconds) = duration.components
    return UInt64(max(seconds, 0)) * 1_000 + UInt64(max(attoseconds, 0) / 1_000_000_000_000_000)
}

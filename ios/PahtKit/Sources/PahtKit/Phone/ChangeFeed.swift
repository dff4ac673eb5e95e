import Foundation
import PahtCore

/// What the phone tells while it works.
public enum PhoneEvent: Sendable, Equatable {
    /// Something should be read again.
    case changed(Notice)
    /// A sync begins or ended something.
    case step(Step)
    /// The hub holds so many bytes of what is being sent.
    case bytes(report: ReportId, kind: PartKind, sent: UInt64, total: UInt64)
}

/// The phone's events, for any number of readers.
///
/// A reader that is slow loses the oldest events first, never the newest: events say what to read again, they are not the
/// truth themselves.
public final class ChangeFeed: PhoneObserver, @unchecked Sendable {
    /// Events kept for a reader that is slow.
    public static let bufferedMax = 256

    // NSLock guards both; nothing is called while it is held. (`Mutex` would need iOS 18.)
    private let lock = NSLock()
    private var readers: [UUID: AsyncStream<PhoneEvent>.Continuation] = [:]
    private var gate: (@Sendable (Step) -> Void)?

    public init() {}

    /// Everything from now on. Ends when its reader's task ends.
    public func events() -> AsyncStream<PhoneEvent> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: PhoneEvent.self, bufferingPolicy: .bufferingNewest(Self.bufferedMax))
        let id = UUID()
        continuation.onTermination = { [weak self] _ in self?.forget(id) }
        lock.withLock { readers[id] = continuation }
        return stream
    }

    /// Only what should be read again, from now on.
    public func notices() -> AsyncCompactMapSequence<AsyncStream<PhoneEvent>, Notice> {
        events().compactMap { event in
            if case .changed(let notice) = event { notice } else { nil }
        }
    }

    /// Asked about every step before it is taken, on the sync's own thread: it must be quick.
    func guardSteps(_ gate: @escaping @Sendable (Step) -> Void) {
        lock.withLock { self.gate = gate }
    }

    public func onChange(notice: Notice) throws { tell(.changed(notice)) }

    public func onStep(step: Step) throws {
        let gate = lock.withLock { self.gate }
        gate?(step)
        tell(.step(step))
    }

    public func onBytes(report: ReportId, kind: PartKind, sent: UInt64, total: UInt64) throws {
        tell(.bytes(report: report, kind: kind, sent: sent, total: total))
    }

    private func tell(_ event: PhoneEvent) {
        let all = lock.withLock { Array(readers.values) }
        for reader in all { reader.yield(event) }
    }

    private func forget(_ id: UUID) {
        // The last reference is dropped outside the lock: ending a stream calls back here.
        let gone = lock.withLock { readers.removeValue(forKey: id) }
        _ = gone
    }
}

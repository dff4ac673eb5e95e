import Foundation
import PahtCore
import PahtTestHub
import Testing

@testable import PahtKit

/// Goal: what the kit promises holds with the real core and a real hub. Method: each test has a hub in a process and
/// phones in folders of its own.
@Suite struct WholeLoopTests {
    @Test func aReportMadeWithoutNetworkIsKeptSentAnsweredRatedAndReopened() async throws {
        let home = try temporaryFolder()
        let picture = try samplePicture(in: home, seed: 1)
        var phone: OpenPhone? = try await opened(home: home, ioc: nil)
        let id = try await phone!.phone.report(
            new: newReport("Ổ gà trên QL49", files: [picture.path]))
        #expect(try await phone!.phone.standing().waiting >= 2, "the statement and the original")
        // Dropped as a killed app is: nothing was said to the core.
        phone = nil

        let hub = try TestHub()
        let again = try await opened(home: home, ioc: hub.url)
        #expect(try await again.phone.list(after: nil, limit: 10).map(\.id) == [id])
        let sent = try await again.sender.send(until: .done)
        #expect(sent.outcome.allSent && sent.outcome.endedBy == .done && !sent.originalsStayed)
        let code = try #require(try await again.phone.show(id: id).line.case).text

        try hub.operate("dispatch", code)
        _ = try await again.sender.send()
        #expect(try await again.phone.show(id: id).line.stage == .dispatched)

        try hub.operate("start", code)
        let after = try samplePicture(in: home, seed: 2)
        try hub.operate("answer", code, "--text", "Đã thông đường.", "--media", after.path)
        _ = try await again.sender.send()
        let answered = try await again.phone.show(id: id)
        #expect(answered.line.stage == .answered && answered.answers.map(\.text) == ["Đã thông đường."])
        #expect(answered.answers.first?.evidence.count == 1)

        try await again.phone.rate(id: id, rating: Rating(assignment: 1, answer: 1, grade: 2, text: "Chưa xong"))
        try await again.phone.reopen(id: id, reopening: Reopening(assignment: 1, reason: "Đá vẫn rơi"))
        #expect(try await again.sender.send(until: .done).outcome.allSent)
        let reopened = try await again.phone.show(id: id)
        let share = try #require(reopened.assignments.first)
        #expect(share.reopened == 1 && share.grade == 2 && share.due >= share.firstDue)
        #expect(reopened.line.case?.text == code, "a reopened case keeps its code")
    }

    @Test func aPhoneWhoseClockIsFiveYearsOffSends() async throws {
        let hub = try TestHub()
        for years in [-5.0, 5.0] {
            let clock = OffClock(bySeconds: years * 365 * 86_400)
            let home = try temporaryFolder()
            let phone = try await opened(home: home, ioc: hub.url, ports: PhonePorts(clock: clock))
            let id = try await phone.phone.report(new: newReport("Ổ gà"))
            #expect(try await phone.sender.send(until: .done).outcome.allSent, "\(years) years")
            let view = try await phone.phone.show(id: id)
            let received = try #require(view.timeline.first)
            #expect(abs(received.at.timeIntervalSinceNow) < 600, "the hub's clock counts")
            #expect(abs(view.line.made.timeIntervalSinceNow) > 4 * 365 * 86_400, "the phone's is a claim")
        }
    }

    @Test func aSecondOpeningOfTheSameFolderIsRefusedAndHarmsNothing() async throws {
        let home = try temporaryFolder()
        let phone = try await opened(home: home, ioc: nil)
        let id = try await phone.phone.report(new: newReport("Ổ gà"))
        await #expect(throws: PahtError.Storage(code: .storageBusy)) { try await opened(home: home, ioc: nil) }
        #expect(try await phone.phone.list(after: nil, limit: 1).map(\.id) == [id])
    }

    @Test func whatIsRefusedSaysItsCodeAndLeavesNothing() async throws {
        let phone = try await opened(home: try temporaryFolder(), ioc: nil)
        await #expect(throws: PahtError.Refused(code: .reportEmpty)) {
            try await phone.phone.report(new: newReport(""))
        }
        await #expect(throws: PahtError.Refused(code: .requestMalformed)) {
            try await phone.phone.show(id: ReportId("no id"))
        }
        #expect(try await phone.phone.list(after: nil, limit: 1).isEmpty)
        #expect(Words(language: .vi).error(PahtError.Refused(code: .reportEmpty)).hasPrefix("Phản ánh cần"))
    }

    @Test func aPortsOwnExceptionIsAnErrorAndThePhoneGoesOn() async throws {
        let home = try temporaryFolder()
        // What no port may throw becomes a fault of ours, never a crash.
        await #expect(throws: PahtError.Internal) {
            try await opened(home: home, ioc: nil, ports: PhonePorts(keys: BrokenKeys()))
        }
        let phone = try await opened(home: home, ioc: nil)
        _ = try await phone.phone.report(new: newReport("Ổ gà"))
    }

    @Test func aPanicInTheCoreIsAnErrorAndThePhoneGoesOn() async throws {
        let phone = try await opened(home: try temporaryFolder(), ioc: nil)
        await #expect(throws: PahtError.Internal) { try await phone.phone.rehearseFault() }
        let id = try await phone.phone.report(new: newReport("Ổ gà"))
        #expect(try await phone.phone.show(id: id).line.text == "Ổ gà")
    }

    @Test func theKeysOfThePlatformSignWhatTheHubTakes() async throws {
        let hub = try TestHub()
        let keys = CountingKeys(try SoftwareKeys())
        let phone = try await opened(
            home: try temporaryFolder(), ioc: hub.url, ports: PhonePorts(keys: keys))
        _ = try await phone.phone.report(new: newReport("Ổ gà"))
        #expect(try await phone.sender.send(until: .done).outcome.allSent)
        #expect(keys.signed >= 2, "the statement and the sync itself")
    }
}

func opened(home: URL, ioc: URL?, ports: PhonePorts = PhonePorts()) async throws -> OpenPhone {
    try await OpenPhone.open(PhoneSetup(tenant: "hue", ioc: ioc, home: home), ports: ports)
}

func newReport(_ text: String, files: [String] = [], category: String = "traffic") -> NewReport {
    NewReport(files: files, text: text, category: CategoryCode(category))
}

/// A clock that is wrong by so many seconds.
final class OffClock: PhoneClock, Sendable {
    let bySeconds: TimeInterval
    init(bySeconds: TimeInterval) { self.bySeconds = bySeconds }

    func now() throws -> ClockReading {
        let ticks = UInt64(ProcessInfo.processInfo.systemUptime * 1_000)
        return ClockReading(wall: Date().addingTimeInterval(bySeconds), offsetMin: 420, ticksMs: ticks, boot: 7)
    }
}

struct Surprise: Error {}

final class BrokenKeys: PhoneKeys, Sendable {
    func publicKey() throws -> Data { throw Surprise() }
    func sign(message: Data) throws -> Data { throw Surprise() }
}

final class CountingKeys: PhoneKeys, @unchecked Sendable {
    private let keys: SoftwareKeys
    private let lock = NSLock()
    private var count = 0
    var signed: Int { lock.withLock { count } }

    init(_ keys: SoftwareKeys) { self.keys = keys }
    func publicKey() throws -> Data { try keys.publicKey() }
    func sign(message: Data) throws -> Data {
        lock.withLock { count += 1 }
        return try keys.sign(message: message)
    }
}

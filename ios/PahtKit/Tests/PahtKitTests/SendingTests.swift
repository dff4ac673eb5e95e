import Foundation
import PahtCore
import PahtTestHub
import Testing

@testable import PahtKit

@Suite struct SendingTests {
    /// Method: a phone that knows no card yet takes any category; the hub does not.
    @Test func aRefusedReportWaitsForThePersonIsMendedAndGoes() async throws {
        let hub = try TestHub()
        let phone = try await opened(home: try temporaryFolder(), ioc: hub.url)
        let bad = try await phone.phone.report(new: newReport("Ổ gà", category: "no-such"))
        let good = try await phone.phone.report(new: newReport("Rác", category: "sanitation"))
        #expect(try await phone.sender.send(until: .done).outcome.allSent == false)
        #expect(try await phone.phone.show(id: good).line.way == .whole, "one refused keeps nobody back")
        let parked = try await phone.phone.show(id: bad)
        #expect(parked.line.way == .needsYou(reason: .refused(.categoryUnknown)))
        #expect(LocalNotice.about(parked, after: 0, words: Words(language: .en), agency: \.text).count == 1)

        try await phone.phone.edit(id: bad, edit: Edit(category: CategoryCode("traffic"), text: nil, place: nil))
        #expect(try await phone.sender.send(until: .done).outcome.allSent)
        #expect(try await phone.phone.show(id: bad).line.way == .whole)
    }

    @Test func everyReaderHearsWhatHappensAndTheirEndIsTheirOwn() async throws {
        let hub = try TestHub()
        let phone = try await opened(home: try temporaryFolder(), ioc: hub.url)
        let (all, notices) = (phone.changes.events(), phone.changes.notices())
        let picture = try samplePicture(in: try temporaryFolder(), seed: 3)
        let id = try await phone.phone.report(new: newReport("Ổ gà", files: [picture.path]))

        var first = notices.makeAsyncIterator()
        #expect(await first.next() == .report(id))
        let sending = Task { try await phone.sender.send(until: .done) }
        var delivered: Set<PartKind> = []
        var bytes: UInt64 = 0
        for await event in all {
            if case .step(.delivered(let report, _, let kind)) = event, report == id { delivered.insert(kind) }
            if case .bytes(_, _, let sent, _) = event { bytes = max(bytes, sent) }
            if delivered.count == 3 { break }
        }
        #expect(delivered == [.preview, .rendition, .original])
        #expect(bytes > 0)
        #expect(try await sending.value.outcome.allSent)
    }

    @Test func theEndOfTheTaskEndsTheSync() async throws {
        let home = try temporaryFolder()
        // Nothing listens there: a sync that waits for everything would wait for ever.
        let phone = try await opened(home: home, ioc: URL(string: "http://127.0.0.1:9")!)
        _ = try await phone.phone.report(new: newReport("Ổ gà"))
        let events = phone.changes.events()
        let sending = Task { try await phone.sender.send(until: .done) }
        for await event in events {
            if case .step(.failed(let code)) = event {
                #expect(code == .linkDown)
                break
            }
        }
        sending.cancel()
        #expect(try await sending.value.outcome.endedBy == .stopped)
        #expect(try await phone.phone.standing().waiting == 1, "what was not sent is still there")
    }

    @Test func whoAsksNowDoesNotWaitBehindARoundThatWaitsForANetwork() async throws {
        let phone = try await opened(home: try temporaryFolder(), ioc: URL(string: "http://127.0.0.1:9")!)
        _ = try await phone.phone.report(new: newReport("Ổ gà"))
        let events = phone.changes.events()
        let waiting = Task { try await phone.sender.keepSending() }
        for await event in events {
            if case .step(.waiting) = event { break }
        }
        let asked = try await phone.sender.send()
        #expect(asked.outcome.standing.fault == .linkDown)
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }

    @Test func whatIsMadeWhileNothingWaitsIsSentByItself() async throws {
        let hub = try TestHub()
        let phone = try await opened(home: try temporaryFolder(), ioc: hub.url)
        let events = phone.changes.events()
        let sending = Task { try await phone.sender.keepSending() }
        for number in 1...3 {
            let id = try await phone.phone.report(new: newReport("Ổ gà \(number)"))
            for await event in events {
                guard event == .changed(.report(id)) else { continue }
                if try await phone.phone.show(id: id).line.way == .whole { break }
            }
        }
        sending.cancel()
        await #expect(throws: CancellationError.self) { try await sending.value }
    }

    @Test func originalsStayWhereThePersonSaysSoAndGoWithAYes() async throws {
        let hub = try TestHub()
        let phone = try await opened(home: try temporaryFolder(), ioc: hub.url)
        let picture = try samplePicture(in: try temporaryFolder(), seed: 4, side: 500)
        let id = try await phone.phone.report(new: newReport("Ổ gà", files: [picture.path]))
        phone.sender.use(.ask)
        try await phone.sender.use(.metered)
        let held = try await phone.sender.send(until: .done)
        #expect(held.originalsStayed && !held.outcome.allSent && held.outcome.endedBy == .waiting)
        let left = try await phone.phone.outbox()
        #expect(left.map(\.kind) == [.original], "text and small pictures went")
        #expect(left.allSatisfy { !$0.isDelivered })

        let sent = try await phone.sender.send(until: .done, sendOriginals: true)
        #expect(sent.outcome.allSent && !sent.originalsStayed)
        #expect(try await phone.phone.show(id: id).line.way == .whole)
    }

    @Test func aYesCountsForAskAloneAndNeverForWifiOnly() async throws {
        let hub = try TestHub()
        let phone = try await opened(home: try temporaryFolder(), ioc: hub.url)
        let picture = try samplePicture(in: try temporaryFolder(), seed: 5, side: 500)
        _ = try await phone.phone.report(new: newReport("Ổ gà", files: [picture.path]))
        phone.sender.use(.free)
        try await phone.sender.use(.metered)
        #expect(try await phone.sender.send(until: .done, sendOriginals: true).originalsStayed)
        phone.sender.use(.any)
        #expect(try await phone.sender.send(until: .done).outcome.allSent)
        #expect(phone.phone.meter().sentBytes > 0)
    }

    @Test func whatStayedGoesByItselfOnceTheNetworkCostsNothing() async throws {
        let hub = try TestHub()
        let phone = try await opened(home: try temporaryFolder(), ioc: hub.url)
        try await phone.sender.use(.metered)
        let picture = try samplePicture(in: try temporaryFolder(), seed: 6, side: 500)
        let id = try await phone.phone.report(new: newReport("Ổ gà", files: [picture.path]))
        let events = phone.changes.events()
        let sending = Task { try await phone.sender.keepSending() }
        for await event in events {
            guard case .step(.delivered(_, _, .rendition)) = event else { continue }
            break
        }
        try await phone.sender.use(.unmetered)
        while try await phone.phone.show(id: id).line.way != .whole { try await Task.sleep(for: .milliseconds(20)) }
        sending.cancel()
        await #expect(throws: CancellationError.self) { try await sending.value }
    }
}

extension Part {
    var isDelivered: Bool { if case .delivered = state { true } else { false } }
}

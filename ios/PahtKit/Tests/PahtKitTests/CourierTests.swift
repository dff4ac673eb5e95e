import Foundation
import PahtCore
import PahtTestHub
import Testing

@testable import PahtKit

/// Goal: a report goes with a neighbour where there is no network of any kind. Method: two phones, files, a real hub.
@Suite struct CourierTests {
    @Test func aNeighbourCarriesAReportToTheCentreAndBringsTheReceiptsBack() async throws {
        let hub = try TestHub()
        let nobody = URL(string: "http://127.0.0.1:9")!
        let (home, folder) = (try temporaryFolder(), try temporaryFolder())
        let out = folder.appendingPathComponent("report.paht").path
        do {
            let met = try await opened(home: home, ioc: hub.url)
            _ = try await met.sender.send(until: .done)
        }
        let far = try await opened(home: home, ioc: nobody)
        await #expect(throws: PahtError.Refused(code: .bundleEmpty)) {
            _ = try await far.phone.bundle(ids: [], path: out)
        }
        let picture = try samplePicture(in: folder, seed: 9)
        let id = try await far.phone.report(new: newReport("Cầu treo đứt cáp", files: [picture.path]))
        #expect(try await far.phone.bundle(ids: [id], path: out) == [out])
        #expect(try await far.phone.show(id: id).line.unconfirmed, "nobody has confirmed it")

        let near = try await opened(home: try temporaryFolder(), ioc: hub.url)
        await #expect(throws: PahtError.Refused(code: .bundleUnreadable)) {
            _ = try await near.phone.carry(path: picture.path)
        }
        _ = try await near.phone.carry(path: out)
        _ = try await near.sender.send(until: .done)
        #expect(try await near.phone.outbox().isEmpty, "it is none of its own parts")
        let carried = try #require(try await near.phone.carried().first)
        let receipts = try #require(carried.receipts)

        await #expect(throws: PahtError.Refused(code: .receiptsUnreadable)) {
            _ = try await near.phone.accept(path: receipts)
        }
        #expect(try await far.phone.accept(path: receipts).delivered > 2)
        let line = try await far.phone.show(id: id).line
        #expect(line.way == .whole && !line.unconfirmed)
        #expect(line.case?.text.hasPrefix("HUE-") == true, "its number came along")
        try await near.phone.dropCarried(hash: carried.hash)
        #expect(try await near.phone.carried().isEmpty)
        #expect(!FileManager.default.fileExists(atPath: receipts))
    }
}

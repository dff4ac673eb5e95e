import Foundation
import PahtCore
import PahtTestHub
import Testing

@testable import PahtKit

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite struct BackgroundLaneTests {
    /// Method: the sync is stopped before the first medium; the lane carries the original by plain HTTP requests, the
    /// second half after a cut; then the phone's own sync hears that it arrived.
    @Test func whatTheLaneCarriedThePhoneLearnsByItsNextSync() async throws {
        let hub = try TestHub()
        let folder = try temporaryFolder()
        let phone = try await opened(home: try temporaryFolder(), ioc: hub.url)
        let picture = try samplePicture(in: folder, seed: 5)
        let id = try await phone.phone.report(new: newReport("Ổ gà", files: [picture.path]))
        #expect(plan(try await phone.phone.outbox(), hub.url).isEmpty, "the hub does not know the report yet")
        let core = phone.phone
        // The hub knows the report and its pictures, and no medium has arrived whole.
        phone.changes.guardSteps { if case .uploading = $0 { core.stop() } }
        _ = try await core.sync(budgetMs: nil, until: .done)
        phone.changes.guardSteps { _ in }

        let outbox = try await phone.phone.outbox()
        let original = try #require(outbox.first { $0.kind == .original })
        var transfer = try #require(plan(outbox, hub.url).first { $0.hash == original.hash.text })
        let path = try #require(try await phone.phone.mediaPath(hash: Sha256(transfer.hash)))
        try await carry(&transfer, file: URL(fileURLWithPath: path), folder: folder, most: 1_000)
        #expect(transfer.state == .at(offset: 1_000))
        transfer.take(TusAnswer(status: nil))
        while transfer.request != nil { try await carry(&transfer, file: URL(fileURLWithPath: path), folder: folder) }
        #expect(transfer.state == .whole)

        #expect(try await phone.sender.send(until: .done).outcome.allSent)
        #expect(try await phone.phone.show(id: id).line.way == .whole)
    }

    @Test func theLaneKeepsToWhatCanGo() {
        let report = ReportId("0193")
        let parts = [
            part(report, "aa", .rendition, .waiting), part(report, "bb", .original, .sending(offsetBytes: 9)),
            part(report, "cc", .preview, .parked(reason: .fileLost)),
            part(ReportId("0194"), "dd", .statement, .waiting),
            part(ReportId("0194"), "ee", .preview, .waiting),
        ]
        let hub = URL(string: "https://ioc.example")!
        #expect(BackgroundLane.transfers(outbox: parts, hub: hub).map(\.hash) == ["aa", "bb"])
    }

    @Test func theRestOfAFileIsCopiedAndNothingElse() throws {
        let folder = try temporaryFolder()
        let file = folder.appending(path: "film")
        try Data((0..<200).map { UInt8($0) }).write(to: file)
        var transfer = TusTransfer(hub: URL(string: "https://ioc.example")!, report: "r", hash: "h", bytes: 200)
        let bodyFile = { try transfer.request?.bodyFile(of: file, in: folder) }
        #expect(try bodyFile() == nil)
        transfer.take(TusAnswer(status: 201, offset: 0))
        #expect(try bodyFile() == file)
        transfer.take(TusAnswer(status: 204, offset: 150))
        let rest = try #require(try bodyFile())
        #expect(try Data(contentsOf: rest) == Data((150..<200).map { UInt8($0) }))
    }
}

private func plan(_ outbox: [Part], _ hub: URL) -> [TusTransfer] {
    BackgroundLane.transfers(outbox: outbox, hub: hub)
}

private func part(_ report: ReportId, _ hash: String, _ kind: PartKind, _ state: PartState) -> Part {
    Part(report: report, hash: Sha256(hash), kind: kind, bytes: 100, state: state, attempts: 0, fault: nil)
}

/// One request of the lane, at most so many bytes of it.
private func carry(_ transfer: inout TusTransfer, file: URL, folder: URL, most: Int = .max) async throws {
    guard let asked = transfer.request else { return }
    var request = URLRequest(url: asked.url)
    request.httpMethod = asked.method
    for (name, value) in asked.headers { request.setValue(value, forHTTPHeaderField: name) }
    if let body = try asked.bodyFile(of: file, in: folder) {
        request.httpBody = try Data(contentsOf: body).prefix(most)
    }
    let (_, response) = try await URLSession.shared.data(for: request)
    let http = try #require(response as? HTTPURLResponse)
    var headers: [String: String] = [:]
    for (name, value) in http.allHeaderFields { headers["\(name)"] = "\(value)" }
    transfer.take(TusAnswer(status: http.statusCode, headers: headers))
    if transfer.state == .unopened { throw Unexpected("\(asked.method) was answered \(http.statusCode)") }
    // The first answer tells the offset; a piece follows at once.
    if most != .max, asked.method == "POST" { try await carry(&transfer, file: file, folder: folder, most: most) }
}

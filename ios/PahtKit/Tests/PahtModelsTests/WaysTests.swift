import Foundation
import PahtCore
import PahtKit
import PahtTestHub
import Testing

@testable import PahtModels

/// Goal: a report leaves a valley without a network. Method: two phones of the core's own, files, a real hub.
@MainActor @Suite struct WaysTests {
    @Test func aReportIsWrittenAsMessagesAndIsThenUnconfirmed() async throws {
        let phone = try await phoneWithNumber()
        let long = String(repeating: "Cầu treo đứt cáp. ", count: 40)
        let id = try await phone.phone.report(new: newReport(long))
        let model = WaysModel(report: id, phone: phone.phone, folder: try temporaryFolder(), settings: settings())
        await model.load()
        try #require(model.messages.count == 2 && model.trouble == nil && model.refusal == nil)
        #expect(model.messages.map(\.label) == ["Message 1 of 2", "Message 2 of 2"])
        #expect(model.explanation?.contains("8175") == true)
        let first = model.messages[0]
        #expect(first.address.absoluteString.hasPrefix("sms:8175&body=P"))
        #expect(
            first.address.absoluteString.hasSuffix(
                first.text.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!))
        await model.wrote(first)
        #expect(model.written == nil, "one of two is not all")
        #expect(try await !phone.phone.show(id: id).line.unconfirmed)
        await model.wrote(model.messages[1])
        #expect(model.written != nil)
        let line = try await phone.phone.show(id: id).line
        #expect(line.unconfirmed)
        #expect(Naming(words: model.words, card: nil).status(of: line).text == "Sent another way, not confirmed")
    }

    @Test func whatANetworkMustNotReadSaysWhy() async throws {
        let phone = try await phoneWithNumber()
        let id = try await phone.phone.report(new: newReport("Xây lấn ra sông", category: "construction"))
        let model = WaysModel(report: id, phone: phone.phone, folder: try temporaryFolder(), settings: settings())
        await model.load()
        #expect(model.messages.isEmpty && model.refusal == model.words.error(.smsConfidential))
    }

    @Test func aProvinceWithoutANumberOffersNone() async throws {
        let hub = try TestHub()
        let phone = try await phone(ioc: hub.url)
        _ = try await phone.sender.send(until: .done)
        let id = try await phone.phone.report(new: newReport("Ổ gà"))
        let model = WaysModel(report: id, phone: phone.phone, folder: try temporaryFolder(), settings: settings())
        await model.load()
        #expect(model.explanation == nil && model.messages.isEmpty && model.trouble == nil)
    }

    @Test func aNeighbourCarriesASealedReportAndBringsTheReceiptBack() async throws {
        let hub = try TestHub()
        let (home, folder) = (try temporaryFolder(), try temporaryFolder())
        do {
            let met = try await phone(home: home, ioc: hub.url)
            _ = try await met.sender.send(until: .done)
        }
        let far = try await phone(home: home, ioc: URL(string: "http://127.0.0.1:9"))
        let id = try await far.phone.report(new: newReport("Cầu treo đứt cáp"))
        let ways = WaysModel(report: id, phone: far.phone, folder: folder, settings: settings())
        #expect(ways.made == nil)
        await ways.seal()
        try #require(ways.sealed.count == 1 && ways.trouble == nil)
        #expect(ways.made?.hasPrefix("Sealed ") == true && CarriedModel.isHandedOver(ways.sealed[0]))

        let near = try await phone(ioc: hub.url)
        let carried = CarriedModel(phone: near.phone, settings: settings())
        await carried.load()
        #expect(carried.emptyText != nil)
        let copy = try #require(carried.copied(ways.sealed[0]))
        await carried.take(copy)
        #expect(!FileManager.default.fileExists(atPath: copy.path))
        #expect(carried.told?.hasPrefix("The file is taken along") == true)
        try #require(carried.lines.map(\.name) == [ways.sealed[0].lastPathComponent])
        #expect(carried.lines[0].state == "Waiting" && carried.lines[0].receipts == nil)
        _ = try await near.sender.send(until: .done)
        await carried.load()
        let receipts = try #require(carried.lines.first?.receipts)
        #expect(carried.lines[0].tone == .good && CarriedModel.isHandedOver(receipts))

        let back = CarriedModel(phone: far.phone, settings: settings())
        await back.take(try #require(back.copied(receipts)))
        #expect(back.told == "The receipt is good. Parts now at the centre: 1" && back.lines.isEmpty)
        #expect(try await far.phone.show(id: id).line.way == .whole)
        await carried.drop(carried.lines[0])
        #expect(carried.lines.isEmpty && carried.trouble == nil)
    }

    @Test func whatIsNoSealedFileIsRefusedInWords() async throws {
        let model = CarriedModel(phone: try await phone().phone, settings: settings())
        let other = try temporaryFolder().appending(path: "tep.paht")
        try Data("%PDF-1.7".utf8).write(to: other)
        await model.take(try #require(model.copied(other)))
        #expect(model.trouble?.code == .bundleUnreadable && model.told == nil && model.lines.isEmpty)
        #expect(model.copied(other.appendingPathExtension("gone")) == nil)
        #expect(model.trouble?.code == .mediaUnreadable)
    }

    /// A phone that heard the card of a province that takes text messages, and is now without a network.
    private func phoneWithNumber() async throws -> OpenPhone {
        let hub = try TestHub(edits: [
            ("tenant.toml", "# sms = ", "sms = "),
            ("categories.toml", "publish = \"at-once\"", "publish = \"never\""),
        ])
        let phone = try await phone(ioc: hub.url)
        _ = try await phone.sender.send(until: .done)
        return phone
    }
}

import Foundation
import PahtCore
import PahtTestHub
import Testing

@testable import PahtKit

@Suite struct NewsTests {
    @Test func anAnswerIsToldOnceAlsoOverTheAppsDeath() async throws {
        let hub = try TestHub()
        let folder = try temporaryFolder()
        let file = folder.appending(path: "told.json")
        let phone = try await opened(home: try temporaryFolder(), ioc: hub.url)
        let id = try await phone.phone.report(new: newReport("Ổ gà"))
        _ = try await phone.sender.send(until: .done)
        let words = Words(language: .en)
        #expect(try await NewsTeller(file: file).news(of: phone.phone, words: words).isEmpty)
        let code = try #require(try await phone.phone.show(id: id).line.case).text
        try hub.operate("dispatch", code)
        let after = try samplePicture(in: folder, seed: 9)
        try hub.operate("answer", code, "--text", "Đã vá.", "--media", after.path)
        _ = try await phone.sender.send()

        let news = try await NewsTeller(file: file).news(of: phone.phone, words: words)
        #expect(news.map(\.title) == ["Answered: \(code)"] && news.first?.report == id)
        #expect(news.first?.body.contains("Đã vá") == false, "the lock screen quotes nobody")
        #expect(try await NewsTeller(file: file).news(of: phone.phone, words: words).isEmpty)
    }

    @Test func aNeedIsToldAgainOnlyWhenItCameAgain() async throws {
        let hub = try TestHub()
        let file = try temporaryFolder().appending(path: "told.json")
        let phone = try await opened(home: try temporaryFolder(), ioc: hub.url)
        let id = try await phone.phone.report(new: newReport("Ổ gà", category: "no-such"))
        _ = try await phone.sender.send(until: .done)
        let teller = NewsTeller(file: file)
        let words = Words(language: .en)
        #expect(try await teller.news(of: phone.phone, words: words).map(\.title) == ["A report needs you"])
        #expect(try await teller.news(of: phone.phone, words: words).isEmpty)
        try await phone.phone.edit(id: id, edit: Edit(category: CategoryCode("traffic"), text: nil, place: nil))
        _ = try await phone.sender.send(until: .done)
        #expect(try await teller.news(of: phone.phone, words: words).isEmpty)
    }
}

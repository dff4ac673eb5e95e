import Foundation
import Testing

@testable import PahtKit

@Suite struct TusTransferTests {
    func transfer(bytes: UInt64 = 1_000) -> TusTransfer {
        TusTransfer(hub: URL(string: "https://ioc.example")!, report: "0193", hash: "ab12", bytes: bytes)
    }

    @Test func itOpensThenSendsTheRestAndEnds() throws {
        var sending = transfer()
        let opening = try #require(sending.request)
        #expect(opening.method == "POST" && opening.url.absoluteString == "https://ioc.example/v1/files")
        #expect(opening.headers["Upload-Length"] == "1000")
        #expect(opening.headers["Upload-Metadata"] == "report MDE5Mw==,hash YWIxMg==")
        sending.take(TusAnswer(status: 201, offset: 400))
        let rest = try #require(sending.request)
        #expect(rest.method == "PATCH" && rest.body == .rest(from: 400) && rest.headers["Upload-Offset"] == "400")
        #expect(rest.url.absoluteString == "https://ioc.example/v1/files/0193.ab12")
        sending.take(TusAnswer(status: 204, offset: 1_000))
        #expect(sending.state == .whole && sending.request == nil)
    }

    @Test func aCutIsAskedAboutAndGoesOnAtTheByte() throws {
        var sending = transfer()
        sending.take(TusAnswer(status: 201, offset: 0))
        sending.take(TusAnswer(status: nil))
        #expect(try #require(sending.request).method == "HEAD")
        sending.take(TusAnswer(status: 200, offset: 640))
        #expect(try #require(sending.request).body == .rest(from: 640))
    }

    @Test func aPortalsPageIsNoAnswer() {
        var sending = transfer()
        sending.take(TusAnswer(status: 200, headers: ["Content-Type": "text/html"]))
        #expect(sending.state == .unopened)
        sending.take(TusAnswer(status: 201, headers: ["tus-resumable": "1.0.0", "UPLOAD-OFFSET": "10"]))
        #expect(sending.state == .at(offset: 10))
        sending.take(TusAnswer(status: 403, headers: [:]))
        #expect(sending.state == .opened)
    }

    @Test func troubleIsTriedAgainAndARefusalIsFinal() {
        for status in [409, 423, 429, 460, 500, 503] {
            var sending = transfer()
            sending.take(TusAnswer(status: 201, offset: 5))
            sending.take(TusAnswer(status: status))
            #expect(sending.state == .opened, "\(status)")
        }
        var refused = transfer()
        refused.take(TusAnswer(status: 422))
        #expect(refused.state == .refused(status: 422) && refused.request == nil)
        refused.take(TusAnswer(status: 201, offset: 0))
        #expect(refused.state == .refused(status: 422))
    }

    @Test func aHubThatForgotItIsToldAnew() {
        var sending = transfer()
        sending.take(TusAnswer(status: 201, offset: 5))
        sending.take(TusAnswer(status: 404))
        #expect(sending.state == .unopened)
    }

    @Test func anOffsetBeyondTheFileIsNotBelieved() {
        var sending = transfer()
        sending.take(TusAnswer(status: 201, offset: 2_000))
        #expect(sending.state == .opened)
    }

    @Test func itSurvivesTheAppsDeath() throws {
        var sending = transfer()
        sending.take(TusAnswer(status: 201, offset: 400))
        let kept = try JSONEncoder().encode(sending)
        #expect(try JSONDecoder().decode(TusTransfer.self, from: kept) == sending)
    }
}

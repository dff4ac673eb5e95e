import Testing

@testable import PahtKit

@Suite struct BudgetTests {
    @Test func aNoteOfFullLengthFitsItsBudget() {
        let budget = VoiceNoteBudget.standard
        let speech = Double(budget.bitsPerSecond) / 8 * budget.secondsMax
        #expect(Int(speech) + budget.containerBytes <= 40_000)
        #expect(budget.bitsPerSecond >= 8_000, "speech below 8 kbit/s is hard to understand")
    }

    @Test func aNoteThatIsEmptyTooLongOrTooLargeIsNotAdded() {
        let budget = VoiceNoteBudget.standard
        #expect(budget.allows(bytes: 39_000, seconds: 30))
        #expect(!budget.allows(bytes: 0, seconds: 3))
        #expect(!budget.allows(bytes: 40_001, seconds: 3))
        #expect(!budget.allows(bytes: 9_000, seconds: 31))
        #expect(VoiceNoteBudget(secondsMax: 0, bytesMax: 1, containerBytes: 9).bitsPerSecond == 0)
    }

    @Test func theWakeUpIsAskedForWhenItCanBeOfUse() {
        #expect(BackgroundWish.after(waiting: 0, nextTryMs: nil) == .news(earliestSeconds: 14_400))
        #expect(BackgroundWish.after(waiting: 2, nextTryMs: 20_000) == .send(earliestSeconds: 900))
        #expect(BackgroundWish.after(waiting: 2, nextTryMs: 3_600_000).earliestSeconds == 3_600)
    }
}

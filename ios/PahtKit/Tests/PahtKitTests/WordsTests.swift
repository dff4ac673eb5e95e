import Foundation
import PahtCore
import Testing

@testable import PahtKit

@Suite struct WordsTests {
    /// Method: every literal `app-…` in the sources of kit and app is asked for in every language.
    @Test func everyIdThatAScreenUsesHasWordsInEveryLanguage() throws {
        let kit = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..")
        var ids: Set<String> = []
        for folder in ["Sources", "../App/Sources"] {
            let files = FileManager.default.enumerator(
                at: kit.appending(path: folder).standardizedFileURL, includingPropertiesForKeys: nil)
            for case let file as URL in files! where file.pathExtension == "swift" {
                let text = try String(contentsOf: file, encoding: .utf8)
                ids.formUnion(text.matches(of: /"(app-[a-z0-9-]+)"/).map { String($0.1) })
            }
        }
        // Built from parts in the sources.
        ids.formUnion((1...5).map { "app-grade-\($0)" })
        #expect(ids.count > 100)
        for language in Language.allCases {
            let words = Words(language: language)
            let missing = ids.filter { words($0) == $0 }
            #expect(missing.isEmpty, "\(language.tag) lacks \(missing.sorted())")
        }
    }

    @Test func theLanguageIsTheFirstThatWeSpeak() {
        #expect(Words(tags: ["de-DE", "en-US", "vi"]).language == .en)
        #expect(Words(tags: []).language == .vi)
        for language in Language.allCases { #expect(Words(tags: [language.tag]).language == language) }
    }

    @Test func sizesTimesAndDistancesReadAsPeopleSayThem() {
        let words = Words(language: .en)
        #expect(words.size(0) == "0 B" && words.size(1_234) == "1.2 kB" && words.size(9_990_000) == "10 MB")
        #expect(words.size(48_400) == "48 kB" && words.size(2_000_000_000) == "2 GB")
        #expect(Words(language: .vi).size(1_234) == "1,2 kB")
        let now = Date(timeIntervalSince1970: 1_000_000)
        #expect(words.relative(now.addingTimeInterval(-59), to: now) == "Just now")
        #expect(words.relative(now.addingTimeInterval(-60), to: now) == "1 minute ago")
        #expect(words.relative(now.addingTimeInterval(-7_300), to: now) == "2 hours ago")
        #expect(words.relative(now.addingTimeInterval(3 * 86_400), to: now) == "in 3 days")
        #expect(words.duration(0.4) == "1 second" && words.duration(3_600) == "1 hour")
        #expect(words.distance(metres: 849.6) == "850 m" && words.distance(metres: 1_550) == "1.6 km")
    }

    @Test func aFaultOfOursHasWordsToo() {
        struct Odd: Error {}
        #expect(Words(language: .en).error(Odd()) == Words(language: .en).error(.storageFailed))
        #expect(Words(language: .en).error(PahtError.Link(code: .linkDown)).hasPrefix("No network yet."))
    }
}

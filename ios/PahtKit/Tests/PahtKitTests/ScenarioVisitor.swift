import PahtCore
import PahtTestHub

@testable import PahtKit

// What a visitor does: reviews a service, and reads what others say of it.

extension ScenarioStage {
    func review(_ step: ScenarioStep) async throws -> String {
        let given = step.visitor
        let service: Service = given.service.map { .listed(ServiceCode($0)) } ?? .named(given.named ?? "")
        let phrases = try (given.phrases ?? []).map { name in
            guard let phrase = reviewPhrases().first(where: { reviewPhraseId(phrase: $0) == "app-phrase-\(name)" })
            else { throw Unexpected("no such phrase: \(name)") }
            return phrase
        }
        let new = NewReport(
            files: [], category: nil, language: given.language,
            review: Review(service: service, stars: given.stars, phrases: phrases))
        reports[step.as ?? ""] = try await there(step).report(new: new)
        return "kept"
    }

    func figures(_ step: ScenarioStep) async throws -> String {
        let services = try await there(step).services(words: "", about: nil, language: "en").services
        guard let line = services.first(where: { $0.code.text == step.visitor.service }) else {
            throw Unexpected("no such service: \(step)")
        }
        let mean = line.meanTenths.map { "\($0 / 10).\($0 % 10)" } ?? "-"
        return "\(line.name), \(line.count) reviews, stars \(mean)"
    }
}

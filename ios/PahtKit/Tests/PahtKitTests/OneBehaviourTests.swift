import Foundation
import PahtTestHub
import Testing

/// Goal: one behaviour in both shells. Method: the table that Rust and Kotlin play too, played on the kit against a real
/// hub; the transcript must be the one they all share.
@Suite struct OneBehaviourTests {
    @Test func everyScenarioReadsAsInTheOtherShell() async throws {
        let folder = URL(fileURLWithPath: #filePath)
            .appending(path: "../../../../../tests/scenarios").standardizedFileURL
        let bytes = try Data(contentsOf: folder.appending(path: "one-behaviour.json"))
        let table = try JSONDecoder().decode(Table.self, from: bytes)
        var told = ""
        for scenario in table.scenarios {
            told += "# \(scenario.name)\n"
            let stage = try ScenarioStage()
            for step in scenario.steps { told += "\(spoken(step)): \(try await stage.play(step))\n" }
            told += "\n"
        }
        let wanted = try String(contentsOf: folder.appending(path: "one-behaviour.txt"), encoding: .utf8)
        for (ours, theirs) in zip(told.split(separator: "\n"), wanted.split(separator: "\n")) {
            #expect(ours == theirs)
        }
        #expect(told == wanted)
    }
}

struct Table: Decodable {
    let scenarios: [Scenario]
}

struct Scenario: Decodable {
    let name: String
    let steps: [ScenarioStep]
}

/// A step: its verb, and what whoever does it is given.
@dynamicMemberLookup struct ScenarioStep: Decodable {
    let citizen: CitizenStep
    let visitor: VisitorStep
    let officer: OfficerStep

    init(from decoder: any Decoder) throws {
        citizen = try CitizenStep(from: decoder)
        visitor = try VisitorStep(from: decoder)
        officer = try OfficerStep(from: decoder)
    }

    subscript<Value>(dynamicMember path: KeyPath<CitizenStep, Value>) -> Value { citizen[keyPath: path] }
}

struct CitizenStep: Decodable {
    let `do`: String
    let phone: String?
    let `as`: String?
    let report: String?
    let text: String?
    let category: String?
    let file: String?
    let photo: Bool?
    let hold: Bool?
    let until: String?
    let grade: UInt8?
    let key: String?
    let clock: String?
}

struct VisitorStep: Decodable {
    let service: String?
    let named: String?
    let stars: UInt8?
    let phrases: [String]?
    let language: String?
}

struct OfficerStep: Decodable {
    let code: String?
    let citizen: String?
    let deed: String?
}

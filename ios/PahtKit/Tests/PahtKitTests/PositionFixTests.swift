import Foundation
import Testing

@testable import PahtKit

@Suite struct PositionFixTests {
    let now = Date(timeIntervalSince1970: 1_800_000_000)

    func fix(_ metres: Double = 8, ageSeconds: TimeInterval = 5, simulated: Bool = false) -> PositionFix {
        PositionFix(
            latitude: 16.2775, longitude: 107.2297, accuracyMetres: metres,
            measured: now.addingTimeInterval(-ageSeconds), isSimulated: simulated)
    }

    @Test func aFreshSharpFixIsExactAndItsRadiusIsRoundedUp() {
        #expect(fix(7.2).worth(at: now) == .exact(metres: 8))
        #expect(fix(30).worth(at: now) == .exact(metres: 30))
        #expect(fix(30.1).worth(at: now) == .coarse(metres: 31))
        #expect(fix(7.2).isUsable(at: now) && fix(900).isUsable(at: now))
    }

    @Test func anOldFixIsNotWhereThePersonStands() {
        #expect(fix(ageSeconds: 120).worth(at: now) == .exact(metres: 8))
        #expect(fix(ageSeconds: 600).worth(at: now) == .old(minutes: 10))
        #expect(!fix(ageSeconds: 600).isUsable(at: now))
    }

    @Test func aClockSetBackDoesNotMakeAFixOld() {
        #expect(fix(ageSeconds: -5 * 365 * 86_400).worth(at: now) == .exact(metres: 8))
    }

    @Test func madeUpAndImpossiblePositionsAreNeverSent() {
        #expect(fix(simulated: true).worth(at: now) == .simulated)
        var hidden = fix()
        (hidden.latitude, hidden.longitude) = (0, 0)
        #expect(hidden.worth(at: now) == .none)
        #expect(fix(-1).worth(at: now) == .none)
        #expect(fix(50_000).worth(at: now) == .none)
        var nowhere = fix()
        nowhere.latitude = .nan
        #expect(nowhere.worth(at: now) == .none)
        #expect(!nowhere.isUsable(at: now) && !fix(simulated: true).isUsable(at: now))
    }
}

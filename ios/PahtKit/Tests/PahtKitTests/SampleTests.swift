import Foundation
import PahtTestHub
import Testing

@Suite struct SampleTests {
    /// Goal: the README's sample does what the README says. Method: it is run as a stranger would.
    @Test func theSampleSendsAReportAndShowsItsTimeline() throws {
        let hub = try TestHub()
        let home = try temporaryFolder()
        let photo = try samplePicture(in: try temporaryFolder(), seed: 1)
        let (sample, said) = try started(
            built().appending(path: "PahtSample"), [home.path, hub.url.absoluteString, photo.path])
        let text = String(decoding: try said.readToEnd() ?? Data(), as: UTF8.self)
        sample.waitUntilExit()
        #expect(sample.terminationStatus == 0, "\(text)")
        #expect(text.contains("delivered: original") && text.contains("received"), "\(text)")
        #expect(text.contains("HUE-"), "the case code")
    }
}

/// Where the package was built: beside the tests' own bundle.
private func built() -> URL {
    #if os(macOS)
        Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }!.bundleURL.deletingLastPathComponent()
    #else
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    #endif
}

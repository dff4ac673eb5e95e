import Foundation
import Observation
import PahtCore
import PahtKit
import PahtModels
import SwiftUI

#if canImport(UIKit)
    import PahtKitApple
#endif

/// Opens the phone once, and carries what the system says to it.
@MainActor @Observable final class Start {
    static let shared = Start()

    private(set) var screens: Screens?
    private(set) var trouble: Trouble?
    let words = Words.ofPhone()

    private var phone: OpenPhone?
    private var working: Task<Void, Never>?
    private var opening: Task<OpenPhone, any Error>?

    /// Opens the phone; a second call waits for the first.
    func open() async {
        trouble = nil
        do {
            let phone = try await opened()
            guard screens == nil else { return }
            let screens = try Screens(phone: phone, about: About.ofBundle())
            self.screens = screens
            working = Task { await screens.work() }
        } catch {
            trouble = Trouble(error, words: words)
        }
    }

    /// The phone, also for work in the background.
    func opened() async throws -> OpenPhone {
        if let phone { return phone }
        let task = opening ?? Task { try await Self.make() }
        opening = task
        defer { opening = nil }
        let phone = try await task.value
        self.phone = phone
        return phone
    }

    /// The app came to the screen, or left it.
    func moved(to phase: ScenePhase) async {
        guard let phone else { return }
        switch phase {
        case .active:
            working?.cancel()
            working = Task { await screens?.work() }
        case .background:
            working?.cancel()
            #if canImport(UIKit)
                await BackgroundWork.wish(of: phone.phone)
            #endif
        default:
            break
        }
    }

    private static func make() async throws -> OpenPhone {
        let about = About.ofBundle()
        let setup = PhoneSetup(
            tenant: about.tenant, ioc: about.ioc, home: try PhoneSetup.standardHome(), shippedCard: about.card)
        #if canImport(UIKit)
            let keys = try KeyFinder(shelf: KeychainShelf(), hardware: EnclaveHardware()).find()
            return try await OpenPhone.open(setup, ports: PhonePorts(keys: keys, decoder: ApplePictureDecoder()))
        #else
            return try await OpenPhone.open(setup)
        #endif
    }
}

/// What the app was built for: the province, from its Info.plist.
struct About {
    let tenant: String
    let ioc: URL
    let card: Data?
    let version: String

    static func ofBundle(_ bundle: Bundle = .main) -> About {
        let told = { (key: String) in bundle.object(forInfoDictionaryKey: key) as? String }
        return About(
            tenant: told("PahtTenant") ?? "hue",
            ioc: told("PahtIoc").flatMap { URL(string: $0) } ?? URL(fileURLWithPath: "/"),
            card: bundle.url(forResource: "card", withExtension: "cbor").flatMap { try? Data(contentsOf: $0) },
            version: told("CFBundleShortVersionString") ?? "")
    }
}

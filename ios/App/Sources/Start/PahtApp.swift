import PahtKit
import PahtModels
import SwiftUI

/// The app: opens the phone, then shows its screens. All logic is in the kit's models.
@main struct PahtApp: App {
    #if canImport(UIKit)
        @UIApplicationDelegateAdaptor private var system: SystemEvents
    #endif
    @State private var start = Start.shared
    @Environment(\.scenePhase) private var phase

    var body: some Scene {
        WindowGroup {
            StartView(start: start)
        }
        .onChange(of: phase) { _, now in
            Task { await start.moved(to: now) }
        }
    }
}

/// What is seen while the phone opens, and where it cannot be opened.
struct StartView: View {
    let start: Start

    var body: some View {
        Group {
            if let screens = start.screens {
                RootView(screens: screens)
            } else if let trouble = start.trouble {
                TroubleView(trouble: trouble, words: start.words) {
                    Task { await start.open() }
                }
            } else {
                ProgressView(start.words("app-loading"))
            }
        }
        .task { await start.open() }
    }
}

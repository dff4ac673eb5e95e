import PahtKit
import PahtModels
import SwiftUI

/// The tabs. The first is the camera's: nothing stands before it, no log-in and no permission.
struct RootView: View {
    @Bindable var screens: Screens

    private var words: Words { screens.settings.words }

    var body: some View {
        TabView(selection: $screens.tab) {
            ReportScreen(model: screens.report, alerts: screens.alerts) {
                Task { await screens.send() }
            }
            .tabItem { Label(words("app-tab-report"), systemImage: "camera.fill") }
            .tag(Screens.Tab.report)
            MineScreen(screens: screens, model: screens.mine)
                .tabItem { Label(words("app-tab-mine"), systemImage: "tray.full") }
                .tag(Screens.Tab.mine)
            QueueScreen(
                model: screens.queue, categories: screens.report.categories, ways: { screens.ways(of: $0) }
            )
            .tabItem { Label(words("app-tab-queue"), systemImage: "arrow.up.circle") }
            .badge(screens.queue.needYou)
            .tag(Screens.Tab.queue)
            AlertsScreen(model: screens.alerts, fix: screens.report.fix)
                .tabItem { Label(words("app-tab-alerts"), systemImage: "exclamationmark.triangle") }
                .tag(Screens.Tab.alerts)
            MoreScreen(screens: screens)
                .tabItem { Label(words("app-tab-more"), systemImage: "ellipsis") }
                .tag(Screens.Tab.more)
        }
        .task { await screens.queue.watch(screens.phone.changes) }
        .task { await screens.mine.watch(screens.phone.changes) }
        .onOpenURL { screens.open($0) }
        .sheet(isPresented: $screens.isCarrying) {
            NavigationStack {
                CarriedScreen(model: screens.carried, changes: screens.phone.changes)
                    .toolbar {
                        ToolbarItem(placement: .cancellationAction) {
                            Button(words("app-button-close")) { screens.isCarrying = false }
                        }
                    }
            }
        }
        .sheet(isPresented: $screens.isRating) {
            NavigationStack {
                ServiceScreen(model: screens.service, fix: screens.report.fix) { Task { await screens.send() } }
                    .toolbar {
                        ToolbarItem(placement: .cancellationAction) {
                            Button(words("app-button-close")) { screens.isRating = false }
                        }
                    }
            }
        }
    }
}

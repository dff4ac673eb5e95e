import PahtKit
import PahtModels
import SwiftUI

/// What is not needed every day.
struct MoreScreen: View {
    let screens: Screens

    private var words: Words { screens.settings.words }

    var body: some View {
        NavigationStack {
            List {
                NavigationLink {
                    NearbyScreen(model: screens.nearby, fix: screens.report.fix)
                } label: {
                    Label(words("app-nearby-title"), systemImage: "mappin.and.ellipse")
                }
                NavigationLink {
                    ServiceScreen(model: screens.service, fix: screens.report.fix) { Task { await screens.send() } }
                } label: {
                    Label(words("app-service-title"), systemImage: "star")
                }
                NavigationLink {
                    CarriedScreen(model: screens.carried, changes: screens.phone.changes)
                } label: {
                    Label(words("app-carried-title"), systemImage: "shippingbox")
                }
                NavigationLink {
                    OfficerScreen(model: screens.officer, screens: screens)
                } label: {
                    Label(words("app-officer-title"), systemImage: "briefcase")
                }
                NavigationLink {
                    SettingsScreen(model: screens.settings, version: screens.about.version)
                } label: {
                    Label(words("app-settings-title"), systemImage: "gearshape")
                }
            }
            .navigationTitle(words("app-tab-more"))
        }
    }
}

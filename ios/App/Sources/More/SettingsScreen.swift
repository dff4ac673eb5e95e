import PahtCore
import PahtKit
import PahtModels
import SwiftUI

/// Language, data, and a name and number for who wants to be called back.
struct SettingsScreen: View {
    @Bindable var model: SettingsModel
    let version: String

    private var words: Words { model.words }

    var body: some View {
        Form {
            TroubleRow(trouble: model.trouble)
            Picker(words("app-settings-language"), selection: $model.language) {
                Text(words("app-settings-language-phone")).tag(Language?.none)
                ForEach(Language.allCases, id: \.self) { language in
                    Text(language.ownName).tag(Language?.some(language))
                }
            }
            Section {
                Picker(words("app-settings-data"), selection: $model.dataPolicy) {
                    ForEach(DataPolicy.allCases, id: \.self) { policy in
                        Text(model.title(of: policy)).tag(policy)
                    }
                }
            } footer: {
                Text([words("app-settings-data-hint"), model.used].compactMap(\.self).joined(separator: " "))
            }
            Section {
                TextField(words("app-report-sender-name"), text: $model.name)
                    .textContentType(.name)
                    .accessibilityLabel(words("app-report-sender-name"))
                TextField(words("app-report-sender-number"), text: $model.number)
                    .textContentType(.telephoneNumber)
                    .keyboardType(.phonePad)
                    .accessibilityLabel(words("app-report-sender-number"))
            } header: {
                Text(words("app-settings-sender"))
            } footer: {
                Text(words("app-settings-sender-hint"))
            }
            Section(words("app-settings-privacy")) { Text(words("app-settings-privacy-text")) }
            Section(words("app-settings-about")) {
                Text(words("app-settings-about-text"))
                Text(words("app-settings-version", ["version": version]))
                Text(words("app-settings-licence"))
            }
        }
        .navigationTitle(words("app-settings-title"))
    }
}

#if canImport(UserNotifications) && os(iOS)
    import Foundation
    import PahtKit
    import UserNotifications

    /// Shows what `LocalNotice` found worth telling. There is no push service: the phone hears by its own syncs.
    public enum LocalNotices {
        /// Asks the person, when there is something to tell for the first time; never at the first start.
        public static func isAllowed() async -> Bool {
            let center = UNUserNotificationCenter.current()
            switch await center.notificationSettings().authorizationStatus {
            case .authorized, .provisional, .ephemeral: return true
            case .notDetermined: return (try? await center.requestAuthorization(options: [.alert, .sound])) ?? false
            default: return false
            }
        }

        /// Shows them; one with the id of an earlier one takes its place.
        public static func show(_ notices: [LocalNotice]) async {
            guard !notices.isEmpty, await isAllowed() else { return }
            for notice in notices {
                let content = UNMutableNotificationContent()
                content.title = notice.title
                content.body = notice.body
                content.threadIdentifier = notice.report.text
                content.userInfo = ["report": notice.report.text]
                let request = UNNotificationRequest(identifier: notice.id, content: content, trigger: nil)
                try? await UNUserNotificationCenter.current().add(request)
            }
        }
    }
#endif

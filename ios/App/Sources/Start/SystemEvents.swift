#if canImport(UIKit)
    import PahtCore
    import PahtKit
    import PahtKitApple
    import UIKit

    /// What only UIKit tells: launches in the background, and the end of the background lane's requests.
    final class SystemEvents: NSObject, UIApplicationDelegate {
        private lazy var uploads = BackgroundUploads(folder: FileManager.default.temporaryDirectory) { hash in
            guard let phone = try? await Start.shared.opened() else { return nil }
            let path = try? await phone.phone.mediaPath(hash: Sha256(hash))
            return path.flatMap { $0 }.map { URL(fileURLWithPath: $0) }
        }

        func application(
            _ application: UIApplication, didFinishLaunchingWithOptions options: [UIApplication.LaunchOptionsKey: Any]?
        ) -> Bool {
            BackgroundWork.register { try? await Start.shared.opened() }
            Task { await followNetwork() }
            // With scenes the delegate's own methods for these are not called.
            Task { await follow(UIApplication.didEnterBackgroundNotification) { await self.leave(application) } }
            Task { await follow(UIApplication.willEnterForegroundNotification) { await self.uploads.stop() } }
            return true
        }

        func application(
            _ application: UIApplication, handleEventsForBackgroundURLSession id: String,
            completionHandler: @escaping () -> Void
        ) {
            nonisolated(unsafe) let done = completionHandler
            uploads.resume { done() }
        }

        private func followNetwork() async {
            for await network in NetworkWatch.networks() {
                guard let phone = try? await Start.shared.opened() else { continue }
                try? await phone.sender.use(network)
            }
        }

        private func follow(_ name: Notification.Name, _ action: () async -> Void) async {
            for await _ in NotificationCenter.default.notifications(named: name) { await action() }
        }

        private func leave(_ application: UIApplication) async {
            // Some seconds are given: enough to hand the media over to the system.
            let time = application.beginBackgroundTask()
            await handOver()
            application.endBackgroundTask(time)
        }

        private func handOver() async {
            guard let screens = Start.shared.screens else { return }
            let phone = screens.phone
            phone.phone.stop()
            await LocalNotices.show(await screens.news())
            let policy = screens.settings.dataPolicy
            guard let outbox = try? await phone.phone.outbox() else { return }
            // The system itself keeps originals off networks that cost, where the policy says so.
            let transfers = BackgroundLane.transfers(outbox: outbox, hub: screens.about.ioc)
            await uploads.start(transfers, allowsMetered: policy == .any)
        }
    }
#endif

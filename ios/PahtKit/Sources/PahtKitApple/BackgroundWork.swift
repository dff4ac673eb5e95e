#if canImport(BackgroundTasks) && os(iOS)
    import BackgroundTasks
    import Foundation
    import PahtCore
    import PahtKit

    /// Sends while the app is not on the screen. Both ids stand in the app's Info.plist.
    public enum BackgroundWork {
        /// Asks for news.
        public static let newsId = "vn.paht.app.news"
        /// Sends what waits.
        public static let sendId = "vn.paht.app.send"
        /// A refresh has some 30 s; the core ends before the system does.
        public static let newsBudget = Duration.seconds(25)
        /// A processing task has minutes.
        public static let sendBudget = Duration.seconds(240)

        /// Before the app has finished launching, once.
        public static func register(sender: @escaping @Sendable () async -> OpenPhone?) {
            for (id, budget) in [(newsId, newsBudget), (sendId, sendBudget)] {
                BGTaskScheduler.shared.register(forTaskWithIdentifier: id, using: nil) { task in
                    run(task, budget: budget, open: sender)
                }
            }
        }

        /// When the app leaves the screen, and after each run.
        public static func wish(of phone: Phone) async {
            guard let standing = try? await phone.standing() else { return }
            let wish = BackgroundWish.after(waiting: Int(standing.waiting), nextTryMs: standing.nextTryMs)
            let request: BGTaskRequest
            switch wish {
            case .news:
                request = BGAppRefreshTaskRequest(identifier: newsId)
            case .send:
                let processing = BGProcessingTaskRequest(identifier: sendId)
                processing.requiresNetworkConnectivity = true
                request = processing
            }
            request.earliestBeginDate = Date(timeIntervalSinceNow: wish.earliestSeconds)
            // Refused where the person has switched background refresh off: the next opening of the app sends.
            try? BGTaskScheduler.shared.submit(request)
        }

        private static func run(
            _ task: BGTask, budget: Duration, open: @escaping @Sendable () async -> OpenPhone?
        ) {
            // The system's object is only told the end, which it allows from any thread.
            nonisolated(unsafe) let task = task
            let work = Task {
                guard let phone = await open() else {
                    task.setTaskCompleted(success: false)
                    return
                }
                let sent = try? await phone.sender.send(budget: budget, until: .done)
                await wish(of: phone.phone)
                task.setTaskCompleted(success: sent != nil)
            }
            task.expirationHandler = { work.cancel() }
        }
    }
#endif

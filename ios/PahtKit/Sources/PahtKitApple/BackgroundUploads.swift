#if os(iOS)
    import Foundation
    import PahtCore
    import PahtKit

    /// Carries media while the app is suspended or gone: tus requests by a background `URLSession`, whose plan is
    /// `TusTransfer`. What arrived the phone learns by its own next sync.
    public final class BackgroundUploads: NSObject, URLSessionDataDelegate, @unchecked Sendable {
        public static let sessionId = "vn.paht.app.uploads"

        private let folder: URL
        private let pathOf: @Sendable (String) async -> URL?
        private let lock = NSLock()
        private var whenDone: (@Sendable () -> Void)?
        private lazy var session: URLSession = {
            let asked = URLSessionConfiguration.background(withIdentifier: Self.sessionId)
            asked.sessionSendsLaunchEvents = true
            asked.isDiscretionary = false
            return URLSession(configuration: asked, delegate: self, delegateQueue: nil)
        }()

        /// - Parameters:
        ///   - folder: for the rests of files; emptied when nothing is on its way.
        ///   - pathOf: where a part of this hash lies.
        public init(folder: URL, pathOf: @escaping @Sendable (String) async -> URL?) {
            self.folder = folder
            self.pathOf = pathOf
        }

        /// Starts what is not on its way yet, when the app leaves the screen.
        public func start(_ transfers: [TusTransfer], allowsMetered: Bool) async {
            let running = await session.allTasks.compactMap { Self.transfer(of: $0)?.hash }
            for transfer in transfers where !running.contains(transfer.hash) {
                await send(transfer, allowsMetered: allowsMetered)
            }
        }

        /// From `application(_:handleEventsForBackgroundURLSession:completionHandler:)`.
        public func resume(whenDone: @escaping @Sendable () -> Void) {
            lock.withLock { self.whenDone = whenDone }
            _ = session
        }

        /// When the app is on the screen again: its own sync is faster.
        public func stop() async { for task in await session.allTasks { task.cancel() } }

        private func send(_ transfer: TusTransfer, allowsMetered: Bool) async {
            guard let asked = transfer.request, let state = try? JSONEncoder().encode(transfer) else { return }
            var request = URLRequest(url: asked.url)
            request.httpMethod = asked.method
            request.allowsExpensiveNetworkAccess = allowsMetered
            request.allowsConstrainedNetworkAccess = allowsMetered
            for (name, value) in asked.headers { request.setValue(value, forHTTPHeaderField: name) }
            let task: URLSessionTask
            if let file = await pathOf(transfer.hash), let body = try? asked.bodyFile(of: file, in: folder) {
                task = session.uploadTask(with: request, fromFile: body)
            } else if case .none = asked.body {
                task = session.downloadTask(with: request)
            } else {
                return
            }
            // The system keeps this with the task, also over the app's death.
            task.taskDescription = String(decoding: state, as: UTF8.self)
            task.resume()
        }

        private static func transfer(of task: URLSessionTask) -> TusTransfer? {
            task.taskDescription.flatMap { try? JSONDecoder().decode(TusTransfer.self, from: Data($0.utf8)) }
        }

        public func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
            guard var transfer = Self.transfer(of: task) else { return }
            guard let http = task.response as? HTTPURLResponse else {
                // Cancelled, or no answer: the next start of the lane or the app's own sync takes it up.
                return
            }
            var headers: [String: String] = [:]
            for (name, value) in http.allHeaderFields { headers["\(name)"] = "\(value)" }
            transfer.take(TusAnswer(status: http.statusCode, headers: headers))
            let allowsMetered = task.originalRequest?.allowsExpensiveNetworkAccess ?? false
            let next = transfer
            Task { await send(next, allowsMetered: allowsMetered) }
        }

        public func urlSessionDidFinishEvents(forBackgroundURLSession session: URLSession) {
            let done = lock.withLock {
                defer { whenDone = nil }
                return whenDone
            }
            DispatchQueue.main.async { done?() }
        }
    }
#endif

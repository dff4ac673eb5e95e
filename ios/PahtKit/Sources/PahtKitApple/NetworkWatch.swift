#if canImport(Network)
    import Foundation
    import Network
    import PahtKit

    /// What the phone is connected by, whenever it changes.
    public enum NetworkWatch {
        /// Networks from now on, the present one first.
        public static func networks() -> AsyncStream<PahtKit.Network> {
            AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
                let monitor = NWPathMonitor()
                monitor.pathUpdateHandler = { path in
                    guard path.status == .satisfied else {
                        continuation.yield(.none)
                        return
                    }
                    continuation.yield(path.isConstrained ? .scarce : path.isExpensive ? .metered : .unmetered)
                }
                continuation.onTermination = { _ in monitor.cancel() }
                monitor.start(queue: DispatchQueue(label: "vn.paht.network"))
            }
        }
    }
#endif

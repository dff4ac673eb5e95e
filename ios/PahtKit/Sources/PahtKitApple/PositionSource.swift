#if canImport(CoreLocation) && os(iOS)
    import CoreLocation
    import Foundation
    import PahtKit

    /// The phone's position while a report is made, with how sure it is, how old, and whether software made it up.
    public final class PositionSource: NSObject, CLLocationManagerDelegate, @unchecked Sendable {
        private let locations = CLLocationManager()
        private let lock = NSLock()
        private var reader: AsyncStream<PositionFix>.Continuation?

        /// On the main thread: Core Location answers on the thread it was made on.
        @MainActor public override init() {
            super.init()
            locations.delegate = self
            locations.desiredAccuracy = kCLLocationAccuracyBest
        }

        /// Positions from now on, the last known first. One reader at a time; the receiver is off without one.
        @MainActor public func fixes() -> AsyncStream<PositionFix> {
            let (stream, continuation) = AsyncStream.makeStream(
                of: PositionFix.self, bufferingPolicy: .bufferingNewest(1))
            // Held strongly until the reader ends: nobody else may be holding this.
            continuation.onTermination = { _ in
                Task { @MainActor in self.locations.stopUpdatingLocation() }
            }
            let before = lock.withLock {
                defer { reader = continuation }
                return reader
            }
            before?.finish()
            if locations.authorizationStatus == .notDetermined { locations.requestWhenInUseAuthorization() }
            locations.startUpdatingLocation()
            if let last = locations.location { continuation.yield(fix(last)) }
            return stream
        }

        /// Whether the person has said no; a report then goes without the phone's position.
        @MainActor public var isDenied: Bool {
            [.denied, .restricted].contains(locations.authorizationStatus)
        }

        public func locationManager(_ manager: CLLocationManager, didUpdateLocations found: [CLLocation]) {
            guard let newest = found.last else { return }
            _ = lock.withLock { reader?.yield(fix(newest)) }
        }

        // No position now; one may come later.
        public func locationManager(_ manager: CLLocationManager, didFailWithError error: any Error) {}

        private func fix(_ location: CLLocation) -> PositionFix {
            let source = location.sourceInformation
            return PositionFix(
                latitude: location.coordinate.latitude, longitude: location.coordinate.longitude,
                accuracyMetres: location.horizontalAccuracy, measured: location.timestamp,
                isSimulated: source?.isSimulatedBySoftware ?? false)
        }
    }
#endif

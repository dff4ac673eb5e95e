#if canImport(AVFoundation) && os(iOS)
    import AVFoundation
    import CoreLocation
    import Foundation
    import ImageIO
    import PahtCore
    import PahtKit

    /// The camera of the report's screen. A photo comes as the camera wrote it, with the phone's position put into it.
    public final class Camera: NSObject, AVCapturePhotoCaptureDelegate, @unchecked Sendable {
        /// For the preview layer.
        public let session = AVCaptureSession()

        private let output = AVCapturePhotoOutput()
        private let queue = DispatchQueue(label: "vn.paht.camera")
        private let lock = NSLock()
        private var waiting: [Int64: (CheckedContinuation<URL, any Error>, PositionFix?, URL)] = [:]

        /// Whether the person lets the app use the camera; asks if they have not been asked.
        public static func isAllowed() async -> Bool {
            switch AVCaptureDevice.authorizationStatus(for: .video) {
            case .authorized: true
            case .notDetermined: await AVCaptureDevice.requestAccess(for: .video)
            default: false
            }
        }

        /// Starts the preview. Throws where there is no camera.
        public func start() throws {
            guard session.inputs.isEmpty else { return run { $0.startRunning() } }
            guard let device = AVCaptureDevice.default(.builtInWideAngleCamera, for: .video, position: .back) else {
                throw PahtError.File(code: .mediaUnreadable)
            }
            let input = try AVCaptureDeviceInput(device: device)
            session.beginConfiguration()
            session.sessionPreset = .photo
            if session.canAddInput(input) { session.addInput(input) }
            if session.canAddOutput(output) { session.addOutput(output) }
            session.commitConfiguration()
            run { $0.startRunning() }
        }

        public func stop() { run { $0.stopRunning() } }

        /// Takes a photo and writes it below `folder`. A position that software made up is not put into it.
        public func photo(at fix: PositionFix?, into folder: URL) async throws -> URL {
            try await withCheckedThrowingContinuation { continuation in
                let settings = AVCapturePhotoSettings()
                lock.withLock { waiting[settings.uniqueID] = (continuation, fix, folder) }
                output.capturePhoto(with: settings, delegate: self)
            }
        }

        public func photoOutput(
            _ output: AVCapturePhotoOutput, didFinishProcessingPhoto photo: AVCapturePhoto, error: (any Error)?
        ) {
            let found = lock.withLock { waiting.removeValue(forKey: photo.resolvedSettings.uniqueID) }
            guard let (continuation, fix, folder) = found else { return }
            continuation.resume(
                with: Result {
                    if let error { throw error }
                    let place = Place(fix: fix?.isUsable(at: Date()) == true ? fix : nil)
                    guard let bytes = photo.fileDataRepresentation(with: place) else {
                        throw PahtError.File(code: .mediaUnreadable)
                    }
                    let file = folder.appending(path: UUID().uuidString + ".heic")
                    try bytes.write(to: file, options: .atomic)
                    return file
                })
        }

        private func run(_ job: @escaping @Sendable (AVCaptureSession) -> Void) {
            // Starting takes a while and must not hold the screen.
            nonisolated(unsafe) let session = session
            queue.async { job(session) }
        }
    }

    /// Puts the position into the photo's metadata, as EXIF has it.
    private final class Place: NSObject, AVCapturePhotoFileDataRepresentationCustomizer {
        let fix: PositionFix?

        init(fix: PositionFix?) { self.fix = fix }

        func replacementMetadata(for photo: AVCapturePhoto) -> [String: Any]? {
            var metadata = photo.metadata
            guard let fix else { return metadata }
            metadata[kCGImagePropertyGPSDictionary as String] =
                [
                    kCGImagePropertyGPSLatitude as String: abs(fix.latitude),
                    kCGImagePropertyGPSLatitudeRef as String: fix.latitude < 0 ? "S" : "N",
                    kCGImagePropertyGPSLongitude as String: abs(fix.longitude),
                    kCGImagePropertyGPSLongitudeRef as String: fix.longitude < 0 ? "W" : "E",
                    kCGImagePropertyGPSHPositioningError as String: fix.accuracyMetres,
                ] as [String: Any]
            return metadata
        }
    }
#endif

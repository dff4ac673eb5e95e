#if canImport(UIKit)
    import AVFoundation
    import PahtKit
    import PahtKitApple
    import PahtModels
    import PhotosUI
    import SwiftUI

    /// The camera over the whole screen: one shutter, and back.
    struct CameraCover: View {
        let words: Words
        let fix: PositionFix?
        let take: (URL) -> Void

        @State private var camera = Camera()
        @State private var problem: String?
        @Environment(\.dismiss) private var dismiss

        var body: some View {
            ZStack(alignment: .bottom) {
                CameraPreview(camera: camera)
                if let problem { Text(problem).padding() }
                HStack {
                    Button(words("app-button-close")) { dismiss() }
                    Button {
                        Task { await shoot() }
                    } label: {
                        Image(systemName: "circle.inset.filled").font(.largeTitle)
                    }
                    .accessibilityLabel(words("app-button-take-photo"))
                    .disabled(problem != nil)
                }
                .padding()
            }
            .task {
                guard await Camera.isAllowed() else {
                    problem = words("app-permission-camera")
                    return
                }
                do { try camera.start() } catch { problem = words("app-report-no-camera") }
            }
            .onDisappear { camera.stop() }
        }

        private func shoot() async {
            let folder = FileManager.default.temporaryDirectory
            guard let file = try? await camera.photo(at: fix, into: folder) else {
                problem = words.error(.mediaUnreadable)
                return
            }
            take(file)
            // The draft has its own copy.
            try? FileManager.default.removeItem(at: file)
            dismiss()
        }
    }

    private struct CameraPreview: UIViewRepresentable {
        let camera: Camera

        func makeUIView(context: Context) -> PreviewView {
            let view = PreviewView()
            view.preview.session = camera.session
            view.preview.videoGravity = .resizeAspectFill
            return view
        }

        func updateUIView(_ view: PreviewView, context: Context) {}

        final class PreviewView: UIView {
            override class var layerClass: AnyClass { AVCaptureVideoPreviewLayer.self }
            var preview: AVCaptureVideoPreviewLayer { layer as! AVCaptureVideoPreviewLayer }
        }
    }

    /// The system's picker: every byte as it was taken, and no permission to ask for.
    struct GallerySheet: UIViewControllerRepresentable {
        let most: Int
        let take: (URL) -> Void

        func makeUIViewController(context: Context) -> PHPickerViewController {
            let picker = PHPickerViewController(configuration: PhotoImport.configuration(most: most))
            picker.delegate = context.coordinator
            return picker
        }

        func updateUIViewController(_ picker: PHPickerViewController, context: Context) {}

        func makeCoordinator() -> Coordinator { Coordinator(take: take) }

        @MainActor final class Coordinator: PHPickerViewControllerDelegate {
            let take: (URL) -> Void
            init(take: @escaping (URL) -> Void) { self.take = take }

            func picker(_ picker: PHPickerViewController, didFinishPicking results: [PHPickerResult]) {
                picker.dismiss(animated: true)
                Task {
                    let folder = FileManager.default.temporaryDirectory
                    for file in await PhotoImport.files(of: results, into: folder).files {
                        take(file)
                        try? FileManager.default.removeItem(at: file)
                    }
                }
            }
        }
    }
#endif

#if canImport(PhotosUI) && os(iOS)
    import Foundation
    import PahtCore
    import PhotosUI
    import UniformTypeIdentifiers

    /// Photos and videos from the gallery, every byte as it was taken. The system's picker needs no permission.
    public enum PhotoImport {
        /// What the picker is asked for.
        @MainActor public static func configuration(most: Int) -> PHPickerConfiguration {
            var asked = PHPickerConfiguration(photoLibrary: .shared())
            asked.filter = .any(of: [.images, .videos])
            asked.selectionLimit = most
            // `compatible` would turn HEIC into JPEG and change the file that the hash names.
            asked.preferredAssetRepresentationMode = .current
            return asked
        }

        /// Copies what was picked below `folder`; what cannot be read is left out and counted.
        public static func files(of picked: [PHPickerResult], into folder: URL) async -> (files: [URL], unread: Int) {
            var files: [URL] = []
            for one in picked {
                if let file = try? await file(of: one.itemProvider, into: folder) { files.append(file) }
            }
            return (files, picked.count - files.count)
        }

        private static func file(of provider: NSItemProvider, into folder: URL) async throws -> URL {
            let wanted = [UTType.movie, UTType.image].first {
                provider.hasItemConformingToTypeIdentifier($0.identifier)
            }
            guard let wanted else { throw PahtError.File(code: .mediaUnknownFormat) }
            return try await withCheckedThrowingContinuation { continuation in
                _ = provider.loadFileRepresentation(forTypeIdentifier: wanted.identifier) { file, error in
                    // The system erases its file when this returns, so it is copied here.
                    continuation.resume(
                        with: Result {
                            guard let file else { throw error ?? PahtError.File(code: .mediaUnreadable) }
                            let copy = folder.appending(path: UUID().uuidString + "-" + file.lastPathComponent)
                            try FileManager.default.copyItem(at: file, to: copy)
                            return copy
                        })
                }
            }
        }
    }
#endif

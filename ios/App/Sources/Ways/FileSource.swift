import Foundation
import SwiftUI

#if canImport(UniformTypeIdentifiers)
    import UniformTypeIdentifiers
#endif

extension View {
    /// The system's list of files over a screen; hands over the one that was chosen while it may be read.
    @ViewBuilder func fileSource(isPresented: Binding<Bool>, take: @escaping @MainActor (URL) -> Void) -> some View {
        #if canImport(UniformTypeIdentifiers)
            fileImporter(isPresented: isPresented, allowedContentTypes: [.data]) { chosen in
                guard let file = try? chosen.get() else { return }
                let isScoped = file.startAccessingSecurityScopedResource()
                defer { if isScoped { file.stopAccessingSecurityScopedResource() } }
                take(file)
            }
        #else
            self
        #endif
    }
}

import Foundation
import PahtKit
import SwiftUI

extension View {
    /// The camera and the gallery over a screen; each hands over what was taken or chosen there, at most so many at once.
    @ViewBuilder func photoSources(
        camera: Binding<Bool>, gallery: Binding<Bool>, words: Words, fix: PositionFix?, most: Int,
        take: @escaping (URL) -> Void
    ) -> some View {
        #if canImport(UIKit)
            fullScreenCover(isPresented: camera) {
                CameraCover(words: words, fix: fix, take: take)
            }
            .sheet(isPresented: gallery) {
                GallerySheet(most: most, take: take)
            }
        #else
            self
        #endif
    }
}

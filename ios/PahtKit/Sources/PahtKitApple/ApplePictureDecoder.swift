#if canImport(ImageIO) && canImport(AVFoundation)
    import AVFoundation
    import CoreGraphics
    import Foundation
    import ImageIO
    import PahtCore

    /// Decodes HEIC by ImageIO, and the early frame of a video by AVFoundation, straight to the size that is asked for.
    public final class ApplePictureDecoder: PictureDecoder, Sendable {
        public init() {}

        public func decode(path: String, kind: MediaKind, sidePx: UInt32) throws -> DecodedPicture? {
            let file = URL(fileURLWithPath: path)
            let image = kind == .video ? frame(of: file, side: Int(sidePx)) : picture(at: file, side: Int(sidePx))
            return image.flatMap(pixels)
        }

        private func picture(at file: URL, side: Int) -> CGImage? {
            guard let source = CGImageSourceCreateWithURL(file as CFURL, nil) else { return nil }
            let wanted: [CFString: Any] = [
                // From the picture itself: an embedded thumbnail may show something else.
                kCGImageSourceCreateThumbnailFromImageAlways: true,
                kCGImageSourceCreateThumbnailWithTransform: true,
                kCGImageSourceThumbnailMaxPixelSize: side,
            ]
            return CGImageSourceCreateThumbnailAtIndex(source, 0, wanted as CFDictionary)
        }

        private func frame(of file: URL, side: Int) -> CGImage? {
            let maker = AVAssetImageGenerator(asset: AVURLAsset(url: file))
            maker.appliesPreferredTrackTransform = true
            maker.maximumSize = CGSize(width: side, height: side)
            return try? maker.copyCGImage(at: .zero, actualTime: nil)
        }

        private func pixels(of image: CGImage) -> DecodedPicture? {
            let (width, height) = (image.width, image.height)
            guard width > 0, height > 0 else { return nil }
            var rgba = Data(count: width * height * 4)
            let isDrawn = rgba.withUnsafeMutableBytes { bytes in
                let space = CGColorSpace(name: CGColorSpace.sRGB) ?? CGColorSpaceCreateDeviceRGB()
                let context = CGContext(
                    data: bytes.baseAddress, width: width, height: height, bitsPerComponent: 8, bytesPerRow: width * 4,
                    space: space, bitmapInfo: CGImageAlphaInfo.noneSkipLast.rawValue)
                context?.draw(image, in: CGRect(x: 0, y: 0, width: width, height: height))
                return context != nil
            }
            return isDrawn ? DecodedPicture(width: UInt32(width), height: UInt32(height), rgba: rgba) : nil
        }
    }
#endif

package vn.paht.kit.capture

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.ColorSpace
import android.graphics.ImageDecoder
import android.graphics.Matrix
import android.media.ExifInterface
import android.media.MediaMetadataRetriever
import android.os.Build
import java.io.File
import java.io.FileInputStream
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import vn.paht.core.DecodedPicture
import vn.paht.core.MediaKind
import vn.paht.core.PictureDecoder

/**
 * Decodes what only the platform can: HEIC (from Android 9 on) and a frame of a video. What it cannot decode it leaves,
 * and the core sends that file without smaller pictures.
 */
internal class PlatformDecoder : PictureDecoder {
    override fun decode(path: String, kind: MediaKind, sidePx: UInt): DecodedPicture? {
        val file = File(path)
        val side = sidePx.toInt().coerceAtLeast(1)
        return try {
            val picture = if (kind == MediaKind.Video) frame(file, side) else still(file, side)
            picture?.let(::pixels)
        } catch (_: IOException) {
            null
        } catch (_: RuntimeException) {
            // Media code of some makers throws whatever it likes at a broken file.
            null
        } catch (_: OutOfMemoryError) {
            null
        }
    }

    private fun still(file: File, side: Int): Bitmap? =
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) {
            // Mapped, not read: an original may be larger than what an app may allocate.
            val mapped = FileInputStream(file).use { it.channel.map(FileChannel.MapMode.READ_ONLY, 0, file.length()) }
            ImageDecoder.decodeBitmap(ImageDecoder.createSource(mapped)) { decoder, info, _ ->
                decoder.allocator = ImageDecoder.ALLOCATOR_SOFTWARE
                val (width, height) = fit(info.size.width, info.size.height, side)
                decoder.setTargetSize(width, height)
                // Else the numbers stay those of the file's own profile, Display P3 in an iPhone's picture.
                decoder.setTargetColorSpace(ColorSpace.get(ColorSpace.Named.SRGB))
            }
        } else {
            sampled(file, side)
        }

    private fun sampled(file: File, side: Int): Bitmap? {
        val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        BitmapFactory.decodeFile(file.path, size)
        val longer = maxOf(size.outWidth, size.outHeight)
        if (longer <= 0) return null
        val picture = BitmapFactory.decodeFile(
            file.path,
            BitmapFactory.Options().apply {
                inSampleSize = (longer / side).coerceAtLeast(1)
                if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.O) {
                    inPreferredColorSpace = ColorSpace.get(ColorSpace.Named.SRGB)
                }
            },
        )
        return picture?.let { upright(it, file) }
    }

    private fun upright(picture: Bitmap, file: File): Bitmap {
        val degrees = when (ExifInterface(file.path).getAttributeInt(ExifInterface.TAG_ORIENTATION, 1)) {
            ExifInterface.ORIENTATION_ROTATE_90 -> 90f
            ExifInterface.ORIENTATION_ROTATE_180 -> 180f
            ExifInterface.ORIENTATION_ROTATE_270 -> 270f
            else -> return picture
        }
        val turn = Matrix().apply { setRotate(degrees) }
        return Bitmap.createBitmap(picture, 0, 0, picture.width, picture.height, turn, true)
    }

    /** Just after the start: the very first frame is black on many phones. */
    private fun frame(file: File, side: Int): Bitmap? {
        val reader = MediaMetadataRetriever()
        try {
            reader.setDataSource(file.path)
            val nearest = MediaMetadataRetriever.OPTION_CLOSEST_SYNC
            return if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.O_MR1) {
                reader.getScaledFrameAtTime(FRAME_US, nearest, side, side)
            } else {
                reader.getFrameAtTime(FRAME_US, nearest)?.let { whole ->
                    val (width, height) = fit(whole.width, whole.height, side)
                    Bitmap.createScaledBitmap(whole, width, height, true)
                }
            }
        } finally {
            reader.release()
        }
    }

    /** Android keeps such a picture as red, green, blue, alpha, row by row: the very order that is wanted. */
    private fun pixels(given: Bitmap): DecodedPicture {
        val picture = if (given.config == Bitmap.Config.ARGB_8888) given else given.copy(Bitmap.Config.ARGB_8888, false)
        val bytes = ByteBuffer.allocate(picture.width * picture.height * BYTES_PER_PIXEL)
        picture.copyPixelsToBuffer(bytes)
        return DecodedPicture(picture.width.toUInt(), picture.height.toUInt(), bytes.array())
    }

    private companion object {
        const val FRAME_US = 500_000L
        const val BYTES_PER_PIXEL = 4
    }
}

/** The size with [side] as its longer side, never larger than it is. */
internal fun fit(width: Int, height: Int, side: Int): Pair<Int, Int> {
    val longer = maxOf(width, height)
    if (longer <= side) return width to height
    fun scaled(length: Int) = (length.toLong() * side / longer).toInt().coerceAtLeast(1)
    return scaled(width) to scaled(height)
}

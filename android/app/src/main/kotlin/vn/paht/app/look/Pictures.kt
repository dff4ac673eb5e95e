package vn.paht.app.look

import android.content.Context
import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Canvas
import android.graphics.Matrix
import android.graphics.Path
import android.media.ExifInterface
import android.media.MediaMetadataRetriever
import android.util.LruCache
import android.widget.ImageView
import java.io.File
import java.io.IOException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import vn.paht.app.R

/**
 * Small pictures of files, made off the main thread and kept by size: never more of an original in memory than is shown.
 */
object Pictures {
    private val cache = object : LruCache<String, Bitmap>(CACHE_KB) {
        override fun sizeOf(key: String, picture: Bitmap) = picture.byteCount / 1024
    }

    /** Shows [file], once it is made, unless the view shows another by then. */
    fun show(view: ImageView, file: File?, sidePx: Int, scope: CoroutineScope) {
        val key = "${file?.path}@$sidePx"
        view.tag = key
        val kept = cache[key]
        view.setImageBitmap(kept)
        if (file == null || kept != null) return
        scope.launch {
            val made = withContext(Dispatchers.IO) { load(file, sidePx) } ?: return@launch
            cache.put(key, made)
            if (view.tag == key) view.setImageBitmap(made)
        }
    }

    fun load(file: File, sidePx: Int): Bitmap? = still(file, sidePx) ?: film(file)

    private fun still(file: File, sidePx: Int): Bitmap? {
        val bounds = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        BitmapFactory.decodeFile(file.path, bounds)
        if (bounds.outWidth <= 0) return null
        val shorter = minOf(bounds.outWidth, bounds.outHeight)
        val sampled = BitmapFactory.Options().apply {
            inSampleSize = Integer.highestOneBit((shorter / sidePx).coerceAtLeast(1))
        }
        return BitmapFactory.decodeFile(file.path, sampled)?.let { upright(it, file) }
    }

    private fun upright(picture: Bitmap, file: File): Bitmap {
        val degrees = try {
            when (ExifInterface(file.path).getAttributeInt(ExifInterface.TAG_ORIENTATION, 1)) {
                ExifInterface.ORIENTATION_ROTATE_90 -> 90f
                ExifInterface.ORIENTATION_ROTATE_180 -> 180f
                ExifInterface.ORIENTATION_ROTATE_270 -> 270f
                else -> 0f
            }
        } catch (_: IOException) {
            0f
        }
        if (degrees == 0f) return picture
        val turn = Matrix().apply { postRotate(degrees) }
        return Bitmap.createBitmap(picture, 0, 0, picture.width, picture.height, turn, true)
    }

    private fun film(file: File): Bitmap? {
        val retriever = MediaMetadataRetriever()
        return try {
            retriever.setDataSource(file.path)
            retriever.getFrameAtTime(0)
        } catch (_: RuntimeException) {
            // What is no film says so by many exceptions.
            null
        } finally {
            retriever.release()
        }
    }

    private const val CACHE_KB = 8 * 1024
}

/** A picture with round corners, cropped to its frame. Cuts them itself: an outline is not cut on every canvas. */
class RoundPicture(context: Context, radiusDp: Int) : ImageView(context) {
    private val radius = dp(radiusDp).toFloat()
    private val outline = Path()

    init {
        scaleType = ScaleType.CENTER_CROP
        background = context.plate(R.color.brand_soft, radiusDp)
    }

    override fun onSizeChanged(width: Int, height: Int, oldWidth: Int, oldHeight: Int) {
        outline.reset()
        outline.addRoundRect(0f, 0f, width.toFloat(), height.toFloat(), radius, radius, Path.Direction.CW)
    }

    override fun onDraw(canvas: Canvas) {
        val before = canvas.save()
        canvas.clipPath(outline)
        super.onDraw(canvas)
        canvas.restoreToCount(before)
    }
}

fun Context.thumbnail(radiusDp: Int = 12): ImageView = RoundPicture(this, radiusDp)

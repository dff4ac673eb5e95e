package vn.paht.kit.capture

import android.content.Intent
import android.os.Build
import android.os.Parcelable
import android.provider.MediaStore
import android.net.Uri

/** Photos and videos that are on the phone already, or come from another app. */
object Picker {
    private val KINDS = arrayOf("image/*", "video/*")

    /**
     * The intent for `startActivityForResult`: the photo picker from Android 13 on, which needs no permission; before,
     * the system's documents. At most [most] files; before Android 13 the person may choose more, and [chosen] cuts.
     */
    fun ask(most: Int): Intent =
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
            Intent(MediaStore.ACTION_PICK_IMAGES).apply {
                // The extra is refused for a single file.
                if (most > 1) putExtra(MediaStore.EXTRA_PICK_IMAGES_MAX, minOf(most, MediaStore.getPickImagesMaxLimit()))
            }
        } else {
            Intent(Intent.ACTION_OPEN_DOCUMENT).apply {
                addCategory(Intent.CATEGORY_OPENABLE)
                type = "*/*"
                putExtra(Intent.EXTRA_MIME_TYPES, KINDS)
                putExtra(Intent.EXTRA_ALLOW_MULTIPLE, most > 1)
            }
        }

    /** The addresses in a picker's result, in the order of choice, each once. */
    fun chosen(result: Intent?, most: Int): List<Uri> {
        val many = result?.clipData?.let { clip -> List(clip.itemCount) { clip.getItemAt(it).uri } }
        return (many ?: listOfNotNull(result?.data)).filterNotNull().distinct().take(most)
    }

    /** The addresses that another app shares with us by `SEND` or `SEND_MULTIPLE`. */
    fun shared(intent: Intent, most: Int): List<Uri> {
        val given = when (intent.action) {
            Intent.ACTION_SEND -> listOfNotNull(intent.stream())
            Intent.ACTION_SEND_MULTIPLE -> intent.streams()
            else -> emptyList()
        }
        return given.distinct().take(most)
    }

    private fun Intent.stream(): Uri? =
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
            getParcelableExtra(Intent.EXTRA_STREAM, Uri::class.java)
        } else {
            @Suppress("DEPRECATION")
            getParcelableExtra<Parcelable>(Intent.EXTRA_STREAM) as? Uri
        }

    private fun Intent.streams(): List<Uri> =
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
            getParcelableArrayListExtra(Intent.EXTRA_STREAM, Uri::class.java).orEmpty()
        } else {
            @Suppress("DEPRECATION")
            getParcelableArrayListExtra<Parcelable>(Intent.EXTRA_STREAM).orEmpty().filterIsInstance<Uri>()
        }
}

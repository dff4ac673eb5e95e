package vn.paht.app

import android.app.Activity
import android.content.Intent
import android.graphics.Bitmap
import android.graphics.Canvas
import java.io.File
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment

/** How a screen is looked at. A small phone held upright, unless said otherwise. */
data class Look(
    val night: Boolean = false,
    /** 1 is the size as designed; people with weak eyes use up to 2. */
    val fontScale: Float = 1f,
    /** As in the names of resource folders. */
    val locale: String = "vi-rVN",
    val size: String = "w360dp-h640dp",
) {
    /** Robolectric wants the qualifiers in the order of resource folders. */
    val qualifiers get() = "$locale-$size-${if (night) "night" else "notnight"}-xhdpi"

    /** As in the names of pictures: `vi-light-100`. */
    val name get() = "${locale.substringBefore('-')}-${if (night) "dark" else "light"}-${(fontScale * 100).toInt()}"

    fun set() {
        RuntimeEnvironment.setQualifiers(qualifiers)
        RuntimeEnvironment.setFontScale(fontScale)
    }

    companion object {
        /** What every screen is pictured in. */
        val ALL = listOf("vi-rVN", "en-rUS").flatMap { locale ->
            listOf(false, true).flatMap { night -> listOf(1f, 2f).map { Look(night, it, locale) } }
        }
    }
}

/** Draws activities, for people to look at and for tests to measure. */
object Screens {
    private val looked = File("target/screens")

    /** Brings [activity] up in [look], lets [prepare] bring it to the state of interest, and draws it. */
    fun <A : Activity> draw(activity: Class<A>, look: Look = Look(), intent: Intent? = null, prepare: (A) -> Unit = {}): Bitmap {
        look.set()
        return Robolectric.buildActivity(activity, intent).use { controller ->
            val shown = controller.setup().get()
            prepare(shown)
            idle()
            picture(shown)
        }
    }

    /** The window as it stands now. */
    fun picture(activity: Activity): Bitmap {
        val window = activity.window.decorView
        check(window.width > 0 && window.height > 0) { "the window was never laid out" }
        val picture = Bitmap.createBitmap(window.width, window.height, Bitmap.Config.ARGB_8888)
        window.draw(Canvas(picture))
        return picture
    }

    /** To `target/screens/NAME.png`. */
    fun save(picture: Bitmap, name: String): File {
        looked.mkdirs()
        val file = File(looked, "$name.png")
        file.outputStream().use { picture.compress(Bitmap.CompressFormat.PNG, 100, it) }
        return file
    }

    /** To `docs/screens/NAME.webp`, for the pages that show the app: small, and refused where it is not. */
    fun publish(picture: Bitmap, name: String) {
        val file = File("../../docs/screens", "$name.webp").apply { parentFile?.mkdirs() }
        val quality = listOf(80, 60, 40).first { quality ->
            file.outputStream().use { picture.compress(Bitmap.CompressFormat.WEBP_LOSSY, quality, it) }
            file.length() <= PICTURE_BYTES_MAX
        }
        check(quality > 0)
    }

    private const val PICTURE_BYTES_MAX = 60_000
}

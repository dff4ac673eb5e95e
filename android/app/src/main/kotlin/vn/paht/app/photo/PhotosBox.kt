package vn.paht.app.photo

import android.content.ActivityNotFoundException
import android.content.Intent
import android.view.Gravity
import android.view.View
import android.widget.FrameLayout
import android.widget.LinearLayout
import java.io.File
import java.io.IOException
import kotlinx.coroutines.launch
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Flow
import vn.paht.app.look.Pictures
import vn.paht.app.look.Tone
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.iconButton
import vn.paht.app.look.plate
import vn.paht.app.look.sideBySide
import vn.paht.app.look.thumbnail
import vn.paht.app.look.touchable
import vn.paht.core.PahtException
import vn.paht.core.inspect
import vn.paht.core.sayError
import vn.paht.kit.capture.Camera
import vn.paht.kit.capture.Intake
import vn.paht.kit.capture.Picker
import vn.paht.kit.capture.Shot

/**
 * A few photos that go with some words: by the camera or from the gallery, each with the way to take it off again. [draft]
 * is the word by which a picture finds back that came while the process was gone; [take] is what the camera's button says.
 */
class PhotosBox(
    private val screen: Screen,
    private val draft: String,
    take: String,
    private val error: ErrorLine,
    private val changed: (List<File>) -> Unit = {},
) {
    private val strip = Flow(screen)

    /** Files of ours, in the order they were taken. */
    var files: List<File> = emptyList()
        private set

    val view: LinearLayout = screen.column {
        add(strip)
        val camera = screen.button(take, Tone.Soft, R.drawable.ic_camera) { shoot() }
        val gallery = screen.button(screen.say("app-button-from-gallery"), Tone.Soft, R.drawable.ic_gallery) { pick() }
        add(screen.sideBySide(listOf(camera, gallery)), 8)
    }

    init {
        paint()
    }

    /** Shows what was kept before, and what the camera app took meanwhile. */
    fun restore(kept: List<File>) {
        files = kept.filter { it.length() > 0 }
        paint()
        fetch()
    }

    /** The answer of the camera app or the gallery, if it was asked from here. */
    fun result(request: Int, data: Intent?) {
        when (request) {
            SHOT -> fetch()
            PICK -> screen.attempt(error) { Picker.chosen(data, MOST).forEach { keep(Intake(screen).copy(it)) } }
        }
    }

    /** They are kept elsewhere now, or not wanted. */
    fun clear() {
        files.forEach(File::delete)
        change(emptyList())
    }

    private fun fetch() {
        if (Camera(screen).pending()?.draft == draft) Camera(screen).fetch()?.let { keep(it.file) }
    }

    private fun keep(file: File) {
        if (files.size >= MOST) {
            file.delete()
            return
        }
        change(files + file)
        screen.scope.launch {
            try {
                inspect(file.path)
            } catch (thrown: PahtException.File) {
                error.show(sayError(screen.words.language, thrown.code))
                remove(file)
            }
        }
    }

    private fun remove(file: File) {
        file.delete()
        change(files - file)
    }

    private fun change(now: List<File>) {
        files = now
        changed(now)
        paint()
    }

    private fun paint() {
        strip.removeAllViews()
        strip.visibility = if (files.isEmpty()) View.GONE else View.VISIBLE
        files.forEachIndexed { at, file -> strip.addView(picture(file, at)) }
    }

    private fun picture(file: File, at: Int): View = FrameLayout(screen).apply {
        val image = screen.thumbnail()
        image.contentDescription = screen.say("app-a11y-photo", "number" to at + 1, "all" to files.size)
        Pictures.show(image, file, dp(SIDE_DP), screen.scope)
        addView(image, FrameLayout.LayoutParams(dp(SIDE_DP), dp(SIDE_DP)))
        val off = screen.iconButton(R.drawable.ic_close, screen.say("app-a11y-remove-photo", "number" to at + 1)) { remove(file) }
        // A small mark in a touch target of 48 dp.
        off.setPadding(dp(12), dp(12), dp(12), dp(12))
        off.background = android.graphics.drawable.InsetDrawable(
            screen.touchable(screen.plate(R.color.surface, 16, R.color.line), 16), screen.dp(8),
        )
        addView(off, FrameLayout.LayoutParams(dp(48), dp(48), Gravity.TOP or Gravity.END))
    }

    private fun shoot() = open(SHOT) { Camera(screen).ask(Shot.Photo, draft) }

    private fun pick() = open(PICK) { Picker.ask(MOST) }

    private fun open(request: Int, intent: () -> Intent) {
        error.show(null)
        try {
            screen.startActivityForResult(intent(), request)
        } catch (_: ActivityNotFoundException) {
            error.show(screen.say("app-report-no-camera"))
        } catch (_: SecurityException) {
            error.show(screen.say("app-permission-camera"))
        } catch (_: IOException) {
            error.show(screen.say("app-report-storage-full"))
        }
    }

    private companion object {
        const val SHOT = 31
        const val PICK = 32
        const val MOST = 6
        const val SIDE_DP = 104
    }
}

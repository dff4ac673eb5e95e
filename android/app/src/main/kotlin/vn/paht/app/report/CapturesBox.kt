package vn.paht.app.report

import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.FrameLayout
import android.widget.HorizontalScrollView
import android.widget.LinearLayout
import java.io.File
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Pictures
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.fit
import vn.paht.app.look.icon
import vn.paht.app.look.iconButton
import vn.paht.app.look.isLargeText
import vn.paht.app.look.plate
import vn.paht.app.look.row
import vn.paht.app.look.text
import vn.paht.app.look.thumbnail
import vn.paht.app.look.touchable

/** What the person can do for pictures. */
interface Capturing {
    fun photo()

    fun video()

    fun gallery()

    fun voice()

    fun remove(file: File)
}

/** The camera first and large; once there is a picture, the pictures in a row. */
class CapturesBox(private val screen: Screen, private val does: Capturing) {
    val view: LinearLayout = screen.column()

    fun show(files: List<File>) {
        view.removeAllViews()
        if (files.isEmpty()) view.add(shutter()) else view.add(strip(files))
        view.add(otherWays(), 8)
    }

    private fun shutter(): View = screen.column {
        gravity = Gravity.CENTER
        minimumHeight = dp(if (screen.isLargeText()) 160 else 172)
        setPadding(dp(16), dp(20), dp(16), dp(20))
        background = context.touchable(context.plate(R.color.brand, 20), 20)
        val ring = FrameLayout(context).apply {
            background = context.plate(R.color.on_brand, 42)
            addView(context.icon(R.drawable.ic_camera, 40, R.color.brand), FrameLayout.LayoutParams(dp(40), dp(40), Gravity.CENTER))
        }
        add(ring, 0, dp(84), dp(84))
        add(screen.text(screen.say("app-button-take-photo"), Type.Heading, R.color.on_brand), 12, WRAP_CONTENT)
        isFocusable = true
        contentDescription = screen.say("app-button-take-photo")
        setOnClickListener { does.photo() }
    }

    private fun strip(files: List<File>): View {
        val line = screen.row {
            files.forEachIndexed { at, file -> fit(picture(file, at, files.size), if (at == 0) 0 else 8) }
            fit(another(), 8)
        }
        return HorizontalScrollView(screen).apply {
            isHorizontalScrollBarEnabled = false
            isFillViewport = false
            addView(line)
        }
    }

    private fun picture(file: File, at: Int, all: Int): View = FrameLayout(screen).apply {
        val isSound = file.extension in SOUNDS
        if (isSound) {
            val plate = screen.row {
                gravity = Gravity.CENTER
                background = context.plate(R.color.brand_soft, 12)
                contentDescription = screen.say("app-part-voice-note")
                addView(context.icon(R.drawable.ic_mic, 32, R.color.on_brand_soft))
            }
            addView(plate, FrameLayout.LayoutParams(dp(SIDE_DP), dp(SIDE_DP)))
        } else {
            val image = screen.thumbnail()
            image.contentDescription = screen.say("app-a11y-photo", "number" to at + 1, "all" to all)
            Pictures.show(image, file, dp(SIDE_DP), screen.scope)
            addView(image, FrameLayout.LayoutParams(dp(SIDE_DP), dp(SIDE_DP)))
            if (file.extension == "mp4") addView(playMark(), FrameLayout.LayoutParams(dp(32), dp(32), Gravity.CENTER))
        }
        val remove = screen.iconButton(R.drawable.ic_close, screen.say("app-a11y-remove-photo", "number" to at + 1)) {
            does.remove(file)
        }
        // A small mark in a touch target of 48 dp.
        remove.setPadding(dp(12), dp(12), dp(12), dp(12))
        remove.background = mark()
        addView(remove, FrameLayout.LayoutParams(dp(48), dp(48), Gravity.TOP or Gravity.END))
    }

    private fun playMark(): View = FrameLayout(screen).apply {
        background = screen.plate(R.color.surface, 16)
        addView(screen.icon(R.drawable.ic_play, 18, R.color.ink), FrameLayout.LayoutParams(dp(18), dp(18), Gravity.CENTER))
    }

    private fun mark() = android.graphics.drawable.InsetDrawable(
        screen.touchable(screen.plate(R.color.surface, 16, R.color.line), 16), screen.dp(8),
    )

    private fun another(): View = screen.row {
        gravity = Gravity.CENTER
        minimumWidth = dp(SIDE_DP)
        minimumHeight = dp(SIDE_DP)
        background = context.touchable(context.plate(R.color.brand_soft, 12), 12)
        isFocusable = true
        contentDescription = screen.say("app-button-take-photo")
        addView(context.icon(R.drawable.ic_camera, 32, R.color.on_brand_soft))
        setOnClickListener { does.photo() }
    }

    private fun otherWays(): View {
        val ways = listOf(
            way(R.drawable.ic_video, "app-button-record-video") { does.video() },
            way(R.drawable.ic_gallery, "app-button-from-gallery") { does.gallery() },
            way(R.drawable.ic_mic, "app-button-add-voice") { does.voice() },
        )
        if (screen.isLargeText()) return screen.column { ways.forEachIndexed { at, way -> add(way, if (at == 0) 0 else 8) } }
        return screen.row {
            gravity = Gravity.FILL
            ways.forEachIndexed { at, way ->
                addView(way, LinearLayout.LayoutParams(0, MATCH_PARENT, 1f).apply { marginStart = if (at == 0) 0 else dp(8) })
            }
        }
    }

    private fun way(icon: Int, word: String, pressed: () -> Unit): View {
        val isWide = screen.isLargeText()
        val box = if (isWide) screen.row() else screen.column { gravity = Gravity.CENTER_HORIZONTAL }
        return box.apply {
            minimumHeight = dp(if (isWide) 56 else 64)
            setPadding(dp(if (isWide) 16 else 4), dp(12), dp(4), dp(10))
            background = context.touchable(context.plate(R.color.brand_soft, 14), 14)
            addView(context.icon(icon, 24, R.color.on_brand_soft))
            val label = screen.text(screen.say(word), Type.Small, R.color.on_brand_soft)
            if (isWide) fit(label, 12) else add(label.apply { gravity = Gravity.CENTER }, 4)
            isFocusable = true
            setOnClickListener { pressed() }
        }
    }

    private companion object {
        const val SIDE_DP = 104
        val SOUNDS = setOf("ogg", "amr")
    }
}

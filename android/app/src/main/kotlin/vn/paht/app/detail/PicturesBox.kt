package vn.paht.app.detail

import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.widget.FrameLayout
import android.widget.LinearLayout
import java.io.File
import kotlinx.coroutines.launch
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Mood
import vn.paht.app.look.Pictures
import vn.paht.app.look.chip
import vn.paht.app.look.dp
import vn.paht.app.look.row
import vn.paht.app.look.thumbnail
import vn.paht.app.nearby.PublicPages
import vn.paht.core.CaseCode
import vn.paht.core.ReportView
import vn.paht.core.Sha256
import vn.paht.kit.PahtFault

/** Before and after, side by side; before there is an after, the person's own pictures. */
class PicturesBox(private val screen: Screen) {
    val view: LinearLayout = screen.row()
    private var shown: List<Sha256>? = null

    fun show(report: ReportView) {
        val before = report.line.captures.filter { !it.erased }.map { it.hash }
        val after = report.answers.lastOrNull()?.evidence?.firstOrNull()
        val now = before + listOfNotNull(after)
        if (now == shown) return
        shown = now
        view.removeAllViews()
        view.visibility = if (now.isEmpty()) View.GONE else View.VISIBLE
        val code = report.line.case
        if (after != null && code != null) {
            before.firstOrNull()?.let { put(own(it), "app-mine-before", Mood.Calm) }
            put({ file -> screen.scope.launch { file(PublicPages.of(screen).picture(code, after)) } }, "app-mine-after", Mood.Good)
        } else {
            before.take(MOST).forEachIndexed { at, hash ->
                put(own(hash), null, Mood.Calm, screen.say("app-a11y-photo", "number" to at + 1, "all" to before.size))
            }
        }
    }

    private fun own(hash: Sha256): ((File?) -> Unit) -> Unit = { file ->
        screen.scope.launch {
            try {
                file(screen.paht.mediaFile(hash))
            } catch (_: PahtFault) {
                file(null)
            }
        }
    }

    private fun put(load: ((File?) -> Unit) -> Unit, word: String?, mood: Mood, said: String = screen.say(word.orEmpty())) {
        val image = screen.thumbnail(16)
        image.contentDescription = said
        load { file -> Pictures.show(image, file, screen.dp(HIGH_DP), screen.scope) }
        val frame = FrameLayout(screen).apply {
            addView(image, MATCH_PARENT, MATCH_PARENT)
            if (word != null) {
                val label = screen.chip(screen.say(word), mood).apply {
                    importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO
                }
                val corner = FrameLayout.LayoutParams(-2, -2, Gravity.BOTTOM or Gravity.START)
                corner.setMargins(dp(8), dp(8), dp(8), dp(8))
                addView(label, corner)
            }
        }
        val start = if (view.childCount == 0) 0 else screen.dp(8)
        view.addView(frame, LinearLayout.LayoutParams(0, screen.dp(HIGH_DP), 1f).apply { marginStart = start })
    }

    private companion object {
        const val HIGH_DP = 180
        const val MOST = 3
    }
}

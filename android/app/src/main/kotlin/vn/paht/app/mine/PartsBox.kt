package vn.paht.app.mine

import android.content.res.ColorStateList
import android.view.View
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.LinearLayout
import android.widget.ProgressBar
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Mood
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.icon
import vn.paht.app.look.row
import vn.paht.app.look.text
import vn.paht.app.words.moment
import vn.paht.app.words.size
import vn.paht.core.ParkReason
import vn.paht.core.Part
import vn.paht.core.PartState
import vn.paht.core.ReportId
import vn.paht.kit.Sending

/** The truth about each part of a report: waiting, how far, received when, or why it needs the person. */
class PartsBox(private val screen: Screen) {
    private val words = screen.words
    val view: LinearLayout = screen.column()

    fun show(report: ReportId, parts: List<Part>, sending: Sending) {
        view.removeAllViews()
        parts.forEachIndexed { at, part ->
            val live = (sending as? Sending.Uploading)?.takeIf { it.report == report && it.kind == part.kind }
            view.add(line(part, live), if (at == 0) 0 else 10)
        }
    }

    private fun line(part: Part, live: Sending.Uploading?): View {
        val percent = percentOf(part, live)
        val (icon, mood) = signOf(part.state, live != null)
        return screen.row {
            addView(screen.icon(icon, 22, mood.ink))
            val said = screen.column {
                val title = listOf(words.part(part.kind), words.size(part.bytes.toLong())).joinToString(" · ")
                add(screen.text(title))
                add(screen.text(stateOf(part, percent), Type.Small, if (mood == Mood.Calm) R.color.ink_soft else mood.ink))
                if (percent != null) add(bar(percent), 6)
            }
            addView(said, LinearLayout.LayoutParams(0, WRAP_CONTENT, 1f).apply { marginStart = dp(12) })
        }
    }

    private fun percentOf(part: Part, live: Sending.Uploading?): Long? {
        val state = part.state
        return when {
            live != null -> percent(live)
            state is PartState.Sending && part.bytes > 0u -> (state.offsetBytes * 100u / part.bytes).toLong()
            else -> null
        }
    }

    private fun signOf(state: PartState, isLive: Boolean): Pair<Int, Mood> = when {
        isLive -> R.drawable.ic_send to Mood.Calm
        state is PartState.Sending -> R.drawable.ic_send to Mood.Calm
        state is PartState.Delivered -> R.drawable.ic_check_circle to Mood.Good
        state is PartState.Parked && state.reason == ParkReason.Held -> R.drawable.ic_hold to Mood.Warn
        state is PartState.Parked -> R.drawable.ic_warn to Mood.Danger
        else -> R.drawable.ic_clock to Mood.Calm
    }

    private fun stateOf(part: Part, percent: Long?): String {
        if (percent != null) return words.say("app-part-sending", "percent" to percent)
        return when (val state = part.state) {
            PartState.Waiting -> words.say("app-part-waiting")
            is PartState.Sending -> words.say("app-part-sending", "percent" to 0)
            is PartState.Delivered ->
                state.at?.let { words.say("app-part-received", "time" to words.moment(it)) } ?: words.say("app-way-whole")
            is PartState.Parked -> words.reason(state.reason)
        }
    }

    private fun bar(percent: Long) = ProgressBar(screen, null, android.R.attr.progressBarStyleHorizontal).apply {
        max = 100
        progress = percent.toInt()
        progressTintList = ColorStateList.valueOf(screen.getColor(R.color.brand))
        progressBackgroundTintList = ColorStateList.valueOf(screen.getColor(R.color.outline))
        importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO
        minimumHeight = dp(6)
    }
}

package vn.paht.app.detail

import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.FrameLayout
import android.widget.LinearLayout
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.icon
import vn.paht.app.look.plate
import vn.paht.app.look.row
import vn.paht.app.look.text
import vn.paht.app.words.moment
import vn.paht.core.TimelineEntry

/** What happened, newest first: a line with a mark for each step, its sentence, its hour, and what somebody wrote. */
fun Screen.timeline(entries: List<TimelineEntry>, sentences: Sentences): LinearLayout = column {
    val newestFirst = entries.sortedByDescending { it.number }
    newestFirst.forEachIndexed { at, entry ->
        add(step(entry, sentences, isNewest = at == 0, isOldest = at == newestFirst.lastIndex))
    }
}

private fun Screen.step(entry: TimelineEntry, sentences: Sentences, isNewest: Boolean, isOldest: Boolean): View = row {
    gravity = Gravity.FILL
    addView(rail(sentences.icon(entry), isNewest, isOldest), LinearLayout.LayoutParams(dp(36), MATCH_PARENT))
    val said = column {
        setPadding(0, dp(5), 0, dp(18))
        add(text(sentences.of(entry), if (isNewest) Type.Strong else Type.Body))
        add(text(words.moment(entry.at), Type.Small, R.color.ink_soft), 2)
        entry.words?.takeIf(String::isNotBlank)?.let { add(quote(it), 8) }
    }
    addView(said, LinearLayout.LayoutParams(0, WRAP_CONTENT, 1f).apply { marginStart = dp(12) })
}

private fun Screen.rail(icon: Int, isNewest: Boolean, isOldest: Boolean): View = FrameLayout(this).apply {
    if (!isOldest) {
        val line = View(context).apply { setBackgroundColor(context.getColor(R.color.line)) }
        addView(line, FrameLayout.LayoutParams(dp(2), MATCH_PARENT, Gravity.CENTER_HORIZONTAL).apply { topMargin = dp(36) })
    }
    val mark = FrameLayout(context).apply {
        background = plate(if (isNewest) R.color.brand else R.color.brand_soft, 18)
        val ink = if (isNewest) R.color.on_brand else R.color.on_brand_soft
        addView(icon(icon, 18, ink), FrameLayout.LayoutParams(dp(18), dp(18), Gravity.CENTER))
    }
    addView(mark, FrameLayout.LayoutParams(dp(36), dp(36)))
}

private fun Screen.quote(said: String): View = text(said).apply {
    background = plate(R.color.ground, 12)
    setPadding(dp(12), dp(10), dp(12), dp(10))
    setTextIsSelectable(true)
}

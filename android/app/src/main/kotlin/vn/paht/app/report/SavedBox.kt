package vn.paht.app.report

import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.heading
import vn.paht.app.look.icon
import vn.paht.app.look.plate
import vn.paht.app.look.row
import vn.paht.app.look.text

/** What was done is done: kept here, and it goes by itself. */
fun Screen.savedBox(said: String, follow: View.OnClickListener, again: View.OnClickListener): LinearLayout = column(24) {
    gravity = Gravity.CENTER_HORIZONTAL
    val round = row {
        gravity = Gravity.CENTER
        background = plate(R.color.good_soft, 56)
        addView(icon(R.drawable.ic_check, 56, R.color.good))
    }
    add(round, 32, dp(112), dp(112))
    val title = heading(say("app-report-saved"), Type.Title).apply {
        gravity = Gravity.CENTER
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_ASSERTIVE
    }
    add(title, 24)
    add(text(said, Type.Body, R.color.ink_soft).apply { gravity = Gravity.CENTER }, 8)
    add(button(say("app-mine-title"), Tone.Filled) { follow.onClick(it) }, 32)
    add(button(say("app-report-title"), Tone.Soft) { again.onClick(it) }, 8)
}

package vn.paht.app.alerts

import android.view.View
import android.widget.LinearLayout
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.fill
import vn.paht.app.look.fit
import vn.paht.app.look.icon
import vn.paht.app.look.plate
import vn.paht.app.look.row
import vn.paht.app.look.text
import vn.paht.app.look.touchable
import vn.paht.core.Alert
import vn.paht.core.AlertLevel

/** Danger to life here, as far as the phone knows where it is. */
fun List<Alert>.emergencies(): List<Alert> = filter { it.level == AlertLevel.Emergency && it.touches != false }

/** While an emergency holds, whatever the person came for: what it is, and the way to what to do. */
class EmergencyBanner(private val screen: Screen, open: () -> Unit) {
    private val title = screen.text("", Type.Strong, R.color.danger)
    private val level = screen.text("", Type.Small, R.color.danger)

    val view: LinearLayout = screen.row {
        minimumHeight = dp(64)
        setPadding(dp(14), dp(10), dp(12), dp(10))
        background = context.touchable(context.plate(R.color.danger_soft, 16, R.color.danger))
        fit(screen.icon(R.drawable.ic_bell, 28, R.color.danger))
        fill(screen.column {
            add(level)
            add(title)
        }, 12)
        fit(screen.icon(R.drawable.ic_chevron, 20, R.color.danger), 8)
        isFocusable = true
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_ASSERTIVE
        visibility = View.GONE
        setOnClickListener { open() }
    }

    fun show(emergencies: List<Alert>) {
        view.visibility = if (emergencies.isEmpty()) View.GONE else View.VISIBLE
        val first = emergencies.firstOrNull() ?: return
        level.text = screen.words.level(first)
        title.text = emergencies.joinToString(" · ") { it.title }
    }
}

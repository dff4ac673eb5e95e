package vn.paht.app.report

import android.content.Context
import android.net.ConnectivityManager
import android.view.View
import android.widget.LinearLayout
import android.widget.TextView
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.card
import vn.paht.app.look.dp
import vn.paht.app.look.heading
import vn.paht.app.look.plate
import vn.paht.app.look.setIcon
import vn.paht.app.look.text

/** No network: nothing is wrong, all is kept. */
class OfflineLine(screen: Screen) {
    val view: TextView = screen.text(screen.say("app-offline"), Type.Small, R.color.warn).apply {
        background = screen.plate(R.color.warn_soft, 12)
        setPadding(dp(12), dp(10), dp(12), dp(10))
        setIcon(R.drawable.ic_offline)
        visibility = if (isOnline(screen)) View.GONE else View.VISIBLE
    }

    companion object {
        fun isOnline(context: Context): Boolean =
            context.getSystemService(ConnectivityManager::class.java)?.activeNetwork != null
    }
}

/** The first time: what this is, in two sentences. No log-in, no permissions, nothing to skip. */
fun Screen.welcome(seen: () -> Unit): LinearLayout = card {
    add(heading(say("app-tagline")))
    add(text(say("app-settings-about-text"), Type.Small, R.color.ink_soft), 6)
    add(button(say("app-button-ok"), Tone.Soft) {
        visibility = View.GONE
        seen()
    }, 12)
}

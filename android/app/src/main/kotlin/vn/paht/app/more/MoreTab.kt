package vn.paht.app.more

import android.app.Activity
import android.content.Intent
import android.view.View
import android.widget.LinearLayout
import android.widget.ScrollView
import vn.paht.app.MainActivity
import vn.paht.app.R
import vn.paht.app.desk.CasesActivity
import vn.paht.app.Tab
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.heading
import vn.paht.app.look.menuRow
import vn.paht.app.look.text
import vn.paht.app.mine.QueueActivity
import vn.paht.app.ways.CarriedActivity

/** The rest, one line each. */
class MoreTab(screen: MainActivity) : Tab(screen) {
    private val column: LinearLayout = screen.column(16) {
        add(screen.heading(words.say("app-tab-more"), Type.Title))
        add(row(R.drawable.ic_send, "app-queue-title", QueueActivity::class.java), 16)
        add(screen.menuRow(R.drawable.ic_star_line, words.say("app-service-title"), words.say("app-service-intro")) { open(ServiceActivity::class.java) }, 10)
        add(row(R.drawable.ic_parcel, "app-carried-title", CarriedActivity::class.java), 10)
        add(row(R.drawable.ic_cases, "app-officer-title", CasesActivity::class.java), 10)
        add(row(R.drawable.ic_settings, "app-settings-title", SettingsActivity::class.java), 10)
        add(screen.heading(words.say("app-settings-about")), 24)
        add(screen.text(words.say("app-settings-about-text"), color = R.color.ink_soft), 6)
        add(screen.heading(words.say("app-settings-privacy")), 16)
        add(screen.text(words.say("app-settings-privacy-text"), color = R.color.ink_soft), 6)
        add(screen.text(listOf(version(), words.say("app-settings-licence")).joinToString(" · "), Type.Small, R.color.ink_soft), 16)
    }

    override val view: View = ScrollView(screen).apply {
        scrollBarSize = dp(3)
        addView(column)
    }

    private fun row(icon: Int, word: String, to: Class<out Activity>) = screen.menuRow(icon, words.say(word)) { open(to) }

    private fun open(to: Class<out Activity>) = screen.startActivity(Intent(screen, to))

    private fun version(): String {
        val name = screen.packageManager.getPackageInfo(screen.packageName, 0).versionName
        return words.say("app-settings-version", "version" to name.orEmpty())
    }
}

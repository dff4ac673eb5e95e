package vn.paht.app.alerts

import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import android.view.View
import android.widget.LinearLayout
import android.widget.ScrollView
import java.time.Duration
import java.time.Instant
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import vn.paht.app.MainActivity
import vn.paht.app.R
import vn.paht.app.Tab
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.card
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.heading
import vn.paht.app.look.setIcon
import vn.paht.app.look.text
import vn.paht.app.report.OfflineLine
import vn.paht.app.words.moment
import vn.paht.core.Alert
import vn.paht.core.Card
import vn.paht.kit.PahtFault
import vn.paht.kit.Seen
import vn.paht.kit.alerts
import vn.paht.kit.lastHeard
import vn.paht.kit.place.Locate
import vn.paht.kit.sync

/**
 * Whom to call, first of all: the numbers stand in the app and need no network, no card and no data. Below them what the
 * centre tells everybody, that for here first, with the hour it was heard where that is not now.
 */
class AlertsTab(screen: MainActivity) : Tab(screen) {
    private val error = ErrorLine(screen)
    private val hotline = screen.column()
    private val alerts = screen.column()
    private var held: List<Alert>? = null
    private var card: Card? = null
    private val asOf = screen.text("", Type.Small, R.color.warn).apply {
        setIcon(R.drawable.ic_offline, 18)
        visibility = View.GONE
    }

    private val column: LinearLayout = screen.column(16) {
        add(screen.heading(words.say("app-emergency-title"), Type.Title))
        add(screen.emergencyNumbers(::dial), 12)
        add(screen.text(words.say("app-emergency-which"), Type.Small, R.color.ink_soft), 8)
        add(error, 8)
        add(screen.heading(words.say("app-alerts-title"), Type.Title), 24)
        add(asOf, 4)
        add(alerts)
        add(hotline, 14)
        add(screen.text(words.say("app-report-danger"), Type.Small, R.color.ink_soft), 20)
    }

    override val view: View = ScrollView(screen).apply {
        scrollBarSize = dp(3)
        addView(column)
    }

    override fun shown(scope: CoroutineScope) {
        error.show(null)
        scope.launch { screen.paht.inSight.showing(Seen.Alerts) }
        scope.launch {
            try {
                card = screen.paht.card()
                showHotline()
                screen.paht.watch.alerts(Locate(screen).last(), words.language).collect(::show)
            } catch (fault: PahtFault) {
                error.show(fault.say(words.language))
            }
        }
        if (OfflineLine.isOnline(screen) && !isFresh()) scope.launch { ask() }
    }

    /** Who looks here wants the news now, not at the next turn of the background. */
    private suspend fun ask() {
        try {
            screen.paht.sync(NEWS)
        } catch (fault: PahtFault) {
            error.show(fault.say(words.language))
        }
        held?.let(::show)
    }

    private fun show(held: List<Alert>) {
        this.held = held
        val heard = screen.paht.lastHeard
        asOf.visibility = if (heard == null || isFresh()) View.GONE else View.VISIBLE
        heard?.let { asOf.text = words.say("app-alerts-as-of", "time" to words.moment(it)) }
        alerts.removeAllViews()
        val (elsewhere, here) = held.partition { it.touches == false }
        if (here.isEmpty()) alerts.add(nothing(if (heard == null) "app-alerts-never" else "app-alerts-empty"), 10)
        // The core has the gravest first; what surely is for here comes before what may be.
        here.sortedBy { it.touches != true }.forEach { alerts.add(screen.alertCard(it, card, ::dial), 10) }
        if (elsewhere.isNotEmpty()) alerts.add(screen.heading(words.say("app-alerts-elsewhere")), 20)
        elsewhere.forEach { alerts.add(screen.alertCard(it, card, ::dial), 10) }
    }

    private fun nothing(word: String) = screen.card {
        add(screen.text(words.say(word), color = R.color.ink_soft).apply { setIcon(R.drawable.ic_info, 22, gapDp = 12) })
    }

    private fun showHotline() {
        val known = card ?: return
        hotline.removeAllViews()
        hotline.add(screen.heading(words.say("portal-hotline")), 10)
        val name = if (words.tag == "vi") known.nameVi else known.nameEn
        hotline.add(screen.callLine(known.hotline, name, R.drawable.ic_call, isUrgent = false, ::dial), 10)
    }

    private fun isFresh() = screen.paht.lastHeard?.let { Duration.between(it, Instant.now()).abs() < FRESH } ?: false

    /** Opens the dialler with the number: the person presses "call", and needs to give no permission. */
    private fun dial(digits: String) {
        try {
            screen.startActivity(Intent(Intent.ACTION_DIAL, Uri.fromParts("tel", digits, null)))
        } catch (_: ActivityNotFoundException) {
            error.show(words.say("app-error-title"))
        }
    }

    private companion object {
        val NEWS = 20.seconds
        val FRESH: Duration = Duration.ofMinutes(5)
    }
}

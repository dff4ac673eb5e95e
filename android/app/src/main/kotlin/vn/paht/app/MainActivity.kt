package vn.paht.app

import android.content.Context
import android.content.Intent
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.os.Bundle
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.widget.FrameLayout
import android.widget.LinearLayout
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.launch
import vn.paht.app.alerts.AlertsTab
import vn.paht.app.alerts.emergencies
import vn.paht.app.alerts.level
import vn.paht.app.detail.DetailActivity
import vn.paht.app.look.add
import vn.paht.app.look.column
import vn.paht.app.mine.MineTab
import vn.paht.app.more.MoreTab
import vn.paht.app.nearby.NearbyTab
import vn.paht.app.report.ReportTab
import vn.paht.core.Alert
import vn.paht.core.ReportId
import vn.paht.kit.PahtFault
import vn.paht.kit.alerts
import vn.paht.kit.notify.EXTRA_ALERTS
import vn.paht.kit.notify.EXTRA_REPORT
import vn.paht.kit.place.Locate

/** The five places, one at a time, over the bar that leads to them. */
class MainActivity : Screen() {
    private val tabs = mutableMapOf<Place, Tab>()
    private val body by lazy { FrameLayout(this) }
    private val bar by lazy { BottomBar(this, ::go) }
    private var inSight: CoroutineScope? = null
    private var isSeen = false

    /** Those that hold here now. */
    val emergencies = MutableStateFlow<List<Alert>>(emptyList())

    var place = Place.Report
        private set

    val tab: Tab get() = tabs.getOrPut(place) { make(place) }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        val whole = column {
            addView(body, LinearLayout.LayoutParams(MATCH_PARENT, 0, 1f))
            add(bar.view)
        }
        window.decorView.setBackgroundColor(getColor(R.color.ground))
        setContentView(FrameLayout(this).apply { addView(whole) })
        whole.keepClearOfBars()
        val asked = state?.getString(PLACE) ?: intent.getStringExtra(PLACE)
        go(Place.entries.find { it.name == asked } ?: Place.Report)
        if (state == null) openAsked(intent)
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        openAsked(intent)
    }

    /** A notification was about alerts, or a report. */
    private fun openAsked(intent: Intent) {
        if (intent.getBooleanExtra(EXTRA_ALERTS, false)) go(Place.Alerts)
        val id = intent.getStringExtra(EXTRA_REPORT) ?: return
        go(Place.Mine)
        startActivity(DetailActivity.of(this, ReportId(id)))
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        state.putString(PLACE, place.name)
    }

    fun go(to: Place) {
        if (isSeen) tabs[place]?.leaving()
        place = to
        body.removeAllViews()
        body.addView(tab.view)
        bar.show(to)
        show()
    }

    override fun whileSeen(scope: CoroutineScope) {
        isSeen = true
        show()
        scope.launch { followEmergencies() }
    }

    private suspend fun followEmergencies() {
        try {
            paht.watch.alerts(Locate(this).last(), words.language).collect { held ->
                emergencies.value = held.emergencies()
                bar.mark(Place.Alerts, held.emergencies().firstOrNull()?.let(words::level))
            }
        } catch (_: PahtFault) {
            // The store cannot be opened: the place in sight says so.
        }
    }

    override fun onStop() {
        isSeen = false
        inSight?.cancel()
        tabs.values.forEach { it.leaving() }
        super.onStop()
    }

    private fun show() {
        inSight?.cancel()
        if (!isSeen) return
        inSight = CoroutineScope(SupervisorJob() + Dispatchers.Main).also { tab.shown(it) }
    }

    override fun onActivityResult(request: Int, result: Int, data: Intent?) = tab.result(request, result, data)

    override fun onRequestPermissionsResult(request: Int, names: Array<out String>, answers: IntArray) =
        tab.permission(request, answers.any { it == PERMISSION_GRANTED })

    private fun make(place: Place): Tab = when (place) {
        Place.Report -> ReportTab(this)
        Place.Mine -> MineTab(this)
        Place.Nearby -> NearbyTab(this)
        Place.Alerts -> AlertsTab(this)
        Place.More -> MoreTab(this)
    }

    companion object {
        const val PLACE = "place"

        fun at(context: Context, place: Place): Intent =
            Intent(context, MainActivity::class.java).putExtra(PLACE, place.name)
    }
}

package vn.paht.app.nearby

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.app.AlertDialog
import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import android.view.View
import android.view.ViewGroup
import android.widget.BaseAdapter
import android.widget.FrameLayout
import android.widget.ListView
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch
import vn.paht.app.Choices
import vn.paht.app.MainActivity
import vn.paht.app.R
import vn.paht.app.Tab
import vn.paht.app.look.dp
import vn.paht.app.look.emptyState
import vn.paht.app.look.button
import vn.paht.app.report.PinActivity
import vn.paht.app.report.Where
import vn.paht.app.words.distance
import vn.paht.app.words.moment
import vn.paht.core.Card
import vn.paht.core.Nearby
import vn.paht.core.NearbyCase
import vn.paht.core.Point
import vn.paht.core.metresBetween
import vn.paht.kit.PahtFault
import vn.paht.kit.nearby
import vn.paht.kit.nearbyKept
import vn.paht.kit.place.Locate
import vn.paht.kit.place.Located

/**
 * What others reported around here, nearest first, over a map that needs no network. Without a network the last answer is
 * shown with its age. Where the phone may not say where it is, the person chooses the place.
 */
class NearbyTab(screen: MainActivity) : Tab(screen) {
    private val choices = Choices(screen)
    private val head = NearbyHead(screen, ::askPlace, ::askRadius)
    private val foot = FrameLayout(screen)
    private var around: Around? = null
    private var card: Card? = null
    private var cases: List<Pair<NearbyCase, Double>> = emptyList()
    private var loading: Job? = null
    private var seen: CoroutineScope? = null
    private val list = ListView(screen).apply {
        divider = null
        clipToPadding = false
        setPadding(0, 0, 0, dp(16))
        setSelector(android.R.color.transparent)
        addHeaderView(head.view, null, false)
        addFooterView(foot, null, false)
        adapter = Lines()
        setOnItemClickListener { _, _, at, _ -> cases.getOrNull(at - headerViewsCount)?.let { open(it.first) } }
    }

    override val view: View = list

    override fun shown(scope: CoroutineScope) {
        seen = scope
        load()
    }

    /** Once more from the start: another place, another radius, another try. */
    private fun load() {
        loading?.cancel()
        loading = (seen ?: return).launch {
            head.error.show(null)
            try {
                card = screen.paht.card()
                around = whereToLook(screen, card)
                ask()
            } catch (fault: PahtFault) {
                head.error.show(fault.say(words.language))
            }
        }
    }

    private suspend fun ask() {
        val where = around
        head.choice(where, choices.nearbyRadiusM)
        if (where == null) return show(null)
        // What was heard before is there at once; on a bad link the answer may take its time.
        val kept = screen.paht.nearbyKept(where.point)
        if (kept != null) show(kept, isKept = true) else head.note(words.say("app-loading"))
        try {
            show(screen.paht.nearby(where.point, choices.nearbyRadiusM))
        } catch (_: PahtFault.Link) {
            show(kept, isKept = true)
        }
    }

    private fun show(found: Nearby?, isKept: Boolean = false) {
        val middle = around?.point
        // What is kept was asked from another point of the square.
        cases = if (found == null || middle == null) emptyList()
        else found.cases.map { it to (it.point?.let { at -> metresBetween(middle, at) } ?: it.distanceM.toDouble()) }.sortedBy { it.second }
        head.note(found?.takeIf { isKept }?.let { words.say("app-alerts-as-of", "time" to words.moment(it.at)) })
        val radius = found?.radiusM?.toInt() ?: choices.nearbyRadiusM
        head.map(middle, radius, card?.areas.orEmpty(), cases.mapNotNull { it.first.point })
        foot.removeAllViews()
        if (found == null) foot.addView(offline())
        else if (cases.isEmpty()) foot.addView(screen.emptyState(R.drawable.ic_map, words.say("app-nearby-empty")))
        (list.adapter as? android.widget.HeaderViewListAdapter)?.let { (it.wrappedAdapter as BaseAdapter).notifyDataSetChanged() }
    }

    private fun offline(): View {
        val again = screen.button(words.say("app-button-retry"), icon = R.drawable.ic_refresh) { load() }
        return screen.emptyState(R.drawable.ic_offline, words.say("app-nearby-needs-network"), again)
    }

    private fun askRadius() {
        val names = RADII_M.map { words.say("app-nearby-within", "distance" to words.distance(it.toDouble())) }
        AlertDialog.Builder(screen)
            .setTitle(words.say("app-nearby-radius"))
            .setSingleChoiceItems(names.toTypedArray(), RADII_M.indexOf(choices.nearbyRadiusM)) { dialog, at ->
                dialog.dismiss()
                choices.nearbyRadiusM = RADII_M[at]
                load()
            }
            .show()
    }

    private fun askPlace() {
        val ways = arrayOf(words.say("app-button-my-position"), words.say("app-button-pin"))
        AlertDialog.Builder(screen)
            .setItems(ways) { _, at -> if (at == 0) askPosition() else screen.startActivityForResult(PinActivity.near(screen, around?.point), PIN) }
            .show()
    }

    private fun askPosition() {
        if (Locate(screen).isAllowed) locate() else screen.requestPermissions(LOCATION, POSITION)
    }

    private fun locate() {
        head.error.show(null)
        head.note(words.say("app-report-place-waiting"))
        seen?.launch {
            val found = Locate(screen).now()
            if (found is Located.Found && !found.isMock) look(null)
            else if (found == Located.NotAllowed) refused()
            else head.error.show(words.say("app-report-place-unknown"))
        }
    }

    /** From here on around the given place; absent: around the phone. */
    private fun look(pin: Point?) {
        choices.nearbyPin = pin
        load()
    }

    private fun refused() = head.error.show(words.say("app-permission-location"))

    override fun permission(request: Int, isGranted: Boolean) {
        if (request == POSITION) if (isGranted) locate() else refused()
    }

    override fun result(request: Int, result: Int, data: Intent?) {
        val where = if (request == PIN) PinActivity.chosen(data) else null
        if (where is Where.Pinned) look(where.point)
    }

    /** The public page has the pictures and the whole story. */
    private fun open(case: NearbyCase) {
        try {
            screen.startActivity(Intent(Intent.ACTION_VIEW, Uri.parse(PublicPages.of(screen).page(case.code))))
        } catch (_: ActivityNotFoundException) {
            head.error.show(words.say("app-error-title"))
        }
    }

    private inner class Lines : BaseAdapter() {
        override fun getCount() = cases.size

        override fun getItem(at: Int) = cases[at]

        override fun getItemId(at: Int) = at.toLong()

        override fun getView(at: Int, old: View?, parent: ViewGroup): View =
            cases[at].let { (case, metres) -> screen.caseLine(case, metres, card) }
    }

    private companion object {
        const val PIN = 11
        const val POSITION = 12
        val RADII_M = listOf(500, 2_000, 5_000, 10_000)
        val LOCATION = arrayOf(ACCESS_FINE_LOCATION, ACCESS_COARSE_LOCATION)
    }
}

package vn.paht.app.report

import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.Gravity
import android.view.View
import android.view.ViewGroup
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.widget.BaseAdapter
import android.widget.FrameLayout
import android.widget.LinearLayout
import android.widget.ListView
import android.widget.TextView
import kotlinx.coroutines.launch
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.button
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.icon
import vn.paht.app.look.iconButton
import vn.paht.app.look.plate
import vn.paht.app.look.setIcon
import vn.paht.app.look.sideBySide
import vn.paht.app.look.text
import vn.paht.app.words.distance
import vn.paht.core.Card
import vn.paht.core.CardArea
import vn.paht.core.Fix
import vn.paht.core.Point
import vn.paht.core.metresBetween
import vn.paht.kit.PahtFault

/** A place set by hand: pull the ground under the pin, or choose the commune from the list; both work offline. */
class PinActivity : Screen() {
    private lateinit var board: PinBoard
    private val done by lazy { button(say("app-button-done"), Tone.Filled) { finishWith(board.middle) } }
    private val without by lazy { button(say("app-button-no-place"), Tone.Plain, R.drawable.ic_no_place) { finishWithout() } }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        val kept = state?.point(LAT, LON)
        scope.launch {
            val card = try {
                paht.card()
            } catch (_: PahtFault) {
                null
            }
            show(card, kept)
        }
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        if (!::board.isInitialized) return
        state.putInt(LAT, board.middle.latE7)
        state.putInt(LON, board.middle.lonE7)
    }

    private fun show(card: Card?, kept: Point?) {
        val fix = intent.extras?.point(LAT, LON)?.let { Fix(it, null) }
        val middle = kept ?: fix?.point ?: card?.areas?.firstOrNull()?.centre ?: return finish()
        val areas = card?.areas.orEmpty().sortedBy { metresBetween(middle, it.centre) }
        board = PinBoard(this, middle, areas, fix).apply { contentDescription = say("app-a11y-map-pin") }
        done.gravity = Gravity.CENTER
        val list = ListView(this).apply {
            divider = null
            adapter = Areas(areas, middle)
            setOnItemClickListener { _, _, at, _ -> board.centre(areas[at].centre) }
        }
        val body = column {
            addView(framed(), LinearLayout.LayoutParams(MATCH_PARENT, 0, 3f))
            addView(list, LinearLayout.LayoutParams(MATCH_PARENT, 0, 2f))
        }
        val foot = if (intent.getBooleanExtra(MAY_LEAVE, false)) sideBySide(listOf(without, done)) else done
        frame(say("app-report-place"), body, foot)
    }

    private fun framed() = FrameLayout(this).apply {
        setBackgroundColor(getColor(R.color.surface))
        addView(board, MATCH_PARENT, MATCH_PARENT)
        val zoom = column {
            background = plate(R.color.surface, 16, R.color.line)
            addView(iconButton(R.drawable.ic_plus, say("app-a11y-zoom-in")) { board.zoom(0.5) })
            addView(iconButton(R.drawable.ic_minus, say("app-a11y-zoom-out")) { board.zoom(2.0) })
        }
        val corner = FrameLayout.LayoutParams(ViewGroup.LayoutParams.WRAP_CONTENT, ViewGroup.LayoutParams.WRAP_CONTENT, Gravity.END or Gravity.BOTTOM)
        corner.setMargins(dp(12), dp(12), dp(12), dp(12))
        addView(zoom, corner)
    }

    private inner class Areas(private val areas: List<CardArea>, private val from: Point) : BaseAdapter() {
        override fun getCount() = areas.size

        override fun getItem(at: Int) = areas[at]

        override fun getItemId(at: Int) = at.toLong()

        override fun getView(at: Int, old: View?, parent: ViewGroup): View {
            val view = old as? TextView ?: text("").apply {
                minHeight = dp(56)
                gravity = Gravity.CENTER_VERTICAL
                setPadding(dp(16), dp(8), dp(16), dp(8))
                setIcon(R.drawable.ic_pin, 20, R.color.brand, 12)
            }
            val area = areas[at]
            view.text = listOf(area.name, words.distance(metresBetween(from, area.centre))).joinToString(" · ")
            return view
        }
    }

    private fun finishWith(point: Point) {
        setResult(RESULT_OK, Intent().putExtra(LAT, point.latE7).putExtra(LON, point.lonE7))
        finish()
    }

    private fun finishWithout() {
        setResult(RESULT_OK, Intent().putExtra(LEFT, true))
        finish()
    }

    companion object {
        private const val LAT = "lat"
        private const val LON = "lon"
        private const val LEFT = "left"
        private const val MAY_LEAVE = "may-leave"

        /** For a report, which may also go without a place. */
        fun from(context: Context, draft: Draft): Intent =
            near(context, (draft.where as? Where.Pinned)?.point ?: draft.fix?.point).putExtra(MAY_LEAVE, true)

        /** For what needs a place, beginning at one. */
        fun near(context: Context, point: Point?): Intent = Intent(context, PinActivity::class.java).apply {
            point?.let { putExtra(LAT, it.latE7).putExtra(LON, it.lonE7) }
        }

        /** What was decided; absent if the person went back. */
        fun chosen(result: Intent?): Where? =
            if (result?.getBooleanExtra(LEFT, false) == true) Where.Left
            else result?.extras?.point(LAT, LON)?.let { Where.Pinned(it) }

        private fun Bundle.point(lat: String, lon: String): Point? =
            if (containsKey(lat) && containsKey(lon)) Point(getInt(lat), getInt(lon)) else null
    }
}

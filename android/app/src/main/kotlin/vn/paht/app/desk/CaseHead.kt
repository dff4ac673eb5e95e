package vn.paht.app.desk

import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import android.view.View
import android.widget.LinearLayout
import kotlinx.coroutines.launch
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Flow
import vn.paht.app.look.Mood
import vn.paht.app.look.Pictures
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.chip
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.heading
import vn.paht.app.look.row
import vn.paht.app.look.setIcon
import vn.paht.app.look.text
import vn.paht.app.look.thumbnail
import vn.paht.app.report.iconOf
import vn.paht.app.report.nameOf
import vn.paht.core.Card
import vn.paht.core.CasePicture
import vn.paht.core.OfficerCase
import vn.paht.core.PartKind
import vn.paht.core.Point
import vn.paht.core.ReportId
import vn.paht.kit.PahtFault
import vn.paht.kit.casePicture

/** What the citizen said, showed and where; and until when something must be done. */
class CaseHead(private val screen: Screen, private val error: ErrorLine) {
    private val pictures = screen.row()
    private val said = screen.column()
    private var shown: List<CasePicture> = emptyList()
    val view: LinearLayout = screen.column {
        add(pictures)
        add(said, 12)
    }

    init {
        pictures.visibility = View.GONE
    }

    fun show(case: OfficerCase, card: Card?) {
        showPictures(case)
        said.removeAllViews()
        case.category?.let { category ->
            val name = card.nameOf(category, screen.words)
            said.add(screen.text(name, Type.Small, R.color.ink_soft).apply { setIcon(iconOf(category), 18) })
        }
        if (case.text.isNotBlank()) said.add(screen.heading(case.text).apply { setTextIsSelectable(true) }, 6)
        said.add(Flow(screen, 6).apply {
            if (case.urgent) addView(screen.chip(screen.say("portal-urgent"), Mood.Danger, R.drawable.ic_warn))
            case.open?.let { addView(screen.dueChip(it.due, screen.words)) }
        }, 10)
        val area = card?.areas?.find { it.code == case.area }?.name
        area?.let { said.add(screen.text(it, color = R.color.ink_soft).apply { setIcon(R.drawable.ic_pin, 18) }, 10) }
        case.place?.let { place -> said.add(screen.button(screen.say("app-button-map"), Tone.Soft, R.drawable.ic_map) { showMap(place.point) }, 10) }
    }

    private fun showMap(at: Point) {
        val place = listOf(at.latE7, at.lonE7).joinToString(",") { (it / E7).toString() }
        try {
            screen.startActivity(Intent(Intent.ACTION_VIEW, Uri.parse("geo:$place?q=$place")))
        } catch (_: ActivityNotFoundException) {
            error.show(screen.say("app-error-title"))
        }
    }

    /** Small ones before large: a bar of signal is enough. */
    private fun showPictures(case: OfficerCase) {
        val best = case.pictures.groupBy { it.of ?: it.hash }.values.map { same -> same.firstOrNull { it.kind == PartKind.Preview } ?: same.first() }
        val now = best.take(MOST)
        if (now == shown) return
        shown = now
        pictures.removeAllViews()
        pictures.visibility = if (now.isEmpty()) View.GONE else View.VISIBLE
        now.forEachIndexed { at, picture ->
            val word = if (picture.evidence) "app-mine-after" else "app-mine-before"
            val start = if (at == 0) 0 else screen.dp(8)
            pictures.addView(view(case.report, picture, screen.say(word)), LinearLayout.LayoutParams(0, screen.dp(HIGH_DP), 1f).apply { marginStart = start })
        }
    }

    private fun view(report: ReportId, picture: CasePicture, named: String): View = screen.thumbnail(16).apply {
        contentDescription = named
        screen.scope.launch {
            try {
                Pictures.show(this@apply, screen.paht.casePicture(report, picture.hash), dp(HIGH_DP), screen.scope)
            } catch (_: PahtFault) {
                // Never seen here, and no link now: its place stays empty until the page is opened again.
                setImageBitmap(null)
            }
        }
    }

    private companion object {
        const val HIGH_DP = 180
        const val MOST = 3
        const val E7 = 1e7
    }
}

package vn.paht.app.review

import android.text.InputType
import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import java.text.Normalizer
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Field
import vn.paht.app.look.Flow
import vn.paht.app.look.Mood
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.chip
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.emptyState
import vn.paht.app.look.fill
import vn.paht.app.look.fit
import vn.paht.app.look.heading
import vn.paht.app.look.icon
import vn.paht.app.look.menuRow
import vn.paht.app.look.plate
import vn.paht.app.look.row
import vn.paht.app.look.setIcon
import vn.paht.app.look.text
import vn.paht.app.look.touchable
import vn.paht.app.report.iconOf
import vn.paht.app.words.distance
import vn.paht.core.Service
import vn.paht.core.ServiceLine

/** Choose a service from the list, nearest first, or write what it is called: one field finds and names. */
class ServicePicker(private val screen: Screen, private val chosen: (Service) -> Unit) {
    private val list = screen.column()
    private val note = screen.text("", Type.Small, R.color.ink_soft).apply {
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
        visibility = View.GONE
    }
    private val name = Field(screen, screen.say("app-service-name"), kind = KIND).changed { show() }.apply {
        input.setIcon(R.drawable.ic_search, 20, R.color.ink_soft)
    }

    /** All that is known, as the core ordered it; absent before anything was. */
    var lines: List<ServiceLine>? = null
        set(known) {
            field = known
            show()
        }

    var words: String by name::words

    val view: LinearLayout = screen.column {
        add(screen.text(screen.say("app-service-intro"), color = R.color.ink_soft))
        add(screen.heading(screen.say("app-service-choose")), 16)
        add(name.view, 8)
        add(note, 8)
        add(list, 4)
    }

    /** One sentence on how the list came; absent: from the centre, just now. */
    fun note(said: String?) {
        note.text = said.orEmpty()
        note.visibility = if (said == null) View.GONE else View.VISIBLE
    }

    private fun show() {
        list.removeAllViews()
        val typed = words.trim()
        if (typed.isNotEmpty()) {
            list.add(screen.menuRow(R.drawable.ic_edit, typed, screen.say("app-service-title")) { chosen(Service.Named(typed)) }, 8)
        }
        val known = lines ?: return
        val found = known.filter { it.fits(typed) }.take(MOST_SHOWN)
        found.forEach { line -> list.add(line(line), 10) }
        if (found.isEmpty() && typed.isEmpty()) list.add(screen.emptyState(R.drawable.ic_search, screen.say("portal-services-empty")))
    }

    private fun line(line: ServiceLine): View = screen.row {
        gravity = Gravity.TOP
        setPadding(dp(14), dp(12), dp(12), dp(12))
        background = context.touchable(context.plate(R.color.surface, 16, R.color.line))
        isFocusable = true
        setOnClickListener { chosen(Service.Listed(line.code)) }
        fit(screen.serviceSign(line))
        fill(screen.serviceSaid(line, rated = true), 14)
        fit(screen.icon(R.drawable.ic_chevron, 20).apply { (layoutParams as LinearLayout.LayoutParams).gravity = Gravity.CENTER_VERTICAL }, 8)
    }

    private companion object {
        const val KIND = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_CAP_SENTENCES

        /** More are found by their name: nobody reads further, and each is a view. */
        const val MOST_SHOWN = 40
    }
}

internal fun Screen.serviceSign(line: ServiceLine?): View = row {
    gravity = Gravity.CENTER
    background = plate(R.color.brand_soft, 20)
    val sign = line?.let { iconOf(it.category) } ?: R.drawable.cat_suitcase
    addView(icon(sign, 22, R.color.on_brand_soft))
    layoutParams = LinearLayout.LayoutParams(dp(40), dp(40))
}

/** [rated]: with what others gave it, which is not for who is about to rate it. */
internal fun Screen.serviceSaid(line: ServiceLine, rated: Boolean): LinearLayout = column {
    add(text(line.name, Type.Strong))
    val where = listOf(line.kind, line.address).filter(String::isNotBlank)
    if (where.isNotEmpty()) add(text(where.joinToString(" · "), Type.Small, R.color.ink_soft), 2)
    val chips = Flow(context, 6)
    line.distanceM?.let { chips.addView(chip(words.distance(it.toDouble()), Mood.Calm, R.drawable.ic_pin)) }
    if (rated) line.meanTenths?.let { chips.addView(chip(figures(it, line.count), Mood.Calm, R.drawable.ic_star)) }
    if (chips.childCount > 0) add(chips, 8)
}

private fun Screen.figures(meanTenths: UInt, count: UInt): String {
    val mean = String.format(words.locale, "%.1f", meanTenths.toDouble() / 10)
    return listOf(mean, say("portal-review-count", "count" to count)).joinToString(" · ")
}

/** By name, kind or address, whatever the accents: few type them on a foreign phone. */
private fun ServiceLine.fits(typed: String): Boolean {
    val wanted = bare(typed).split(' ').filter(String::isNotEmpty)
    val said = bare(listOf(name, kind, address).joinToString(" "))
    return wanted.all { it in said }
}

private fun bare(said: String) =
    Normalizer.normalize(said.lowercase(), Normalizer.Form.NFD).replace(MARKS, "").replace('đ', 'd')

private val MARKS = Regex("\\p{M}+")

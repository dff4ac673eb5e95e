package vn.paht.app.nearby

import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.widget.Button
import android.widget.LinearLayout
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.drawn
import vn.paht.app.look.heading
import vn.paht.app.look.plate
import vn.paht.app.look.sideBySide
import vn.paht.app.look.text
import vn.paht.app.words.distance
import vn.paht.core.CardArea
import vn.paht.core.Point

/** Above the list: where and how far is looked, each to be changed at a touch, and the map. */
class NearbyHead(private val screen: Screen, place: () -> Unit, radius: () -> Unit) {
    private val place = choice(place)
    private val radius = choice(radius)
    private val map = NearbyMap(screen)
    private val note = screen.text("", Type.Small, R.color.ink_soft).apply {
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
        visibility = View.GONE
    }
    val error = ErrorLine(screen)

    val view: LinearLayout = screen.column {
        setPadding(dp(16), dp(16), dp(16), dp(8))
        add(screen.heading(screen.say("app-nearby-title"), Type.Title))
        add(note, 4)
        add(error, 8)
        add(screen.sideBySide(listOf(this@NearbyHead.place, this@NearbyHead.radius)), 12)
        map.background = screen.plate(R.color.surface, 16, R.color.line)
        add(map, 12, MATCH_PARENT, dp(MAP_DP))
    }

    fun choice(around: Around?, metres: Int) {
        place.text = around?.let { screen.words.around(it) } ?: screen.say("app-button-pin")
        radius.text = screen.say("app-nearby-within", "distance" to screen.words.distance(metres.toDouble()))
    }

    /** One sentence on how things are; absent: all is as it should be. */
    fun note(said: String?) {
        note.text = said.orEmpty()
        note.visibility = if (said == null) View.GONE else View.VISIBLE
    }

    fun map(middle: Point?, radiusM: Int, areas: List<CardArea>, pins: List<Point>) {
        map.visibility = if (middle == null) View.GONE else View.VISIBLE
        middle?.let { map.show(it, radiusM, areas, pins) }
    }

    private fun choice(pressed: () -> Unit): Button = screen.button(screen.say("app-loading"), Tone.Soft) { pressed() }.apply {
        setType(this)
        gravity = Gravity.CENTER_VERTICAL or Gravity.START
        val arrow = screen.drawn(R.drawable.ic_chevron_down, 20)
        setCompoundDrawablesRelative(null, null, arrow, null)
        compoundDrawableTintList = textColors
    }

    private fun setType(button: Button) {
        button.textSize = Type.Small.sp
    }

    private companion object {
        const val MAP_DP = 180
    }
}

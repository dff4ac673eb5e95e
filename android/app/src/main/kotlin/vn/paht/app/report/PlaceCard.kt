package vn.paht.app.report

import android.view.View
import android.widget.LinearLayout
import android.widget.TextView
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.card
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.fill
import vn.paht.app.look.fit
import vn.paht.app.look.heading
import vn.paht.app.look.row
import vn.paht.app.look.sideBySide
import vn.paht.app.look.text

/** What is known of the place. */
sealed interface Known {
    data object Nothing : Known

    data object Waiting : Known

    /** The photo tells it. */
    data object OfPhoto : Known

    /** The phone's own position, within so many metres if it says. */
    data class OfPhone(val metres: Int?) : Known

    data object Pinned : Known

    data object Left : Known
}

/** Where it is: a picture of how well that is known, one sentence, and the ways to change it. */
class PlaceCard(private val screen: Screen, pin: () -> Unit, mine: () -> Unit, leave: () -> Unit) {
    private val ring = AccuracyRing(screen)
    private val said: TextView = screen.text("", Type.Body, R.color.ink_soft).apply {
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
    }
    private val pinned = screen.button(screen.say("app-button-pin"), icon = R.drawable.ic_pin) { pin() }
    private val own = screen.button(screen.say("app-button-my-position"), icon = R.drawable.ic_position) { mine() }
    private val without = screen.button(screen.say("app-button-no-place"), Tone.Plain, R.drawable.ic_no_place) { leave() }
    val error = ErrorLine(screen)

    val view: LinearLayout = screen.card {
        add(screen.row {
            fit(ring.apply { layoutParams = LinearLayout.LayoutParams(dp(64), dp(64)) })
            fill(screen.column {
                add(screen.heading(screen.say("app-report-place")))
                add(said, 2)
            }, 16)
        })
        add(screen.sideBySide(listOf(own, pinned)), 12)
        add(without, 4)
        add(error, 8)
    }

    fun show(known: Known) {
        said.text = when (known) {
            Known.Nothing -> screen.say("app-report-place-unknown")
            Known.Waiting -> screen.say("app-report-place-waiting")
            Known.OfPhoto -> screen.say("app-report-place-of-photo")
            is Known.OfPhone -> known.metres?.let { screen.say("app-report-place-accuracy", "metres" to it) }
                ?: screen.say("app-button-my-position")
            Known.Pinned -> screen.say("app-report-place-pinned")
            Known.Left -> screen.say("app-button-no-place")
        }
        ring.show(
            when (known) {
                Known.Nothing, Known.Waiting, Known.Left -> null
                Known.OfPhoto, Known.Pinned -> 3
                is Known.OfPhone -> known.metres ?: 100
            },
        )
        own.visibility = if (known is Known.OfPhone || known == Known.OfPhoto) View.GONE else View.VISIBLE
        // A photo that tells its place takes it along: to leave it out would be a promise that is not kept.
        without.visibility = if (known == Known.Left || known == Known.OfPhoto) View.GONE else View.VISIBLE
    }
}

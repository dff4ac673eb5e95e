package vn.paht.app.desk

import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Mood
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.column
import vn.paht.app.look.fill
import vn.paht.app.look.fit
import vn.paht.app.look.icon
import vn.paht.app.look.plate
import vn.paht.app.look.row
import vn.paht.app.look.sideBySide
import vn.paht.app.look.text
import vn.paht.app.mine.reason
import vn.paht.app.words.moment
import vn.paht.core.Deed
import vn.paht.core.OfficerAct
import vn.paht.core.Way
import vn.paht.core.sayError
import vn.paht.kit.letActGo
import vn.paht.kit.sendActAgain

/** What this phone did to cases: what, what was said, and where it stands; refused, why, and the ways out. */
class ActBox(private val screen: Screen) {
    private val words = screen.words
    private val error = ErrorLine(screen)
    private val lines = screen.column().apply { accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE }
    val view: LinearLayout = screen.column {
        add(lines)
        add(error, 8)
    }

    /** [named]: beside no case of theirs, so each says its code. */
    fun show(acts: List<OfficerAct>, named: Boolean = false) {
        lines.removeAllViews()
        view.visibility = if (acts.isEmpty()) View.GONE else View.VISIBLE
        acts.forEachIndexed { at, act -> lines.add(line(act, named), if (at == 0) 0 else 8) }
    }

    private fun line(act: OfficerAct, named: Boolean): View {
        val (icon, mood) = signOf(act)
        return screen.column(14) {
            background = screen.plate(mood.ground, 16)
            add(screen.row {
                gravity = Gravity.TOP
                fit(screen.icon(icon, 22, mood.ink))
                fill(screen.column {
                    val code = act.case?.text.takeIf { named }
                    add(screen.text(listOfNotNull(said(act.deed), code).joinToString(" · "), Type.Strong, mood.ink))
                    wordsOf(act.deed)?.let { add(screen.text(it), 2) }
                    add(screen.text(standing(act), Type.Small, mood.ink), 4)
                }, 12)
            })
            if (act.way is Way.NeedsYou) add(waysOut(act), 12)
        }
    }

    private fun said(deed: Deed): String = when (deed) {
        is Deed.Start -> words.say("app-button-start")
        is Deed.Return -> words.say("app-button-return")
        is Deed.AskTime -> words.say("app-button-more-time")
        is Deed.Answer -> words.say("app-button-answer")
    }

    private fun wordsOf(deed: Deed): String? = when (deed) {
        is Deed.Start -> null
        is Deed.Return -> deed.reason
        is Deed.AskTime -> listOf(words.say("app-mine-due", "time" to words.moment(deed.until)), deed.reason).joinToString("\n")
        is Deed.Answer -> deed.text
    }

    private fun standing(act: OfficerAct): String {
        val dropped = act.dropped
        val way = act.way
        return when {
            dropped != null -> sayError(words.language, dropped)
            way is Way.NeedsYou -> words.reason(way.reason)
            way is Way.Arriving -> words.say("app-way-arriving", "done" to way.delivered, "all" to way.parts)
            way == Way.Whole -> words.say("app-way-whole")
            else -> words.say("app-officer-will-be-sent")
        }
    }

    private fun signOf(act: OfficerAct): Pair<Int, Mood> = when {
        act.dropped != null || act.way is Way.NeedsYou -> R.drawable.ic_warn to Mood.Danger
        act.way is Way.Arriving -> R.drawable.ic_send to Mood.Calm
        act.way == Way.Whole -> R.drawable.ic_check_circle to Mood.Good
        else -> R.drawable.ic_clock to Mood.Warn
    }

    private fun waysOut(act: OfficerAct): View {
        val again = screen.button(words.say("app-button-retry"), icon = R.drawable.ic_refresh) {
            screen.attempt(error) { screen.paht.sendActAgain(act.report, act.id) }
        }
        val away = screen.button(words.say("app-button-delete"), Tone.Plain, R.drawable.ic_close) {
            screen.attempt(error) { screen.paht.letActGo(act.report, act.id) }
        }
        return screen.sideBySide(listOf(again, away))
    }
}

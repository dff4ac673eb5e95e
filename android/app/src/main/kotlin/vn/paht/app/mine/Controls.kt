package vn.paht.app.mine

import android.app.AlertDialog
import android.widget.LinearLayout
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.detail.EditActivity
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Tone
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.column
import vn.paht.app.look.sideBySide
import vn.paht.app.ways.WaysActivity
import vn.paht.core.Condition
import vn.paht.core.DataPolicy
import vn.paht.core.ReportLine
import vn.paht.core.Way
import vn.paht.kit.hold
import vn.paht.kit.release
import vn.paht.kit.setReportPolicy
import vn.paht.kit.withdraw

/** What can be done to a report that is not settled: hold it back or let it go, change it, take it back. */
class Controls(private val screen: Screen) {
    private val error = ErrorLine(screen)
    private val buttons = screen.column()
    val view: LinearLayout = screen.column {
        add(buttons)
        add(error, 8)
    }

    /** With [keepsOriginals], originals of it wait for a cheaper link, and may be let go over this one. */
    fun show(line: ReportLine, keepsOriginals: Boolean = false) {
        buttons.removeAllViews()
        if (line.condition == Condition.WITHDRAWN) return
        val edit = screen.button(screen.say("app-button-edit"), icon = R.drawable.ic_edit) {
            screen.startActivity(EditActivity.of(screen, line.id))
        }
        val pause = when {
            line.condition == Condition.HELD ->
                screen.button(screen.say("app-button-release"), icon = R.drawable.ic_send) { screen.attempt(error) { screen.paht.release(line.id) } }
            line.way == Way.Whole -> null
            else -> screen.button(screen.say("app-button-hold"), icon = R.drawable.ic_hold) { screen.attempt(error) { screen.paht.hold(line.id) } }
        }
        buttons.add(screen.sideBySide(listOfNotNull(edit, pause)))
        if (keepsOriginals && line.condition == Condition.LIVE) {
            val send = screen.button(screen.say("app-button-send-originals"), icon = R.drawable.ic_send) {
                screen.attempt(error) { screen.paht.setReportPolicy(line.id, DataPolicy.ANY) }
            }
            buttons.add(send, 4)
        }
        if (line.condition == Condition.LIVE && (line.way == Way.Waiting || line.way is Way.Arriving)) {
            val others = screen.button(screen.say("app-ways-title"), icon = R.drawable.ic_offline) {
                screen.startActivity(WaysActivity.of(screen, line.id))
            }
            buttons.add(others, 4)
        }
        buttons.add(
            screen.button(screen.say("app-button-withdraw"), Tone.Plain, R.drawable.ic_undo) { askWithdraw(line) }, 4,
        )
    }

    private fun askWithdraw(line: ReportLine) {
        AlertDialog.Builder(screen)
            .setMessage(screen.say("app-queue-withdraw-confirm"))
            .setPositiveButton(screen.say("app-button-withdraw")) { _, _ -> screen.attempt(error) { screen.paht.withdraw(line.id) } }
            .setNegativeButton(screen.say("app-button-cancel"), null)
            .show()
    }
}

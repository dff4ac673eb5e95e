package vn.paht.app.mine

import android.app.AlertDialog
import android.content.res.ColorStateList
import android.os.Bundle
import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import java.time.Duration
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.launch
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Mood
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.card
import vn.paht.app.look.column
import vn.paht.app.look.emptyState
import vn.paht.app.look.fill
import vn.paht.app.look.fit
import vn.paht.app.look.heading
import vn.paht.app.look.icon
import vn.paht.app.look.plate
import vn.paht.app.look.row
import vn.paht.app.look.text
import vn.paht.app.report.OfflineLine
import vn.paht.app.report.nameOf
import vn.paht.app.words.duration
import vn.paht.app.words.size
import vn.paht.core.Card
import vn.paht.core.DataPolicy
import vn.paht.core.Part
import vn.paht.core.PartKind
import vn.paht.core.PartState
import vn.paht.core.ReportView
import vn.paht.core.Standing
import vn.paht.core.sayError
import vn.paht.kit.PahtFault
import vn.paht.kit.Sending
import vn.paht.kit.background.SendingService
import vn.paht.kit.dataPolicy
import vn.paht.kit.sync

/** What is on its way, part by part, and what the person can do about it. */
class QueueActivity : Screen() {
    private class Line(val parts: PartsBox, val controls: Controls, val whole: LinearLayout)

    private val head by lazy { card() }
    private val reports by lazy { column() }
    private val error by lazy { ErrorLine(this) }
    private val lines = mutableMapOf<String, Line>()
    private var shown: List<ReportView> = emptyList()
    private var card: Card? = null
    private val send by lazy {
        button(say("app-button-send-now"), Tone.Filled) { sendNow() }.apply { gravity = Gravity.CENTER }
    }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        head.accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
        scaffold(say("app-queue-title"), send) {
            add(OfflineLine(this@QueueActivity).view)
            add(head, 8)
            add(error, 8)
            add(reports, 4)
        }
    }

    override fun whileSeen(scope: CoroutineScope) {
        scope.launch {
            try {
                card = paht.card()
                combine(paht.watch.standing(), paht.watch.sending, ::Pair).collect { (standing, sending) -> show(standing, sending) }
            } catch (fault: PahtFault) {
                error.show(fault.say(words.language))
            }
        }
    }

    private suspend fun show(standing: Standing, sending: Sending) {
        val waiting = paht.outbox().filter { it.state !is PartState.Delivered }.map { it.report }.distinct().take(MOST)
        shown = waiting.map { paht.show(it) }
        showHead(standing, sending, paht.needsPerson())
        showReports(sending, standing.keptBack > 0u)
        send.visibility = if (standing.waiting > 0u) View.VISIBLE else View.GONE
    }

    private fun showHead(standing: Standing, sending: Sending, needsPerson: Boolean) {
        val mood = when {
            needsPerson -> Mood.Danger
            standing.allSent -> Mood.Good
            standing.waiting > 0u && sending == Sending.Idle -> Mood.Warn
            else -> Mood.Calm
        }
        head.removeAllViews()
        head.background = plate(mood.ground, 16)
        head.add(row {
            fit(icon(signOf(mood), 28, mood.ink))
            fill(heading(words.queue(standing, sending, needsPerson)).apply { setTextColor(getColor(mood.ink)) }, 12)
        })
        standing.nextTryMs?.let {
            val time = words.duration(Duration.ofMillis(it.toLong()))
            head.add(text(say("app-queue-next-try", "time" to time), Type.Small, mood.ink), 8)
        }
        standing.fault?.let {
            val reason = sayError(words.language, it)
            head.add(text(say("app-queue-last-failure", "reason" to reason), Type.Small, mood.ink), 4)
        }
        if (standing.keptBack > 0u) {
            val size = words.size(standing.keptBackBytes.toLong())
            head.add(text(say("app-queue-waits-for-wifi", "size" to size), Type.Small, mood.ink), 4)
        }
    }

    private fun signOf(mood: Mood) = when (mood) {
        Mood.Good -> R.drawable.ic_check_circle
        Mood.Danger -> R.drawable.ic_warn
        Mood.Warn -> R.drawable.ic_clock
        Mood.Calm -> R.drawable.ic_send
    }

    private fun showReports(sending: Sending, keepsBack: Boolean) {
        val gone = lines.keys - shown.map { it.line.id.text }.toSet()
        gone.forEach { id -> lines.remove(id)?.let { reports.removeView(it.whole) } }
        if (shown.isEmpty() && reports.childCount == 0) {
            reports.add(emptyState(R.drawable.ic_check, say("app-queue-empty")), 16)
        } else if (shown.isNotEmpty() && lines.isEmpty()) {
            reports.removeAllViews()
        }
        for (view in shown) {
            val line = lines.getOrPut(view.line.id.text) { make(view).also { reports.add(it.whole, 12) } }
            line.parts.show(view.line.id, view.parts, sending)
            line.controls.show(view.line, keepsBack && view.parts.any(::isOriginalLeft))
        }
    }

    private fun make(view: ReportView): Line {
        val parts = PartsBox(this)
        val controls = Controls(this)
        val category = card.nameOf(view.line.category, words)
        val whole = card {
            add(heading(view.line.text.ifBlank { category }).apply { maxLines = 2 })
            add(parts.view, 12)
            add(controls.view, 16)
        }
        return Line(parts, controls, whole)
    }

    private fun isOriginalLeft(part: Part) = part.kind == PartKind.Original && part.state !is PartState.Delivered

    /** By the person's own rule for originals; words and small pictures go in any case. */
    private fun sendNow() = attempt(error) {
        val standing = paht.standing()
        when {
            standing.keptBack == 0u -> SendingService.start(this)
            paht.dataPolicy() == DataPolicy.FREE -> paht.sync()
            else -> ask(words.size(standing.keptBackBytes.toLong()))
        }
    }

    private fun ask(size: String) {
        AlertDialog.Builder(this)
            .setMessage(say("app-queue-ask-originals", "size" to size))
            .setPositiveButton(say("app-button-yes")) { _, _ -> SendingService.start(this) }
            .setNegativeButton(say("app-button-no")) { _, _ -> attempt(error) { paht.sync() } }
            .show()
    }

    private companion object {
        /** A screenful of reports; the rest follows as these go. */
        const val MOST = 20
    }
}

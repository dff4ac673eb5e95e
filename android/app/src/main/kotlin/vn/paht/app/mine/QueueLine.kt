package vn.paht.app.mine

import android.view.View
import android.widget.LinearLayout
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.launch
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Mood
import vn.paht.app.look.Type
import vn.paht.app.look.dp
import vn.paht.app.look.fill
import vn.paht.app.look.fit
import vn.paht.app.look.icon
import vn.paht.app.look.plate
import vn.paht.app.look.row
import vn.paht.app.look.text
import vn.paht.app.look.touchable
import vn.paht.app.words.Words
import vn.paht.app.words.size
import vn.paht.core.ParkReason
import vn.paht.core.PartState
import vn.paht.core.Standing
import vn.paht.kit.Paht
import vn.paht.kit.PahtFault
import vn.paht.kit.Sending

/** The queue in one line, with the way to all of it. "All sent" is said by the core alone. */
class QueueLine(private val screen: Screen, open: () -> Unit) {
    private val said = screen.text("", Type.Body)
    private val sign = screen.icon(R.drawable.ic_clock, 24)

    val view: LinearLayout = screen.row {
        minimumHeight = dp(56)
        setPadding(dp(14), dp(10), dp(10), dp(10))
        fit(sign)
        fill(said, 12)
        fit(screen.icon(R.drawable.ic_chevron, 20), 8)
        isFocusable = true
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
        setOnClickListener { open() }
        visibility = View.GONE
    }

    fun shown(scope: CoroutineScope) {
        scope.launch {
            try {
                combine(screen.paht.watch.standing(), screen.paht.watch.sending, ::Pair).collect { (standing, sending) ->
                    show(standing, sending, screen.paht.needsPerson())
                }
            } catch (_: PahtFault) {
                // The list beside it says so already.
                view.visibility = View.GONE
            }
        }
    }

    private fun show(standing: Standing, sending: Sending, needsPerson: Boolean) {
        val (mood, icon) = when {
            needsPerson -> Mood.Danger to R.drawable.ic_warn
            sending is Sending.Uploading || sending == Sending.Asking -> Mood.Calm to R.drawable.ic_send
            standing.waiting > 0u -> Mood.Warn to R.drawable.ic_clock
            standing.allSent -> Mood.Good to R.drawable.ic_check_circle
            else -> Mood.Calm to R.drawable.ic_clock
        }
        said.text = screen.words.queue(standing, sending, needsPerson)
        said.setTextColor(screen.getColor(mood.ink))
        sign.setImageDrawable(screen.getDrawable(icon)?.mutate())
        sign.imageTintList = said.textColors
        view.background = screen.touchable(screen.plate(mood.ground, 16))
        view.visibility = View.VISIBLE
    }
}

/** Something is refused or lost. What the person holds back needs nobody. */
suspend fun Paht.needsPerson(): Boolean =
    outbox().any { part -> (part.state as? PartState.Parked)?.let { it.reason != ParkReason.Held } == true }

/** Where the queue stands, in one sentence. */
fun Words.queue(standing: Standing, sending: Sending, needsPerson: Boolean): String = when {
    needsPerson -> say("app-part-needs-you")
    sending is Sending.Uploading -> say("app-part-sending", "percent" to percent(sending))
    standing.waiting > 0u -> listOf(say("app-part-waiting"), say("app-queue-bytes-left", "size" to size(standing.waitingBytes.toLong())))
        .joinToString(" · ")
    standing.parked > 0u -> say("app-part-held")
    standing.allSent -> say("app-queue-all-sent")
    else -> say("app-queue-unconfirmed")
}

fun percent(sending: Sending.Uploading): Long =
    if (sending.totalBytes == 0L) 0 else sending.sentBytes * 100 / sending.totalBytes

package vn.paht.kit

import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.update
import vn.paht.core.ReportId

/** What a screen shows. */
sealed interface Seen {
    /** The list of the person's reports. */
    data object Reports : Seen

    /** One of them. */
    data class Report(val id: ReportId) : Seen

    /** The alerts of the IOC. */
    data object Alerts : Seen
}

/** What the person has before their eyes: no notification speaks of it, and one that did is taken away. */
class InSight internal constructor(private val takeAway: (Seen) -> Unit) {
    private val shown = MutableStateFlow<List<Seen>>(emptyList())

    /** Says that it is on the screen, until the caller's scope ends. */
    suspend fun showing(what: Seen): Nothing {
        shown.update { it + what }
        takeAway(what)
        try {
            awaitCancellation()
        } finally {
            // One of them alone: two screens may show the same while one slides over the other.
            shown.update { it - what }
        }
    }

    internal fun isSeen(report: ReportId) = Seen.Reports in shown.value || Seen.Report(report) in shown.value

    internal val isAlertsSeen: Boolean get() = Seen.Alerts in shown.value
}

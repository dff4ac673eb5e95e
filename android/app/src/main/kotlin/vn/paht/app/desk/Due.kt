package vn.paht.app.desk

import android.content.Context
import android.view.View
import java.time.Duration
import java.time.Instant
import vn.paht.app.R
import vn.paht.app.look.Mood
import vn.paht.app.look.chip
import vn.paht.app.words.Words
import vn.paht.app.words.duration
import vn.paht.core.Deed
import vn.paht.core.OfficerAct
import vn.paht.core.OfficerCase
import vn.paht.core.OfficerShare
import vn.paht.core.ShareState
import vn.paht.core.Way

/** The share that is still to be done; absent once the agency is through with the case. */
val OfficerCase.open: OfficerShare?
    get() = shares.firstOrNull { it.state == ShareState.Dispatched || it.state == ShareState.InProgress }

/** What this phone did and the centre does not have whole, or has dropped. */
val OfficerAct.isOpen: Boolean get() = way != Way.Whole || dropped != null

/** Answered or given back here, and only the way to the centre is left: there is nothing more to do to it. */
fun OfficerCase.isDoneHere(share: OfficerShare): Boolean = acts.any { act ->
    val ends = act.deed is Deed.Answer || act.deed is Deed.Return
    ends && act.assignment == share.assignment && act.isOpen && act.way !is Way.NeedsYou && act.dropped == null
}

/** How long there is left, or by how much it is late. */
fun Context.dueChip(due: Instant, words: Words): View {
    val left = Duration.between(Instant.now(), due)
    return if (left.isNegative) chip(words.say("app-officer-overdue-by", "time" to words.duration(left.negated())), Mood.Danger, R.drawable.ic_warn)
    else chip(words.say("app-officer-due-in", "time" to words.duration(left)), if (left < SOON) Mood.Warn else Mood.Calm, R.drawable.ic_clock)
}

private val SOON: Duration = Duration.ofHours(8)

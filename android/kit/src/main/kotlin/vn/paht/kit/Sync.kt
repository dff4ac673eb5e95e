package vn.paht.kit

import kotlin.time.Duration
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.withContext
import vn.paht.core.DataPolicy
import vn.paht.core.EndedBy
import vn.paht.core.Means
import vn.paht.core.Meter
import vn.paht.core.ReportId
import vn.paht.core.SyncOutcome
import vn.paht.core.Until

/** How a sync ended. */
data class Synced(val outcome: SyncOutcome) {
    /** By the person's policy originals wait for a cheaper link or a fuller battery. All the rest has had its turn. */
    val originalsLeft: Boolean get() = outcome.standing.keptBack > 0u

    /** There is more to do, and another try may do it. */
    val isUnfinished: Boolean
        get() = outcome.endedBy == EndedBy.BUDGET || outcome.standing.waiting > outcome.standing.keptBack
}

/**
 * Sends what waits and hears what is new, for at most [budget]. One runs at a time; a second call waits for the first.
 *
 * Over the link and the battery that [means] tells of, or those that were last told; what may go over them is the person's
 * to say ([setDataPolicy], [consent]).
 *
 * A caller who leaves stops nothing: [stop] does. It runs to its end, and until then [Watch.sending] tells of it.
 */
suspend fun Paht.sync(
    budget: Duration? = null,
    until: Until = Until.ONCE,
    means: Means? = null,
): Synced = ask { phone ->
    means?.let(phone::tellMeans)
    val synced = withContext(NonCancellable) {
        observer.during { phone.sync(budget?.inWholeMilliseconds?.toULong(), until) }
    }
    currentCoroutineContext().ensureActive()
    Synced(synced)
}

/** Over which links originals and videos go. */
suspend fun Paht.dataPolicy(): DataPolicy = ask { it.dataPolicy() }

/** Sets it, for every report of which nothing else was said. */
suspend fun Paht.setDataPolicy(policy: DataPolicy) = ask { it.setDataPolicy(policy) }

/** Sets it for one report; null as for the others. */
suspend fun Paht.setReportPolicy(id: ReportId, policy: DataPolicy?) = change { it.setReportPolicy(id, policy) }

/** The person says yes to originals over the link that there is, until it is another one. */
suspend fun Paht.consent() = ask { it.consent() }

/** What was sent so far, and what going on at the same byte has spared. */
suspend fun Paht.meter(): Meter = ask { it.meter() }

package vn.paht.kit.background

import android.app.job.JobParameters
import android.app.job.JobService
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch
import vn.paht.core.Cost
import vn.paht.core.Means
import vn.paht.core.Until
import vn.paht.kit.Paht
import vn.paht.kit.PahtFault
import vn.paht.kit.notify.Tell
import vn.paht.kit.sync

/** Runs a sync for the system, within the ten minutes that it gives. */
class SyncJobService : JobService() {
    private val running = mutableMapOf<Int, Job>()

    override fun onStartJob(params: JobParameters): Boolean {
        val paht = Paht.of(this)
        running[params.jobId] = paht.scope.launch {
            val isUnfinished = run(paht, params.jobId)
            // A periodic job comes again by itself, and may not ask for more.
            jobFinished(params, isUnfinished && params.jobId != SyncJobs.PERIODIC)
        }
        return true
    }

    /** The link is gone or the time is up. What was on its way goes on at the same byte when the job comes again. */
    override fun onStopJob(params: JobParameters): Boolean {
        val run = running.remove(params.jobId) ?: return true
        run.cancel()
        Paht.of(this).stop(run)
        return true
    }

    /** Whether the system should come again. */
    private suspend fun run(paht: Paht, job: Int): Boolean =
        try {
            // That job has waited for a link that costs nothing, and for the charger.
            val means = if (job == SyncJobs.ORIGINALS) FREE else Links(this).means()
            val synced = paht.sync(BUDGET, Until.ONCE, means)
            if (synced.originalsLeft) SyncJobs.originals(this)
            Tell(paht).news()
            // Originals wait for their own job: coming again for them over this link would be in vain.
            synced.isUnfinished
        } catch (cancelled: CancellationException) {
            throw cancelled
        } catch (_: PahtFault) {
            true
        }

    private companion object {
        val BUDGET = 9.minutes
        val FREE = Means(Cost.FREE, lowBattery = false)
    }
}

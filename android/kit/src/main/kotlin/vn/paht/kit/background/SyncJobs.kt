package vn.paht.kit.background

import android.app.job.JobInfo
import android.app.job.JobScheduler
import android.content.ComponentName
import android.content.Context
import android.os.Build
import java.util.concurrent.TimeUnit
import vn.paht.kit.service

/**
 * When the system runs us: by `JobScheduler`, not by WorkManager. WorkManager would bring a second database of its own to
 * keep what ours keeps already, and is built on `JobScheduler` from Android 6 on; nor can its resources be linked in
 * the build that guards main (ADR 0012). All jobs survive a reboot.
 */
internal object SyncJobs {
    /** As soon as there is any link: words and small pictures, and what else the link may carry. */
    const val SOON = 7001

    /** Every six hours with a link: news of the cases, and what a lost job left behind. */
    const val PERIODIC = 7002

    /** On a link that costs nothing, while charging: originals. */
    const val ORIGINALS = 7003

    private val EVERY_MS = TimeUnit.HOURS.toMillis(6)
    private val RETRY_MS = TimeUnit.SECONDS.toMillis(30)

    /** Runs once. Asked again while it waits, it stays as it is; while it runs, it runs once more. */
    fun soon(context: Context) {
        val scheduler = context.service<JobScheduler>()
        val plain = job(context, SOON).setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY).retrying()
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.S) {
            scheduler.schedule(plain.build())
            return
        }
        // Expedited jobs have a quota, and no back-off of their own; beyond it the plain job waits its turn.
        val expedited = job(context, SOON).setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY).setExpedited(true)
        if (scheduler.schedule(expedited.build()) != JobScheduler.RESULT_SUCCESS) scheduler.schedule(plain.build())
    }

    fun periodic(context: Context) {
        val scheduler = context.service<JobScheduler>()
        // Scheduling it again would begin the six hours anew at every start of the app.
        if (scheduler.getPendingJob(PERIODIC) != null) return
        val job = job(context, PERIODIC).setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY).setPeriodic(EVERY_MS)
        scheduler.schedule(job.build())
    }

    fun originals(context: Context) {
        val job = job(context, ORIGINALS)
            .setRequiredNetworkType(JobInfo.NETWORK_TYPE_UNMETERED)
            .setRequiresCharging(true)
            .retrying()
        context.service<JobScheduler>().schedule(job.build())
    }

    private fun job(context: Context, id: Int) =
        JobInfo.Builder(id, ComponentName(context, SyncJobService::class.java)).setPersisted(true)

    private fun JobInfo.Builder.retrying() = setBackoffCriteria(RETRY_MS, JobInfo.BACKOFF_POLICY_EXPONENTIAL)
}

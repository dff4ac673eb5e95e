package vn.paht.kit.background

import android.content.Context
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import vn.paht.kit.Paht
import vn.paht.kit.PahtFault
import vn.paht.kit.notify.createChannels

/**
 * How what was made goes out by itself, without the app open.
 *
 * Every change arranges a job that runs when there is a link ([SyncJobs]); while the process lives, the return of a link is
 * heard at once ([LinkWatch]); after a reboot or an update everything is arranged anew ([BootReceiver]). An upload that
 * the person waits for runs in the foreground ([SendingService]). What happened meanwhile is told ([Tell]).
 */
internal object Background {
    /** At the start of each process, whatever started it. */
    fun begin(paht: Paht) {
        paht.context.createChannels()
        SyncJobs.periodic(paht.context)
        LinkWatch(paht).begin()
    }

    /** Something waits to be sent. */
    fun wanted(context: Context) = SyncJobs.soon(context)
}

/** Says stop until this run of a sync has ended: one that comes before the core listens is not heard. */
internal fun Paht.stop(run: Job) = scope.launch {
    while (!run.isCompleted) {
        try {
            stop()
        } catch (_: PahtFault) {
            return@launch
        }
        withTimeoutOrNull(STOP_AGAIN) { run.join() }
    }
}

private val STOP_AGAIN = 50.milliseconds

package vn.paht.kit.background

import android.app.Notification
import android.app.NotificationManager
import android.app.PendingIntent
import android.app.Service
import android.content.Context
import android.content.Intent
import android.content.pm.ServiceInfo
import android.graphics.drawable.Icon
import android.os.Build
import android.os.IBinder
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch
import vn.paht.core.Until
import vn.paht.kit.Paht
import vn.paht.kit.PahtFault
import vn.paht.kit.R
import vn.paht.kit.Sending
import vn.paht.kit.consent
import vn.paht.kit.notify.Channel
import vn.paht.kit.notify.opens
import vn.paht.kit.service
import vn.paht.kit.sync

/**
 * An upload that the person waits for: they said "send now", so it may use any link and goes on with the screen off. A
 * notification shows how far it is and can stop it. Ends by itself when all is sent or needs a person.
 */
class SendingService : Service() {
    private var job: Job? = null

    override fun onBind(intent: Intent?): IBinder? = null

    override fun onStartCommand(intent: Intent?, flags: Int, startId: Int): Int {
        if (intent?.action == ACTION_STOP) {
            end()
            return START_NOT_STICKY
        }
        toForeground()
        if (job?.isActive != true) job = send()
        // The job arranged by every change takes over if the system ends us.
        return START_NOT_STICKY
    }

    private fun send(): Job {
        val paht = Paht.of(this)
        return paht.scope.launch {
            val shows = launch { paht.watch.sending.collect(::show) }
            try {
                paht.ask { it.tellMeans(Links(this@SendingService).means()) }
                paht.consent()
                paht.sync(until = Until.DONE)
            } catch (_: PahtFault) {
                SyncJobs.soon(this@SendingService)
            } finally {
                shows.cancel()
                leave()
            }
        }
    }

    /** Android 15 gives such a service six hours a day. The job goes on where it was. */
    override fun onTimeout(startId: Int, fgsType: Int) {
        SyncJobs.soon(this)
        end()
    }

    override fun onDestroy() {
        job?.cancel()
        super.onDestroy()
    }

    private fun end() {
        job?.takeIf { it.isActive }?.let { Paht.of(this).stop(it) }
        leave()
    }

    private fun leave() {
        stopForeground(STOP_FOREGROUND_REMOVE)
        stopSelf()
    }

    private fun toForeground() {
        val first = notification(Sending.Asking)
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q) {
            startForeground(NOTIFICATION, first, ServiceInfo.FOREGROUND_SERVICE_TYPE_DATA_SYNC)
        } else {
            startForeground(NOTIFICATION, first)
        }
    }

    private fun show(sending: Sending) = service<NotificationManager>().notify(NOTIFICATION, notification(sending))

    private fun notification(sending: Sending): Notification {
        val stop = Intent(this, SendingService::class.java).setAction(ACTION_STOP)
        val pending = PendingIntent.getService(this, 0, stop, PendingIntent.FLAG_IMMUTABLE)
        val icon = Icon.createWithResource(this, R.drawable.paht_notification)
        val builder = Notification.Builder(this, Channel.Sending.id)
            .setSmallIcon(R.drawable.paht_notification)
            .setContentTitle(getString(R.string.paht_sending))
            .setContentIntent(opens(null))
            .setOnlyAlertOnce(true)
            .setOngoing(true)
            .addAction(Notification.Action.Builder(icon, getString(R.string.paht_stop), pending).build())
        if (sending is Sending.Uploading && sending.totalBytes > 0) {
            builder.setProgress(PERMILLE, (sending.sentBytes * PERMILLE / sending.totalBytes).toInt(), false)
        } else {
            builder.setProgress(0, 0, true)
        }
        if (sending is Sending.Waiting) builder.setContentText(getString(R.string.paht_sending_waits))
        return builder.build()
    }

    companion object {
        internal const val ACTION_STOP = "vn.paht.kit.STOP"
        internal const val NOTIFICATION = 7100
        private const val PERMILLE = 1_000

        /** Sends now, by any link. From a screen: the background may not, and gets the job instead. */
        fun start(context: Context) {
            try {
                context.startForegroundService(Intent(context, SendingService::class.java))
            } catch (_: IllegalStateException) {
                SyncJobs.soon(context)
            }
        }
    }
}

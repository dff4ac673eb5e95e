package vn.paht.kit.notify

import android.app.Notification
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import vn.paht.core.ParkReason
import vn.paht.core.ReportId
import vn.paht.core.ReportView
import vn.paht.core.Speaker
import vn.paht.core.TimelineEntry
import vn.paht.core.Way
import vn.paht.core.What
import vn.paht.core.sayError
import vn.paht.kit.Paht
import vn.paht.kit.R
import vn.paht.kit.Seen
import vn.paht.kit.service

/**
 * Tells what came by a sync in the background: dangers, answers, questions, refusals, and what needs the person. Each once;
 * how far was told is kept on the phone, and what is on the screen counts as told. Nothing of what a citizen wrote stands in it: a lock screen is public.
 */
internal class Tell(private val paht: Paht) {
    private val context = paht.context
    private val told = context.getSharedPreferences("paht-told", Context.MODE_PRIVATE)

    /** Tells what was not told yet. A notification that the person does not allow counts as told. */
    suspend fun news() {
        TellDangers(paht).news()
        for (line in paht.list(limit = RECENT)) {
            val view = paht.show(line.id)
            tellAnswers(view)
            tellAlert(view)
        }
    }

    private fun tellAnswers(view: ReportView) {
        val id = view.line.id
        val last = told.getInt("timeline.$id", 0)
        val fresh = view.timeline.filter { it.number.toInt() > last }
        val newest = view.timeline.maxOfOrNull { it.number.toInt() } ?: return
        told.edit().putInt("timeline.$id", maxOf(last, newest)).apply()
        fresh.mapNotNull(::words).lastOrNull()?.let { post(Channel.Answers, id, context.getString(it)) }
    }

    private fun words(entry: TimelineEntry): Int? = when (val what = entry.what) {
        is What.Answered -> R.string.paht_told_answered
        is What.Refused -> R.string.paht_told_refused
        is What.Duplicate -> R.string.paht_told_duplicate
        is What.Commented -> R.string.paht_told_commented.takeIf { what.by != Speaker.Citizen }
        else -> null
    }

    private fun tellAlert(view: ReportView) {
        val id = view.line.id
        val way = view.line.way
        val reason = if (way is Way.NeedsYou) way.reason else null
        val said = when (reason) {
            null, ParkReason.Held -> null
            is ParkReason.FileLost -> context.getString(R.string.paht_told_file_lost)
            is ParkReason.Refused -> sayError(paht.language, reason.v1)
        }
        if (said == told.getString("alert.$id", null)) return
        told.edit().putString("alert.$id", said).apply()
        said?.let { post(Channel.Alerts, id, it) }
    }

    private fun post(channel: Channel, id: ReportId, text: String) {
        if (paht.inSight.isSeen(id)) return
        val notification = Notification.Builder(context, channel.id)
            .setSmallIcon(R.drawable.paht_notification)
            .setContentTitle(context.getString(channel.title))
            .setContentText(text)
            .setStyle(Notification.BigTextStyle().bigText(text))
            .setContentIntent(context.opens(id))
            .setAutoCancel(true)
            .build()
        context.service<NotificationManager>().notify(tag(channel, id), 0, notification)
    }

    private companion object {
        /** How many reports are looked at: news of older ones are met in the app. */
        const val RECENT = 50
    }
}

private fun tag(channel: Channel, id: ReportId) = "${channel.id}.$id"

/** What is read on the screen need not be read again. The list tells too little of a report for that. */
internal fun Context.takeAway(seen: Seen) {
    val board = service<NotificationManager>()
    when (seen) {
        is Seen.Report -> Channel.entries.forEach { board.cancel(tag(it, seen.id), 0) }
        Seen.Alerts -> TellDangers.takeAwayAll(this)
        Seen.Reports -> Unit
    }
}

/** Opens the app, at the alerts: the intent's extra [EXTRA_ALERTS] is there. */
internal fun Context.opensAlerts(): PendingIntent? {
    val start = packageManager.getLaunchIntentForPackage(packageName) ?: return null
    start.putExtra(EXTRA_ALERTS, true).addFlags(Intent.FLAG_ACTIVITY_SINGLE_TOP)
    val flags = PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_UPDATE_CURRENT
    return PendingIntent.getActivity(this, EXTRA_ALERTS.hashCode(), start, flags)
}

/** Opens the app, at a report if one is meant: its id is the intent's extra [EXTRA_REPORT]. */
internal fun Context.opens(id: ReportId?): PendingIntent? {
    val start = packageManager.getLaunchIntentForPackage(packageName) ?: return null
    id?.let { start.putExtra(EXTRA_REPORT, it.text) }
    start.addFlags(Intent.FLAG_ACTIVITY_SINGLE_TOP)
    val code = id?.text.hashCode()
    return PendingIntent.getActivity(this, code, start, PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_UPDATE_CURRENT)
}

/** The extra of the launch intent that names the report a notification was about. */
const val EXTRA_REPORT = "vn.paht.report"

/** The extra of the launch intent of a notification about an alert. */
const val EXTRA_ALERTS = "vn.paht.alerts"

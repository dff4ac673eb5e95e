package vn.paht.kit.notify

import android.app.Notification
import android.app.NotificationManager
import android.content.Context
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.time.format.FormatStyle
import vn.paht.core.Alert
import vn.paht.core.AlertLevel
import vn.paht.core.sayWith
import vn.paht.kit.Paht
import vn.paht.kit.R
import vn.paht.kit.alerts
import vn.paht.kit.place.Locate
import vn.paht.kit.service

/** Tells of warnings and emergencies for where the phone was last, each once; an alert that is over is taken away. */
internal class TellDangers(private val paht: Paht) {
    private val context = paht.context
    private val told = told(context)
    private val board get() = context.service<NotificationManager>()

    suspend fun news() {
        val held = paht.alerts(Locate(context).last()).filter(::isDanger)
        takeAway(told.all.keys - held.map { it.id }.toSet())
        for (alert in held.filter { told.getString(it.id, null) != it.level.name }) {
            told.edit().putString(alert.id, alert.level.name).apply()
            if (!paht.inSight.isAlertsSeen) post(alert)
        }
    }

    /** Where the place is unknown an emergency is told all the same: one too many is better than one too few. */
    private fun isDanger(alert: Alert): Boolean = when (alert.level) {
        AlertLevel.Emergency -> alert.touches != false
        AlertLevel.Warning -> alert.touches ?: alert.areas.isEmpty()
        else -> false
    }

    private fun takeAway(over: Set<String>) {
        val forget = told.edit()
        for (id in over) {
            forget.remove(id)
            board.cancel(id, 0)
        }
        forget.apply()
    }

    /** What the IOC tells everybody may stand on a lock screen. */
    private fun post(alert: Alert) {
        val title = sayWith(paht.language, "app-notice-alert-title", mapOf("title" to alert.title))
        val hour = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
            .withLocale(context.resources.configuration.locales[0]).withZone(ZoneId.systemDefault()).format(alert.until)
        val body = sayWith(paht.language, "app-notice-alert-body", mapOf("time" to hour))
        val notification = Notification.Builder(context, Channel.Dangers.id)
            .setSmallIcon(R.drawable.paht_notification)
            .setContentTitle(title)
            .setContentText(body)
            .setStyle(Notification.BigTextStyle().bigText(listOf(alert.text, body).joinToString("\n")))
            .setContentIntent(context.opensAlerts())
            .setVisibility(Notification.VISIBILITY_PUBLIC)
            .setCategory(Notification.CATEGORY_ALARM)
            .setAutoCancel(true)
            .build()
        board.notify(alert.id, 0, notification)
    }

    private val AlertLevel.name: String get() = if (this == AlertLevel.Emergency) "emergency" else "warning"

    companion object {
        private fun told(context: Context) = context.getSharedPreferences("paht-told-dangers", Context.MODE_PRIVATE)

        /** They stay told. */
        fun takeAwayAll(context: Context) =
            told(context).all.keys.forEach { context.service<NotificationManager>().cancel(it, 0) }
    }
}

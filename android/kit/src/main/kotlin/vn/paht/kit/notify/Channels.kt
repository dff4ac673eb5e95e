package vn.paht.kit.notify

import android.app.NotificationChannel
import android.app.NotificationManager
import android.content.Context
import vn.paht.kit.R
import vn.paht.kit.service

/** What the kit tells a person outside the app, each kind with a switch of its own in the system's settings. */
enum class Channel(internal val id: String, internal val title: Int, internal val importance: Int) {
    /** An upload that the person waits for; silent. */
    Sending("paht-sending", R.string.paht_channel_sending, NotificationManager.IMPORTANCE_LOW),

    /** An agency answered or asked back. */
    Answers("paht-answers", R.string.paht_channel_answers, NotificationManager.IMPORTANCE_DEFAULT),

    /** The IOC warns of a danger where the person is. A switch of its own: who silences the rest may want to hear these. */
    Dangers("paht-dangers", R.string.paht_channel_dangers, NotificationManager.IMPORTANCE_HIGH),

    /** Something needs the person: a report that the hub refused, a file that is gone. */
    Alerts("paht-alerts", R.string.paht_channel_alerts, NotificationManager.IMPORTANCE_HIGH),
}

/** Makes the channels, or renames them after a change of language. Cheap, and safe to repeat. */
internal fun Context.createChannels() {
    val channels = Channel.entries.map { NotificationChannel(it.id, getString(it.title), it.importance) }
    service<NotificationManager>().createNotificationChannels(channels)
}

package vn.paht.app.alerts

import android.content.Context
import android.view.View
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.LinearLayout
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Flow
import vn.paht.app.look.Mood
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.card
import vn.paht.app.look.chip
import vn.paht.app.look.heading
import vn.paht.app.look.plate
import vn.paht.app.look.setIcon
import vn.paht.app.look.text
import vn.paht.app.words.Words
import vn.paht.app.words.moment
import vn.paht.core.Alert
import vn.paht.core.AlertLevel
import vn.paht.core.Card

// An alert as people read it: how much it matters by word, picture and colour, what to do, for how long, for whom, whom to call.

private class Sign(val word: String, val mood: Mood, val icon: Int, val tone: Tone)

/** What a newer centre ranks by a word of its own is shown as a warning: too much is better than too little. */
private fun signOf(level: AlertLevel): Sign = when (level) {
    AlertLevel.Notice -> Sign("portal-alert-notice", Mood.Calm, R.drawable.ic_info, Tone.Soft)
    AlertLevel.Warning -> Sign("portal-alert-warning", Mood.Warn, R.drawable.ic_warn, Tone.Soft)
    AlertLevel.Emergency -> Sign("portal-alert-emergency", Mood.Danger, R.drawable.ic_bell, Tone.Danger)
    is AlertLevel.Unknown -> Sign("portal-alert-unknown", Mood.Warn, R.drawable.ic_warn, Tone.Soft)
}

fun Words.level(alert: Alert): String = say(signOf(alert.level).word)

fun Context.levelChip(level: AlertLevel, words: Words): View = signOf(level).let { chip(words.say(it.word), it.mood, it.icon) }

fun Screen.alertCard(alert: Alert, card: Card?, dial: (String) -> Unit): LinearLayout = card {
    add(Flow(context, 6).apply {
        addView(levelChip(alert.level, words))
        if (alert.touches == true) addView(chip(say("app-alerts-here"), Mood.Calm, R.drawable.ic_position))
    })
    add(heading(alert.title), 10)
    if (alert.text.isNotBlank()) add(text(alert.text), 4)
    add(fact(R.drawable.ic_clock, say("app-alerts-valid-until", "time" to words.moment(alert.until))), 10)
    add(fact(R.drawable.ic_pin, communes(alert, card)), 4)
    for (call in alert.numbers) {
        val tone = signOf(alert.level).tone
        val said = listOf(say("app-button-call", "number" to call.number), call.name).joinToString(" · ")
        add(button(said, tone, R.drawable.ic_call) { dial(call.number) }, 10)
    }
}.apply {
    if (alert.level == AlertLevel.Emergency) background = plate(R.color.surface, 16, R.color.danger)
}

private fun Screen.fact(icon: Int, said: String) = text(said, Type.Small, R.color.ink_soft).apply {
    setIcon(icon, 18)
    layoutParams = LinearLayout.LayoutParams(WRAP_CONTENT, WRAP_CONTENT)
}

private fun Screen.communes(alert: Alert, card: Card?): String {
    if (alert.areas.isEmpty()) return say("portal-alert-everywhere")
    val names = card?.areas.orEmpty().associate { it.code to it.name }
    return alert.areas.joinToString(", ") { names[it] ?: it.text }
}

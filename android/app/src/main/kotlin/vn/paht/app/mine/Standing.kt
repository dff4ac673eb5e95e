package vn.paht.app.mine

import android.content.Context
import android.widget.TextView
import vn.paht.app.R
import vn.paht.app.look.Mood
import vn.paht.app.look.chip
import vn.paht.app.words.Words
import vn.paht.core.ParkReason
import vn.paht.core.PartKind
import vn.paht.core.Stage
import vn.paht.core.Way
import vn.paht.core.sayError

// How far a report is on its way, and where its case stands: word, picture and colour, in this order of weight.

private class Sign(val word: String, val mood: Mood, val icon: Int)

fun Context.wayChip(way: Way, words: Words): TextView {
    val sign = signOf(way)
    val said = if (way is Way.Arriving) words.say(sign.word, "done" to way.delivered, "all" to way.parts) else words.say(sign.word)
    return chip(said, sign.mood, sign.icon)
}

fun Context.stageChip(stage: Stage, words: Words): TextView {
    val sign = signOf(stage)
    return chip(words.say(sign.word), sign.mood, sign.icon)
}

/** Why it needs the person, and the way out. */
fun Words.reason(reason: ParkReason): String = when (reason) {
    is ParkReason.Refused -> sayError(language, reason.v1)
    ParkReason.FileLost -> say("app-part-file-lost")
    ParkReason.Held -> say("app-part-held")
}

fun Words.part(kind: PartKind): String = say(
    when (kind) {
        PartKind.Statement -> "app-part-statement"
        PartKind.Preview -> "app-part-preview"
        PartKind.VoiceNote -> "app-part-voice-note"
        PartKind.Rendition -> "app-part-rendition"
        PartKind.Original -> "app-part-original"
        PartKind.Bundle -> "app-part-bundle"
        is PartKind.Unknown -> "app-part-unknown"
    },
)

private fun signOf(way: Way): Sign = when (way) {
    Way.Waiting -> Sign("app-way-waiting", Mood.Warn, R.drawable.ic_clock)
    is Way.Arriving -> Sign("app-way-arriving", Mood.Calm, R.drawable.ic_send)
    Way.Whole -> Sign("app-way-whole", Mood.Good, R.drawable.ic_check)
    is Way.NeedsYou -> Sign("app-way-needs-you", Mood.Danger, R.drawable.ic_warn)
    Way.Held -> Sign("app-way-held", Mood.Warn, R.drawable.ic_hold)
    Way.Withdrawn -> Sign("app-way-withdrawn", Mood.Warn, R.drawable.ic_undo)
}

private fun signOf(stage: Stage): Sign = when (stage) {
    Stage.RECEIVED -> Sign("app-stage-received", Mood.Calm, R.drawable.ic_check)
    Stage.REFUSED -> Sign("app-stage-refused", Mood.Danger, R.drawable.ic_close)
    Stage.DUPLICATE -> Sign("app-stage-duplicate", Mood.Warn, R.drawable.ic_mine)
    Stage.DISPATCHED -> Sign("app-stage-dispatched", Mood.Calm, R.drawable.ic_cases)
    Stage.IN_PROGRESS -> Sign("app-stage-in-progress", Mood.Calm, R.drawable.ic_refresh)
    Stage.RETURNED -> Sign("app-stage-returned", Mood.Warn, R.drawable.ic_undo)
    Stage.ANSWERED -> Sign("app-stage-answered", Mood.Good, R.drawable.ic_comment)
    Stage.CLOSED -> Sign("app-stage-closed", Mood.Good, R.drawable.ic_check_circle)
    Stage.WITHDRAWN -> Sign("app-stage-withdrawn", Mood.Warn, R.drawable.ic_undo)
}

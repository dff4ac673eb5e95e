package vn.paht.kit.scenarios

import java.time.Duration
import java.time.Instant
import org.json.JSONObject
import vn.paht.core.NewDeed
import vn.paht.kit.act
import vn.paht.kit.casesKept
import vn.paht.kit.enrol

// What an agency's officer does, on a phone like everybody's.

/** With the code of the agency that has the citizen's report, or with the one that stands in the table. */
internal suspend fun Stage.enrol(step: JSONObject): String {
    val given = step.optString("code").ifEmpty { null }
    val code = given ?: checkNotNull(ioc).agencyToken(phone(step, "citizen").show(id(step)).assignments.first().agency.text)
    phone(step).enrol(code)
    return "enrolled"
}

internal suspend fun Stage.act(step: JSONObject): String {
    val words = step.optString("text")
    val deed = when (val name = step.getString("deed")) {
        "start" -> NewDeed.Start
        "return" -> NewDeed.Return(words)
        "ask-time" -> NewDeed.AskTime(later(step), words)
        "answer" -> NewDeed.Answer(words, if (step.optBoolean("photo")) listOf(photo().path) else emptyList())
        else -> error("no such deed: $name")
    }
    phone(step).act(id(step), 1u, deed)
    return "kept"
}

/** A day after the deadline that runs. */
private suspend fun Stage.later(step: JSONObject): Instant {
    val kept = checkNotNull(phone(step).casesKept()).cases.single { it.report == id(step) }
    return kept.shares.first().due.plus(Duration.ofDays(1))
}

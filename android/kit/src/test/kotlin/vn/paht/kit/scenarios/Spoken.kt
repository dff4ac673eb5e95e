package vn.paht.kit.scenarios

import org.json.JSONObject
import vn.paht.core.Deed
import vn.paht.core.ErrorCode
import vn.paht.core.OfficerCases
import vn.paht.core.ParkReason
import vn.paht.core.PartState
import vn.paht.core.ReportView
import vn.paht.core.ShareState
import vn.paht.core.Stage
import vn.paht.core.SyncOutcome
import vn.paht.core.Way
import vn.paht.core.What
import vn.paht.core.errorName
import vn.paht.kit.PahtFault

// How a step and what came of it are written: the same words in every runner.

/** What is done: the verb, the phone, the report; what it is given stays in the table. */
internal fun spokenStep(step: JSONObject): String =
    listOf("do", "phone", "as", "report").mapNotNull { step.optString(it).ifEmpty { null } }.joinToString(" ")

internal fun spokenFault(fault: PahtFault): String = when (fault) {
    is PahtFault.Refused -> "refused ${fault.name}"
    is PahtFault.StorageFull, is PahtFault.StorageFailed, is PahtFault.InUse -> "storage ${fault.name}"
    is PahtFault.File -> "file ${fault.name}"
    is PahtFault.Link -> "link ${fault.name}"
    is PahtFault.Internal -> "internal"
}

internal fun spokenOutcome(outcome: SyncOutcome): String {
    if (outcome.allSent) return "all sent"
    val waiting = if (outcome.standing.waiting > 0u) "some wait" else "nothing waits"
    return if (outcome.standing.parked > 0u) "$waiting, some need you" else waiting
}

/** Everything a person would see of a report, on one line. */
internal fun spokenView(view: ReportView): String {
    val count = view.parts.count { it.state is PartState.Delivered }
    val delivered = when (count) {
        0 -> "none"
        view.parts.size -> "all"
        else -> "some"
    }
    val stage = view.line.stage?.let(::spokenStage) ?: "-"
    val timeline = view.timeline.mapNotNull { spokenWhat(it.what) }.joinToString(",").ifEmpty { "-" }
    val share = view.assignments.firstOrNull()
    return "way ${spokenWay(view.line.way)}, delivered $delivered, stage $stage, timeline $timeline, " +
        "grade ${share?.grade ?: "-"}, reopened ${share?.reopened ?: 0}"
}

/** The agency's cases, one after another: where the share stands, and what this phone did. */
internal fun spokenCases(told: OfficerCases): String = told.cases.joinToString("; ") { case ->
    val share = case.shares.lastOrNull()?.let { spokenShare(it.state) } ?: "-"
    val acts = case.acts.joinToString(",") { "${spokenDeed(it.deed)} ${spokenWay(it.way)}" }
    "$share, acts ${acts.ifEmpty { "none" }}"
}.ifEmpty { "no cases" }

private fun spokenShare(state: ShareState): String = when (state) {
    is ShareState.Dispatched -> "dispatched"
    is ShareState.InProgress -> "in-progress"
    is ShareState.Returned -> "returned"
    is ShareState.Answered -> "answered"
    is ShareState.Closed -> "closed"
    is ShareState.Unknown -> "unknown"
}

private fun spokenDeed(deed: Deed): String = when (deed) {
    is Deed.Start -> "start"
    is Deed.Return -> "return"
    is Deed.AskTime -> "ask-time"
    is Deed.Answer -> "answer"
}

private fun spokenWay(way: Way): String = when (way) {
    is Way.Waiting -> "waiting"
    is Way.Arriving -> "arriving"
    is Way.Whole -> "whole"
    is Way.NeedsYou -> spokenReason(way.reason)
    is Way.Held -> "held"
    is Way.Withdrawn -> "withdrawn"
}

private fun spokenReason(reason: ParkReason): String = when (reason) {
    is ParkReason.Refused -> "needs-you ${errorName(reason.v1)}"
    is ParkReason.FileLost -> "needs-you file-lost"
    is ParkReason.Held -> "held"
}

private fun spokenStage(stage: Stage): String = stage.name.lowercase().replace('_', '-')

/** Parts arrive in an order that is nobody's business: they are left out. */
private fun spokenWhat(what: What): String? = when (what) {
    is What.Received -> "received"
    is What.Classified -> "classified"
    is What.Refused -> "refused"
    is What.Duplicate -> "duplicate"
    is What.Dispatched -> "dispatched"
    is What.InProgress -> "in-progress"
    is What.Returned -> "returned"
    is What.Answered -> "answered"
    is What.Closed -> "closed"
    is What.Rated -> "rated"
    is What.Reopened -> "reopened"
    is What.TimeAsked -> "time-asked"
    is What.TimeGiven -> "time-given"
    is What.Commented -> "commented"
    is What.Edited -> "edited"
    is What.Withdrawn -> "withdrawn"
    is What.Arrived -> null
    is What.Published -> "published"
    is What.Carried -> "carried"
    is What.Unknown -> "unknown"
}

package vn.paht.kit

import vn.paht.core.Edit
import vn.paht.core.Rating
import vn.paht.core.Reopening
import vn.paht.core.ReportId

// What a citizen does with a report after making it. Each returns when it is durable, and is sent like the report itself.

/** Changes what was said; also mends a report that the hub refused, which then goes again. */
suspend fun Paht.edit(id: ReportId, edit: Edit) = change { it.edit(id, edit) }

/** Adds words to the case. */
suspend fun Paht.comment(id: ReportId, text: String) = change { it.comment(id, text) }

/** Answers a question of the IOC or an agency. */
suspend fun Paht.reply(id: ReportId, text: String) = change { it.reply(id, text) }

/** The verdict on an answer. */
suspend fun Paht.rate(id: ReportId, rating: Rating) = change { it.rate(id, rating) }

/** Says that an answer did not settle it. */
suspend fun Paht.reopen(id: ReportId, reopening: Reopening) = change { it.reopen(id, reopening) }

/** Takes a report back. */
suspend fun Paht.withdraw(id: ReportId) = change { it.withdraw(id) }

/** Keeps back what is not sent yet. */
suspend fun Paht.hold(id: ReportId) = change { it.hold(id) }

/** Lets it go. */
suspend fun Paht.release(id: ReportId) = change { it.release(id) }

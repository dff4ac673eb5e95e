package vn.paht.app.detail

import vn.paht.app.R
import vn.paht.app.report.nameOf
import vn.paht.app.words.Words
import vn.paht.app.words.moment
import vn.paht.core.AgencyId
import vn.paht.core.Card
import vn.paht.core.Carrier
import vn.paht.core.PartKind
import vn.paht.core.Publication
import vn.paht.core.Speaker
import vn.paht.core.TimelineEntry
import vn.paht.core.What

/** Says what happened, one sentence an entry. */
class Sentences(
    private val words: Words,
    private val card: Card?,
    private val agencies: Map<UShort, AgencyId>,
    /** Told to whom the report is of; otherwise to an officer. */
    private val isOwn: Boolean = true,
) {
    /** What it is about is told to the person; [icon] says the same to the eye. */
    fun of(entry: TimelineEntry): String = when (val what = entry.what) {
        is What.Received -> words.say(own("app-timeline-received", "portal-entry-received"), "code" to what.case.text)
        is What.Classified -> classified(what)
        is What.Refused -> words.say("app-timeline-refused")
        is What.Duplicate -> words.say("app-timeline-duplicate", "code" to what.of.text)
        is What.Dispatched ->
            words.say("app-timeline-dispatched", "agency" to agency(what.agency.text), "due" to words.moment(what.due))
        is What.InProgress -> words.say("app-timeline-in-progress", "agency" to agencyOf(what.assignment))
        is What.Returned -> words.say("app-timeline-returned", "agency" to agencyOf(what.assignment))
        is What.Answered -> words.say("app-timeline-answered", "agency" to agencyOf(what.assignment))
        is What.Closed -> words.say("app-timeline-closed", "agency" to agencyOf(what.assignment))
        is What.Rated -> words.say(own("app-timeline-rated", "portal-entry-rated"), "grade" to what.grade)
        is What.TimeAsked ->
            words.say("app-timeline-time-asked", "agency" to agencyOf(what.assignment), "due" to words.moment(what.until))
        is What.TimeGiven ->
            words.say("app-timeline-time-given", "agency" to agencyOf(what.assignment), "due" to words.moment(what.due))
        is What.Reopened -> words.say(own("app-timeline-reopened", "portal-entry-reopened"), "due" to words.moment(what.due))
        is What.Commented -> words.say(commented(what.by))
        is What.Edited -> words.say(own("app-timeline-edited", "portal-entry-edited"))
        is What.Withdrawn -> words.say(own("app-timeline-withdrawn", "portal-entry-withdrawn"))
        is What.Arrived -> words.say(arrived(what.part))
        is What.Published -> words.say(published(what.to))
        is What.Carried -> words.say(carried(what.by))
        is What.Unknown -> words.say("app-timeline-unknown")
    }

    fun icon(entry: TimelineEntry): Int = when (entry.what) {
        is What.Received, is What.Closed -> R.drawable.ic_check
        is What.Classified, is What.Duplicate -> R.drawable.ic_mine
        is What.Refused -> R.drawable.ic_close
        is What.Dispatched, is What.InProgress -> R.drawable.ic_cases
        is What.Returned, is What.Withdrawn -> R.drawable.ic_undo
        is What.Answered, is What.Commented -> R.drawable.ic_comment
        is What.Rated -> R.drawable.ic_star
        is What.Reopened, is What.TimeAsked, is What.TimeGiven -> R.drawable.ic_refresh
        is What.Edited -> R.drawable.ic_edit
        is What.Arrived -> R.drawable.ic_gallery
        is What.Published -> R.drawable.ic_globe
        is What.Carried -> R.drawable.ic_send
        is What.Unknown -> R.drawable.ic_info
    }

    fun agency(id: String): String {
        val agency = card?.agencies?.find { it.id.text == id } ?: return id
        return if (words.tag == "vi") agency.nameVi else agency.nameEn
    }

    private fun agencyOf(assignment: UShort): String =
        agencies[assignment]?.let { agency(it.text) } ?: words.say("portal-the-agency")

    private fun carried(by: Carrier) = when (by) {
        Carrier.Http -> "app-timeline-carried-http"
        Carrier.Sms -> "app-timeline-carried-sms"
        Carrier.Text -> "app-timeline-carried-text"
        Carrier.Courier -> "app-timeline-carried-courier"
        is Carrier.Unknown -> "app-timeline-unknown"
    }

    private fun own(own: String, others: String) = if (isOwn) own else others

    private fun classified(what: What.Classified): String {
        val category = card.nameOf(what.category, words)
        val area = what.area?.let { code -> card?.areas?.find { it.code == code }?.name }
        return if (area == null) words.say("app-timeline-classified", "category" to category)
        else words.say("app-timeline-classified-area", "category" to category, "area" to area)
    }

    private fun commented(by: Speaker): String = when (by) {
        Speaker.Citizen -> own("app-timeline-commented-citizen", "portal-entry-commented-citizen")
        Speaker.Agency -> own("app-timeline-commented-agency", "portal-entry-commented-agency")
        Speaker.Operator -> own("app-timeline-commented-operator", "portal-entry-commented-operator")
        is Speaker.Unknown -> "app-timeline-commented"
    }

    private fun arrived(part: PartKind): String = when (part) {
        PartKind.Original -> "app-timeline-arrived"
        PartKind.Rendition -> "app-timeline-arrived-clear"
        PartKind.VoiceNote -> "app-timeline-arrived-voice"
        else -> "app-timeline-arrived-small"
    }

    private fun published(to: Publication): String = when (to) {
        Publication.Public -> "app-timeline-published"
        Publication.Held -> "app-timeline-held"
        Publication.TakenDown -> "app-timeline-taken-down"
        is Publication.Unknown -> "app-timeline-unknown"
    }
}

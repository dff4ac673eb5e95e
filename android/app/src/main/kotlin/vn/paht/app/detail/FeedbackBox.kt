package vn.paht.app.detail

import android.os.Bundle
import android.view.View
import android.widget.LinearLayout
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Field
import vn.paht.app.look.Mood
import vn.paht.app.look.Stars
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.card
import vn.paht.app.look.chip
import vn.paht.app.look.column
import vn.paht.app.look.heading
import vn.paht.app.look.text
import vn.paht.core.Answer
import vn.paht.core.Assignment
import vn.paht.core.AssignmentState
import vn.paht.core.Rating
import vn.paht.core.ReportId
import vn.paht.core.ReportView
import vn.paht.core.Reopening
import vn.paht.core.Speaker
import vn.paht.core.What
import vn.paht.kit.comment
import vn.paht.kit.rate
import vn.paht.kit.reopen
import vn.paht.kit.reply

/** What the person says about their case: a verdict on an answer, a reply to a question, an addition, "not settled". */
class FeedbackBox(private val screen: Screen, private val id: ReportId) {
    private val stars = Stars(screen, { screen.say("app-grade-$it") }) { graded(it) }
    private val grade = screen.text("", Type.Small, R.color.ink_soft).apply {
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
        visibility = View.GONE
    }
    private val why = Field(screen, screen.say("app-rate-why"), lines = 2)
    private val reason = Field(screen, screen.say("app-reopen-reason"), lines = 2)
    private val addition = Field(screen, screen.say("app-comment-prompt"), lines = 2)
    private val error = ErrorLine(screen)
    private val thanks = screen.chip(screen.say("app-feedback-thanks"), Mood.Good, R.drawable.ic_check).apply {
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
        visibility = View.GONE
    }
    private var shown: ReportView? = null

    private val rateCard = screen.card {
        add(screen.heading(screen.say("app-rate-title")))
        add(screen.text(screen.say("app-rate-prompt"), color = R.color.ink_soft), 2)
        add(stars.view, 8)
        add(grade, 2)
        add(why.view, 8)
        add(centred("app-button-rate", Tone.Filled) { rate() }, 12)
    }
    private val reopenCard = screen.card {
        add(screen.heading(screen.say("app-reopen-title")))
        add(screen.text(screen.say("app-reopen-prompt"), Type.Small, R.color.ink_soft), 2)
        add(reason.view, 8)
        add(centred("app-button-reopen", Tone.Soft) { reopen() }, 12)
    }
    private val speakTitle = screen.heading(screen.say("app-button-comment"))
    private val speakCard = screen.card {
        add(speakTitle)
        add(addition.view, 8)
        add(centred("app-button-send", Tone.Soft) { speak() }, 12)
    }

    val view: LinearLayout = screen.column {
        add(thanks)
        add(error, 8)
        add(rateCard, 8)
        add(reopenCard, 12)
        add(speakCard, 12)
        visibility = View.GONE
    }

    fun show(report: ReportView) {
        shown = report
        view.visibility = if (report.line.case == null) View.GONE else View.VISIBLE
        val open = toRate(report)
        rateCard.visibility = if (open == null) View.GONE else View.VISIBLE
        reopenCard.visibility = if (toReopen(report) == null) View.GONE else View.VISIBLE
        val isAsked = isAsked(report)
        speakTitle.text = screen.say(if (isAsked) "app-question-title" else "app-button-comment")
    }

    fun save(state: Bundle) {
        state.putInt("grade", stars.grade)
        state.putStringArray("said", arrayOf(why.words, reason.words, addition.words))
    }

    fun restore(state: Bundle?) {
        state ?: return
        stars.grade = state.getInt("grade")
        val said = state.getStringArray("said") ?: return
        listOf(why, reason, addition).forEachIndexed { at, field -> field.words = said[at] }
    }

    private fun centred(word: String, tone: Tone, does: () -> Unit) =
        screen.button(screen.say(word), tone) { does() }

    private fun graded(stars: Int) {
        grade.text = screen.say("app-grade-$stars")
        grade.visibility = View.VISIBLE
    }

    private fun toRate(report: ReportView): Answer? =
        report.answers.lastOrNull { answer -> report.share(answer)?.let { it.state == AssignmentState.ANSWERED && it.grade == null } == true }

    private fun toReopen(report: ReportView): Assignment? =
        report.assignments.lastOrNull { it.state == AssignmentState.ANSWERED || it.state == AssignmentState.CLOSED }

    private fun ReportView.share(answer: Answer) = assignments.find { it.number == answer.assignment }

    /** The last who spoke was not the person. */
    private fun isAsked(report: ReportView): Boolean {
        val last = report.timeline.mapNotNull { it.what as? What.Commented }.lastOrNull()
        return last != null && last.by != Speaker.Citizen
    }

    private fun rate() = said {
        val report = checkNotNull(shown)
        val answer = toRate(report) ?: return@said
        screen.paht.rate(id, Rating(answer.assignment, answer.answer, stars.grade.toUByte(), why.words.trim()))
        why.words = ""
    }

    private fun reopen() = said {
        val share = toReopen(checkNotNull(shown)) ?: return@said
        screen.paht.reopen(id, Reopening(share.number, reason.words.trim()))
        reason.words = ""
    }

    private fun speak() = said {
        val words = addition.words.trim()
        if (isAsked(checkNotNull(shown))) screen.paht.reply(id, words) else screen.paht.comment(id, words)
        addition.words = ""
    }

    private fun said(work: suspend () -> Unit) {
        thanks.visibility = View.GONE
        screen.attempt(error) {
            work()
            thanks.visibility = View.VISIBLE
        }
    }
}

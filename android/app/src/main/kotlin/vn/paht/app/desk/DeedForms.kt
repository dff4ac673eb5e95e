package vn.paht.app.desk

import android.content.Intent
import android.text.InputType
import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import java.time.Duration
import java.time.Instant
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Field
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.card
import vn.paht.app.look.column
import vn.paht.app.look.fold
import vn.paht.app.look.heading
import vn.paht.app.look.text
import vn.paht.app.photo.PhotosBox
import vn.paht.core.Card
import vn.paht.core.ErrorCode
import vn.paht.core.Evidence
import vn.paht.core.NewDeed
import vn.paht.core.OfficerCase
import vn.paht.core.OfficerShare
import vn.paht.core.Deed
import vn.paht.core.ReportId
import vn.paht.core.ShareState
import vn.paht.core.sayError
import vn.paht.kit.act

/** What can be done to a case that is open: begin, answer with a photo, ask for time, give it back. None needs a network. */
class DeedForms(private val screen: Screen, private val report: ReportId) {
    private val kept = CaseDraftFile(screen, report)
    private var draft = kept.read()
    private var share: OfficerShare? = null
    private var isActing = false

    private val answerError = ErrorLine(screen)
    private val timeError = ErrorLine(screen)
    private val returnError = ErrorLine(screen)
    private val answer = Field(screen, screen.say("app-officer-answer-text"), lines = 4).changed { change { copy(answer = it) } }
    private val days = Field(screen, screen.say("app-officer-more-days"), kind = InputType.TYPE_CLASS_NUMBER).changed { change { copy(days = it) } }
    private val why = Field(screen, screen.say("app-officer-more-reason"), lines = 2).changed { change { copy(why = it) } }
    private val reason = Field(screen, screen.say("app-officer-return-reason"), lines = 2).changed { change { copy(reason = it) } }
    private val photos = PhotosBox(screen, report.text, screen.say("app-button-after-photo"), answerError) { change { copy(photos = it) } }
    private val asked = screen.text("", Type.Small, R.color.ink_soft)
    private val begin = screen.button(screen.say("app-button-start"), Tone.Soft, R.drawable.ic_play) {
        act(answerError, NewDeed.Start) { }
    }

    val view: LinearLayout = screen.column {
        add(begin)
        add(answerCard(), 12)
        add(screen.fold(screen.say("app-button-more-time"), R.drawable.ic_clock, draft.days.isNotEmpty() || draft.why.isNotEmpty(), timeForm()), 12)
        add(screen.fold(screen.say("app-button-return"), R.drawable.ic_undo, draft.reason.isNotEmpty(), returnForm()), 12)
        visibility = View.GONE
    }

    init {
        val before = draft
        answer.words = before.answer
        days.words = before.days
        why.words = before.why
        reason.words = before.reason
        photos.restore(before.photos)
    }

    fun result(request: Int, data: Intent?) = photos.result(request, data)

    fun show(case: OfficerCase, card: Card?) {
        asked.text = when (card?.categories?.find { it.code == case.category }?.evidence) {
            Evidence.AfterPhoto -> screen.say("app-officer-after-photo-required")
            Evidence.Paper -> screen.say("app-officer-paper-required")
            else -> ""
        }
        asked.visibility = if (asked.text.isEmpty()) View.GONE else View.VISIBLE
        val open = case.open?.takeIf { !case.isDoneHere(it) }
        share = open
        view.visibility = if (open == null) View.GONE else View.VISIBLE
        val isBegun = case.acts.any { it.deed is Deed.Start && it.assignment == open?.assignment && it.isOpen }
        begin.visibility = if (open?.state == ShareState.Dispatched && !isBegun) View.VISIBLE else View.GONE
    }

    private fun answerCard(): LinearLayout = screen.card {
        add(screen.heading(screen.say("app-button-answer")))
        add(asked, 4)
        add(photos.view, 8)
        add(answer.view, 12)
        add(answerError, 8)
        add(screen.button(screen.say("app-button-answer"), Tone.Filled) { answer() }.apply { gravity = Gravity.CENTER }, 12)
    }

    private fun timeForm(): LinearLayout = screen.column {
        add(days.view)
        add(why.view, 8)
        add(timeError, 8)
        add(screen.button(screen.say("app-button-more-time"), Tone.Soft) { askTime() }.apply { gravity = Gravity.CENTER }, 12)
    }

    private fun returnForm(): LinearLayout = screen.column {
        add(reason.view)
        add(returnError, 8)
        add(screen.button(screen.say("app-button-return"), Tone.Danger) { giveBack() }.apply { gravity = Gravity.CENTER }, 12)
    }

    /** Without the picture that the category asks for, the core refuses it at once, not the IOC days later. */
    private fun answer() {
        act(answerError, NewDeed.Answer(answer.words.trim(), photos.files.map { it.path })) {
            photos.clear()
            answer.words = ""
        }
    }

    private fun askTime() {
        val due = share?.due ?: return
        val more = days.words.trim().toLongOrNull()?.takeIf { it in 1..DAYS_MAX }
            ?: return timeError.show(sayError(screen.words.language, ErrorCode.DeadlinePeriod))
        // From today where the deadline is past: it must lie ahead.
        val until = maxOf(due, Instant.now()).plus(Duration.ofDays(more))
        act(timeError, NewDeed.AskTime(until, why.words.trim())) {
            days.words = ""
            why.words = ""
        }
    }

    private fun giveBack() = act(returnError, NewDeed.Return(reason.words.trim())) { reason.words = "" }

    /** One at a time: a second touch is no second answer. */
    private fun act(error: ErrorLine, deed: NewDeed, done: () -> Unit) {
        val assignment = share?.assignment ?: return
        if (isActing) return
        isActing = true
        screen.attempt(error) {
            try {
                screen.paht.act(report, assignment, deed)
                done()
            } finally {
                isActing = false
            }
        }
    }

    private fun change(to: CaseDraft.() -> CaseDraft) {
        draft = draft.to()
        if (!kept.write(draft)) answerError.show(screen.say("app-report-storage-full"))
    }

    private companion object {
        /** Longer is no deadline. */
        const val DAYS_MAX = 365L
    }
}

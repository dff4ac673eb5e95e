package vn.paht.app.report

import android.text.InputType
import android.view.View
import android.widget.LinearLayout
import android.widget.ScrollView
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Field
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.fold
import vn.paht.app.look.heading
import vn.paht.app.look.setIcon
import vn.paht.app.look.text
import vn.paht.core.ErrorCode

/** The page itself, from the camera down to the name. Knows how it looks; [ReportTab] knows what it does. */
class ReportForm(
    private val screen: Screen,
    val captures: CapturesBox,
    val voice: VoiceBox,
    val grid: CategoryGrid,
    val place: PlaceCard,
    discard: () -> Unit,
    toAlerts: () -> Unit,
) {
    val capturesError = ErrorLine(screen)
    val categoryError = ErrorLine(screen)
    val wordsError = ErrorLine(screen)
    val text = Field(screen, screen.say("app-report-words"), lines = 3).apply {
        input.hint = screen.say("app-report-words-hint")
    }
    val name = Field(screen, screen.say("app-report-sender-name"), kind = NAME)
    val number = Field(screen, screen.say("app-report-sender-number"), kind = InputType.TYPE_CLASS_PHONE)
    val draftLine = screen.text(screen.say("app-report-draft-kept"), Type.Small, R.color.ink_soft).apply {
        setIcon(R.drawable.ic_check, 16)
    }
    val notices: LinearLayout = screen.column()
    val discard = screen.button(screen.say("app-button-discard-draft"), Tone.Plain) { discard() }
    private val danger = screen.button(screen.say("app-report-danger"), Tone.Danger, R.drawable.ic_call) { toAlerts() }.apply {
        setType(this)
    }

    private val column: LinearLayout = screen.column(16) {
        add(screen.heading(screen.say("app-report-title"), Type.Title))
        add(draftLine, 4)
        add(notices)
        add(captures.view, 12)
        add(voice.view, 8)
        add(capturesError, 8)
        add(screen.heading(screen.say("app-report-category")), 20)
        add(categoryError, 8)
        add(grid.view, 10)
        add(place.view, 20)
        add(text.view, 20)
        add(wordsError, 8)
        add(screen.fold(screen.say("app-report-sender"), R.drawable.ic_person, isOpen = false, sender()), 16)
        add(danger, 16)
        add(this@ReportForm.discard, 8)
    }

    // The keyboard stays away until a field is touched.
    val view: ScrollView = ScrollView(screen).apply {
        scrollBarSize = dp(3)
        addView(column.apply { isFocusableInTouchMode = true })
    }

    fun show(draft: Draft) {
        captures.show(draft.files)
        grid.chosen = draft.category
        draftLine.visibility = if (draft.isEmpty) View.GONE else View.VISIBLE
        discard.visibility = draftLine.visibility
    }

    /** Puts what was refused beside what it is about. False: it is about nothing on this page. */
    fun refuse(code: ErrorCode, said: String): Boolean {
        val line = when (code) {
            ErrorCode.CategoryMissing, ErrorCode.CategoryUnknown -> categoryError
            ErrorCode.PlaceUnknown, ErrorCode.PlaceOutside -> place.error
            ErrorCode.TextTooLong, ErrorCode.TextMissing -> wordsError
            ErrorCode.MediaEmpty, ErrorCode.MediaUnknownFormat, ErrorCode.MediaTruncated, ErrorCode.MediaBomb,
            ErrorCode.MediaTooLarge, ErrorCode.MediaUnreadable, ErrorCode.ReportEmpty,
            ErrorCode.ReportTooManyCaptures, ErrorCode.ReportCaptureTwice,
            -> capturesError
            else -> return false
        }
        line.show(said)
        return true
    }

    fun clearErrors() = listOf(capturesError, categoryError, wordsError, place.error).forEach { it.show(null) }

    private fun sender(): LinearLayout = screen.column {
        add(screen.text(screen.say("app-report-sender-why"), Type.Small, R.color.ink_soft))
        add(name.view, 12)
        add(number.view, 12)
    }

    private fun setType(danger: android.widget.Button) {
        danger.textSize = Type.Small.sp
        danger.typeface = android.graphics.Typeface.SANS_SERIF
    }

    private companion object {
        const val NAME = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_CAP_WORDS
    }
}

package vn.paht.app.review

import android.content.Intent
import android.os.Bundle
import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import java.io.File
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Field
import vn.paht.app.look.Flow
import vn.paht.app.look.Stars
import vn.paht.app.look.Toggle
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.card
import vn.paht.app.look.column
import vn.paht.app.look.heading
import vn.paht.app.look.text
import vn.paht.app.photo.PhotosBox
import vn.paht.core.Review
import vn.paht.core.ReviewPhrase
import vn.paht.core.Service
import vn.paht.core.reviewPhraseId
import vn.paht.core.reviewPhrases

/** What is said of a service: stars, phrases to tap, and optionally words and photos. */
class ReviewForm(private val screen: Screen, error: ErrorLine) {
    private val tapped = linkedSetOf<ReviewPhrase>()
    private val toggles = reviewPhrases().mapNotNull { phrase -> reviewPhraseId(phrase)?.let { toggle(phrase, it) } }
    private val words = Field(screen, screen.say("app-service-words"), lines = 3)
    private val photos = PhotosBox(screen, DRAFT, screen.say("app-button-take-photo"), error)
    private val grade = screen.text("", Type.Small, R.color.ink_soft).apply {
        gravity = Gravity.CENTER
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
        visibility = View.GONE
    }
    private val stars = Stars(screen, screen.words::stars, ::graded)

    val view: LinearLayout = screen.column {
        add(screen.card {
            add(screen.heading(screen.say("app-service-stars")))
            add(stars.view, 8)
            add(grade, 2)
        })
        add(screen.heading(screen.say("app-service-phrases")), 20)
        add(Flow(screen).apply { toggles.forEach(::addView) }, 10)
        add(words.view, 20)
        add(photos.view, 12)
    }

    val text: String get() = words.words.trim()
    val files: List<File> get() = photos.files

    /** As it stands now; the core says what is missing. */
    fun review(of: Service) = Review(of, stars.grade.takeIf { it > 0 }?.toUByte(), tapped.toList())

    fun result(request: Int, data: Intent?) = photos.result(request, data)

    /** It is kept: the report has copies of its own. */
    fun done() = photos.clear()

    fun save(state: Bundle) {
        state.putStringArrayList("tapped", tapped.mapNotNullTo(ArrayList(), ::reviewPhraseId))
        state.putInt("grade", stars.grade)
        state.putString("text", words.words)
        state.putStringArrayList("photos", photos.files.mapTo(ArrayList()) { it.path })
    }

    fun restore(state: Bundle?) {
        photos.restore(state?.getStringArrayList("photos").orEmpty().map(::File))
        state ?: return
        val ids = state.getStringArrayList("tapped").orEmpty()
        reviewPhrases().filterTo(tapped) { reviewPhraseId(it) in ids }
        toggles.forEach(Toggle::paint)
        stars.grade = state.getInt("grade")
        if (stars.grade > 0) graded(stars.grade)
        words.words = state.getString("text").orEmpty()
    }

    private fun toggle(phrase: ReviewPhrase, id: String) = Toggle(screen, screen.say(id), { phrase in tapped }) { tap(phrase) }

    /** Of two that cannot both be true the last one counts. */
    private fun tap(phrase: ReviewPhrase) {
        if (tapped.remove(phrase)) return
        tapped.removeAll(OPPOSITES.mapNotNull { (one, other) -> if (phrase == one) other else if (phrase == other) one else null }.toSet())
        tapped += phrase
        toggles.forEach(Toggle::paint)
    }

    private fun graded(count: Int) {
        grade.text = screen.words.stars(count)
        grade.visibility = View.VISIBLE
    }

    private companion object {
        const val DRAFT = "review"
        val OPPOSITES = listOf<Pair<ReviewPhrase, ReviewPhrase>>(
            ReviewPhrase.Clean to ReviewPhrase.Dirty,
            ReviewPhrase.Friendly to ReviewPhrase.Rude,
            ReviewPhrase.FairPrice to ReviewPhrase.Overcharged,
        )
    }
}

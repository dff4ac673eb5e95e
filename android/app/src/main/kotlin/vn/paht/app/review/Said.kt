package vn.paht.app.review

import android.view.View
import android.widget.ImageView
import android.widget.LinearLayout
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Flow
import vn.paht.app.look.Mood
import vn.paht.app.look.add
import vn.paht.app.look.chip
import vn.paht.app.look.column
import vn.paht.app.look.icon
import vn.paht.app.look.row
import vn.paht.app.words.Words
import vn.paht.core.Review
import vn.paht.core.Service
import vn.paht.core.ServiceCode
import vn.paht.core.reviewPhraseId
import vn.paht.kit.servicesKept

// A review as it was made, wherever reports are shown.

/** What services are called, as far as this phone heard of them; the others by their code. */
class ServiceNames(private val names: Map<ServiceCode, String> = emptyMap()) {
    fun of(service: Service): String = when (service) {
        is Service.Listed -> names[service.v1] ?: service.v1.text
        is Service.Named -> service.v1
    }

    companion object {
        suspend fun known(screen: Screen): ServiceNames {
            val lines = screen.paht.servicesKept(language = screen.words.tag)?.services.orEmpty()
            return ServiceNames(lines.associate { it.code to it.name })
        }
    }
}

fun Words.stars(count: Int): String = say("app-a11y-stars", "count" to count)

/** Each phrase in this language; one of a newer app has no words here. */
fun Words.phrases(review: Review): List<String> = review.phrases.mapNotNull(::reviewPhraseId).map(::say)

/** Stars and phrases, to look at. */
fun Screen.reviewSaid(review: Review): LinearLayout = column {
    review.stars?.let { add(starsSaid(it.toInt())) }
    val phrases = words.phrases(review)
    if (phrases.isNotEmpty()) {
        add(Flow(context, 6).apply { phrases.forEach { addView(chip(it, Mood.Calm)) } }, if (review.stars == null) 0 else 8)
    }
}

private fun Screen.starsSaid(count: Int): View = row {
    for (at in 1..MOST) {
        val star: ImageView = if (at <= count) icon(R.drawable.ic_star, 24, R.color.brand) else icon(R.drawable.ic_star_line, 24, R.color.outline)
        addView(star)
    }
    contentDescription = words.stars(count)
    importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_YES
}

private const val MOST = 5

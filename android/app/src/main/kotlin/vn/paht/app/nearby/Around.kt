package vn.paht.app.nearby

import vn.paht.app.Choices
import vn.paht.app.MainActivity
import vn.paht.app.words.Words
import vn.paht.core.Card
import vn.paht.core.CardArea
import vn.paht.core.Point
import vn.paht.core.metresBetween
import vn.paht.kit.place.Locate

/** Where public cases are looked for. */
sealed interface Around {
    val point: Point

    /** Where the phone is, or was last. */
    data class Me(override val point: Point) : Around

    /** A place that the person chose. */
    data class Pin(override val point: Point) : Around

    /** A commune, since nothing better is known. */
    data class Area(val area: CardArea) : Around {
        override val point get() = area.centre
    }
}

fun Words.around(where: Around): String = when (where) {
    is Around.Me -> say("app-nearby-around-you")
    is Around.Pin -> say("app-nearby-around-pin")
    is Around.Area -> say("app-nearby-around", "place" to where.area.name)
}

/**
 * The chosen place; otherwise the phone's, as far as it is known without asking; otherwise the commune of the latest
 * report, or the card's first. Absent before the first card.
 */
suspend fun whereToLook(screen: MainActivity, card: Card?): Around? {
    Choices(screen).nearbyPin?.let { return Around.Pin(it) }
    Locate(screen).last()?.let { return Around.Me(it) }
    val latest = screen.paht.list(limit = 1).firstOrNull()?.place?.point
    val areas = card?.areas.orEmpty()
    val area = if (latest == null) areas.firstOrNull() else areas.minByOrNull { metresBetween(latest, it.centre) }
    return area?.let(Around::Area)
}

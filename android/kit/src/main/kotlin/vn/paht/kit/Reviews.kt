package vn.paht.kit

import vn.paht.core.Point
import vn.paht.core.Services

// Services that anybody can review. A review itself is a report: `NewReport.review`.

/**
 * Services with these words in name, kind or address, as the IOC has them now, nearest to [about] first; blank [words]: all.
 * Names are in [language] (BCP 47). Throws [PahtFault.Link] without a link: then [servicesKept] tells what was last heard.
 */
suspend fun Paht.services(words: String = "", about: Point? = null, language: String): Services =
    ask { it.services(words, about, language) }

/** All services as last heard of, with their age; absent if they were never asked for. */
suspend fun Paht.servicesKept(about: Point? = null, language: String): Services? = ask { it.servicesKept(about, language) }

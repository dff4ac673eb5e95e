package vn.paht.kit

import vn.paht.core.Nearby
import vn.paht.core.Point

// Public cases around a point, nearest first.

/**
 * As the IOC has them now, within [radiusM] metres (10,000 at most). Throws [PahtFault.Link] without a link: then
 * [nearbyKept] tells what was last heard.
 */
suspend fun Paht.nearby(about: Point, radiusM: Int): Nearby = ask { it.nearby(about, radiusM.toUInt()) }

/** What was last heard of about this place, with its age; absent if it was never asked, or long ago. */
suspend fun Paht.nearbyKept(about: Point): Nearby? = ask { it.nearbyKept(about) }

package vn.paht.kit

import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import vn.paht.core.Point
import vn.paht.core.Until
import vn.paht.core.pointOfDegrees

/** Goal: what others reported around here, nearest first, and the last answer without a link. Method: a real IOC. */
@RunWith(RobolectricTestRunner::class)
class NearbyTest {
    @get:Rule val phones = Phones()
    private val here = pointOfDegrees(16.2775, 107.2297)

    @Test
    fun `cases come by distance, and are kept for when there is no link`() = waiting {
        val ioc = phones.ioc()
        val online = phones.phone(ioc.url)
        val ids = listOf(0, 5_000, 350).map { north -> online.report(words("Việc cách $north").copy(at = at(north))) }
        online.sync(until = Until.DONE)
        for (id in ids) ioc.dispatch(checkNotNull(online.show(id).line.case).text)
        val near = online.nearby(here, 2_000)
        assertEquals(listOf("Việc cách 0", "Việc cách 350"), near.cases.map { it.excerpt })
        assertEquals(0L, near.ageMs)
        assertEquals(3, online.nearby(here, 10_000).cases.size)
        assertTrue(near.cases.last().distanceM in 300u..400u)
        phones.kill(online)

        val offline = phones.phone()
        val fault = runCatching { offline.nearby(here, 2_000) }.exceptionOrNull()
        assertTrue("$fault", fault is PahtFault.Link)
        assertEquals(3, checkNotNull(offline.nearbyKept(here)).cases.size)
        assertNull("never asked there", offline.nearbyKept(pointOfDegrees(16.46, 107.59)))
    }

    /** So many metres to the north. */
    private fun at(north: Int) = Point(here.latE7 + north * 90, here.lonE7)
}

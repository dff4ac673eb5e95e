package vn.paht.kit

import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import vn.paht.core.ErrorCode
import vn.paht.core.NewReport
import vn.paht.core.Review
import vn.paht.core.ReviewPhrase
import vn.paht.core.Service
import vn.paht.core.ServiceCode
import vn.paht.core.Until
import vn.paht.core.Way
import vn.paht.core.pointOfDegrees

/** Goal: anybody reviews a service, without an account or a network, and it counts. Method: a real IOC. */
@RunWith(RobolectricTestRunner::class)
class ReviewsTest {
    @get:Rule val phones = Phones()
    private val station = ServiceCode("ga-hue")

    @Test
    fun `a review made without a network is in the service's figures after the sync`() = waiting {
        val offline = phones.phone()
        assertNull("never asked", offline.servicesKept(language = "en"))
        val id = offline.report(said(Review(Service.Listed(station), 4u, listOf(ReviewPhrase.Friendly))))
        val fault = runCatching { offline.services(language = "en") }.exceptionOrNull()
        assertTrue("$fault", fault is PahtFault.Link)
        phones.kill(offline)

        val phone = phones.phone(phones.ioc().url)
        assertEquals("nobody yet", 0u, line(phone).count)
        phone.ask { it.networkChanged() }
        phone.sync(until = Until.DONE)
        assertEquals(Way.Whole, phone.show(id).line.way)
        assertEquals(1u to 40u, line(phone).let { it.count to it.meanTenths })
        assertEquals("filed by the core", line(phone).category, phone.show(id).line.category)
    }

    @Test
    fun `the list comes nearest first in the person's language, and is kept`() = waiting {
        val online = phones.phone(phones.ioc().url)
        val citadel = pointOfDegrees(16.4698, 107.5790)
        val near = online.services(about = citadel, language = "en").services
        assertEquals("Imperial City" to 0u, near.first().let { it.name to it.distanceM })
        assertEquals(near.map { it.distanceM }, near.map { it.distanceM }.sortedBy { it })
        assertEquals(listOf("Chùa Thiên Mụ"), online.services("thiên mụ", language = "vi").services.map { it.name })
        phones.kill(online)
        val kept = checkNotNull(phones.phone().servicesKept(citadel, "vi"))
        assertEquals("all, not the last search", near.map { it.code }, kept.services.map { it.code })
        assertEquals("Đại Nội Huế", kept.services.first().name)
    }

    @Test
    fun `what says nothing, or of nothing, is refused at once`() = waiting {
        val phone = phones.phone()
        val faults = listOf(
            Review(Service.Named(" "), 3u, emptyList()),
            Review(Service.Listed(station), 9u, emptyList()),
        ).map { runCatching { phone.report(said(it)) }.exceptionOrNull() as PahtFault }
        assertEquals(listOf(ErrorCode.ServiceMissing, ErrorCode.GradeOutOfRange), faults.map { it.code })
        assertEquals(0, phone.list().size)
    }

    private fun said(review: Review) = NewReport(emptyList(), category = null, language = "ko", review = review)

    private suspend fun line(phone: Paht) = phone.services(language = "vi").services.first { it.code == station }
}

package vn.paht.kit

import java.time.Instant
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import vn.paht.core.Alert
import vn.paht.core.AlertLevel
import vn.paht.core.ClockReading
import vn.paht.core.Language
import vn.paht.core.PhoneClock

/** Goal: what the IOC tells everybody is heard, shown without a link, and ends by itself. Method: a real IOC tells it. */
@RunWith(RobolectricTestRunner::class)
class AlertsTest {
    @get:Rule val phones = Phones()

    /** The phone's own clock, which can be let run ahead. */
    private inner class Running : PhoneClock {
        private val real = Clocks(phones.app)
        @Volatile var ahead = Duration.ZERO

        override fun now(): ClockReading = real.now().let {
            it.copy(wall = it.wall.plus(ahead.toJavaDuration()), ticksMs = it.ticksMs + ahead.inWholeMilliseconds.toULong())
        }
    }

    @Test
    fun `an alert comes with a sync, in the reader's language, and is there without a link`() = waiting {
        val ioc = phones.ioc()
        val online = phones.phone(ioc.url)
        assertTrue(online.alerts().isEmpty())
        assertNull("nothing heard yet", online.lastHeard)
        val told = async { online.watch.alerts().first { it.isNotEmpty() } }
        ioc.alert("warning", "Mưa rất to")
        ioc.alert("emergency", "Lũ quét")
        online.sync()
        assertEquals(listOf(AlertLevel.Emergency, AlertLevel.Warning), told.await().map { it.level })
        phones.kill(online)

        val offline = phones.phone()
        offline.sync()
        val first = offline.alerts(language = Language.EN).first()
        assertEquals("Lũ quét (en)", first.title)
        assertEquals("1022", first.numbers.single().number)
        assertNull("asked about no place", first.touches)
        assertNotNull(offline.lastHeard)
    }

    @Test
    fun `each says whether it is for the place asked about`() = waiting {
        val ioc = phones.ioc()
        val phone = phones.phone(ioc.url)
        phone.sync()
        val areas = checkNotNull(phone.card()).areas
        val here = areas.first()
        val far = areas.maxBy { vn.paht.core.metresBetween(here.centre, it.centre) }
        ioc.alert("warning", "Sạt lở", here.code.text)
        phone.sync()
        assertEquals(true, phone.alerts(here.centre).single().touches)
        assertEquals(false, phone.alerts(far.centre).single().touches)
    }

    @Test
    fun `who watches is told when one has ended, without a link`() = waiting {
        val ioc = phones.ioc()
        val clock = Running()
        val phone = phones.phone(ioc.url, clock = clock)
        ioc.alert("warning", "Gió mạnh")
        phone.sync()
        val seen = phone.watch.alerts(null, Language.VI, wait = { clock.ahead = 2.hours }).take(2).toList()
        assertEquals(listOf(1, 0), seen.map { it.size })
    }

    @Test
    fun `it is read again when the first one ends, and every minute at least`() {
        val now = Instant.ofEpochSecond(1_000)
        fun until(seconds: Long) = Alert("a", AlertLevel.Notice, "", "", emptyList(), now, now.plusSeconds(seconds), emptyList(), null)
        assertEquals(20.seconds, readAgainIn(listOf(until(900), until(20)), now))
        assertEquals(1.minutes, readAgainIn(listOf(until(900)), now))
        assertEquals(1.minutes, readAgainIn(emptyList(), now))
        assertEquals("this clock is ahead of the IOC's: no hurry", 1.minutes, readAgainIn(listOf(until(-5)), now))
    }
}

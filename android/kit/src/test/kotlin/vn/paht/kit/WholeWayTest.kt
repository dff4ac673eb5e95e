package vn.paht.kit

import kotlinx.coroutines.async
import kotlinx.coroutines.flow.first
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import vn.paht.core.Cost
import vn.paht.core.DataPolicy
import vn.paht.core.EndedBy
import vn.paht.core.ErrorCode
import vn.paht.core.Means
import vn.paht.core.PartKind
import vn.paht.core.Rating
import vn.paht.core.ReportId
import vn.paht.core.Reopening
import vn.paht.core.Stage
import vn.paht.core.Until
import vn.paht.core.Way

/** Goal: what a citizen is promised holds in an app. Method: the real core in this process, a real IOC in another. */
@RunWith(RobolectricTestRunner::class)
class WholeWayTest {
    @get:Rule val phones = Phones()

    @Test
    fun `a report made without signal outlives a kill, is sent, answered and rated`() = waiting {
        val offline = phones.phone()
        val id = offline.report(words("Ổ gà sâu trước cổng trường", phones.photo()))
        val tried = offline.sync()
        assertFalse(tried.outcome.allSent)
        assertEquals(Way.Waiting, offline.show(id).line.way)
        phones.kill(offline)

        val ioc = phones.ioc()
        val phone = phones.phone(ioc.url)
        assertEquals(listOf(id), phone.list().map { it.id })
        // What the watch of links does: the wait after the failed try ends.
        phone.ask { it.networkChanged() }
        assertTrue(phone.sync(until = Until.DONE).outcome.allSent)
        val case = checkNotNull(phone.show(id).line.case).text
        if (stage(phone, id) == Stage.RECEIVED) ioc.dispatch(case)
        phone.sync()
        assertEquals(Stage.DISPATCHED, stage(phone, id))
        val agency = phone.show(id).assignments.single().agency.text

        ioc.answer(case, agency, "Đã vá mặt đường", phones.photo("after.jpg", shade = 90))
        phone.sync()
        val answer = phone.show(id).answers.single()
        assertEquals("Đã vá mặt đường", answer.text)
        phone.rate(id, Rating(answer.assignment, answer.answer, 5u, "Cảm ơn"))
        assertTrue(phone.sync(until = Until.DONE).outcome.allSent)
        assertEquals(Stage.CLOSED, stage(phone, id))

        phone.reopen(id, Reopening(answer.assignment, "Lại hỏng sau mưa"))
        assertTrue(phone.sync(until = Until.DONE).outcome.allSent)
        assertEquals(1, phone.show(id).assignments.single().reopened.toInt())
    }

    @Test
    fun `a watcher is told the state now and every later one`() = waiting {
        val ioc = phones.ioc()
        val phone = phones.phone(ioc.url)
        val id = phone.report(words("Đèn đường hỏng"))
        assertEquals(Way.Waiting, phone.watch.report(id).first().line.way)
        val whole = async { phone.watch.report(id).first { it.line.way == Way.Whole } }
        val empty = async { phone.watch.standing().first { it.allSent } }
        phone.sync(until = Until.DONE)
        assertNotNull(whole.await().line.case)
        assertEquals(0u, empty.await().waiting)
        assertEquals(Sending.Idle, phone.watch.sending.value)
    }

    @Test
    fun `where originals are not allowed everything else goes, and they follow later`() = waiting {
        val ioc = phones.ioc()
        val phone = phones.phone(ioc.url)
        phone.report(words("Cây đổ chắn ngang đường", phones.photo()))
        val first = phone.sync(until = Until.DONE, means = Means(Cost.METERED, lowBattery = false))
        assertTrue(first.originalsLeft)
        assertEquals(EndedBy.WAITING, first.outcome.endedBy)
        val left = phone.outbox()
        assertEquals("only the original is left", listOf(PartKind.Original), left.map { it.kind })
        phone.setDataPolicy(DataPolicy.FREE)
        phone.consent()
        assertTrue("a yes is none to what goes over Wi-Fi only", phone.sync(until = Until.DONE).originalsLeft)
        phone.setDataPolicy(DataPolicy.ASK)
        assertFalse("it holds for this link", phone.sync(until = Until.DONE).originalsLeft)
        assertTrue("${phone.meter()}", phone.meter().sentBytes > left.sumOf { it.bytes })
        assertTrue(phone.standing().allSent)
    }

    @Test
    fun `a key that is gone after a restore strands nothing`() = waiting {
        val before = phones.phone()
        val id = before.report(words("Nắp cống vỡ"))
        phones.kill(before)
        val ioc = phones.ioc()
        val after = phones.phone(ioc.url, keys = KeystoreKeys(MemoryShelf()))
        assertTrue(after.sync(until = Until.DONE).outcome.allSent)
        assertEquals("under the old key's signature, the IOC has it", 1, ioc.cases().size)
        assertEquals(Way.Whole, after.show(id).line.way)
        val next = after.report(words("Thêm một ổ gà"))
        assertTrue(after.sync(until = Until.DONE).outcome.allSent)
        assertNotNull(after.show(next).line.case)
    }

    @Test
    fun `what can no longer be done is refused, and keeps no other report back`() = waiting {
        val ioc = phones.ioc()
        val phone = phones.phone(ioc.url)
        val id = phone.report(words("Rác ở bờ sông"))
        phone.withdraw(id)
        val fault = runCatching { phone.comment(id, "còn đó không?") }.exceptionOrNull()
        assertTrue("$fault", fault is PahtFault.Refused)
        assertEquals(ErrorCode.ReportState, (fault as PahtFault).code)
        assertNull(phone.show(id).line.case)
        phone.report(words("Rác ở chợ"))
        assertTrue(phone.sync(until = Until.DONE).outcome.allSent)
    }

    private suspend fun stage(phone: Paht, id: ReportId) = phone.show(id).line.stage
}

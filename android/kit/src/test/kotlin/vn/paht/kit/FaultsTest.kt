package vn.paht.kit

import java.io.File
import java.util.concurrent.TimeUnit
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Assume.assumeTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import vn.paht.core.ClockReading
import vn.paht.core.ErrorCode
import vn.paht.core.Language
import vn.paht.core.PhoneClock
import vn.paht.core.ReportId

/** Goal: whatever goes wrong is one of our faults, nothing is half kept, and the app lives on. */
@RunWith(RobolectricTestRunner::class)
class FaultsTest {
    @get:Rule val phones = Phones()

    @Test
    fun `a report without a category is refused, in words`() = waiting {
        val fault = faultOf { phones.phone().report(words("Rác").copy(category = null)) }
        assertTrue("$fault", fault is PahtFault.Refused)
        assertEquals(ErrorCode.CategoryMissing, fault.code)
        assertTrue(fault.say(Language.VI).isNotBlank())
        assertTrue(fault.say(Language.VI) != fault.say(Language.EN))
    }

    @Test
    fun `a text that is no id is refused where it enters`() = waiting {
        val fault = faultOf { phones.phone().show(ReportId("../../etc/passwd")) }
        assertTrue("$fault", fault is PahtFault.Refused)
        assertTrue("says nothing of the text", "passwd" !in fault.toString() + fault.cause)
    }

    @Test
    fun `what is no photo or video is refused and nothing of it is kept`() = waiting {
        val phone = phones.phone()
        val file = File(phones.photo().parentFile, "letter.jpg").apply { writeText("không phải ảnh") }
        assertTrue(faultOf { phone.report(words("Rác", file)) } is PahtFault.File)
        assertTrue(phone.list().isEmpty())
    }

    @Test
    fun `a broken key store is a fault of its own, and the phone opens once it is mended`() = waiting {
        val broken = phones.phone(keys = NoKeys)
        val fault = faultOf { broken.list() }
        assertEquals(ErrorCode.KeyUnavailable, fault.code)
        phones.kill(broken)
        assertTrue(phones.phone().list().isEmpty())
    }

    @Test
    fun `an exception in what the platform gives is caught, and the report is kept all the same`() = waiting {
        val broken = object : PhoneClock {
            override fun now(): ClockReading = throw IllegalStateException("no clock")
        }
        val phone = phones.phone(clock = broken)
        val id = phone.report(words("Đồng hồ hỏng", phones.photo()))
        assertEquals("Đồng hồ hỏng", phone.show(id).line.text)
    }

    @Test
    fun `a panic in the core is a fault like others, and the phone goes on`() = waiting {
        val phone = phones.phone()
        assertTrue(faultOf { phone.ask { it.rehearseFault() } } is PahtFault.Internal)
        val id = phone.report(words("Ổ gà"))
        assertEquals("Ổ gà", phone.show(id).line.text)
    }

    @Test
    fun `a store that another process has open is said to be in use, and opens when that process ends`() = waiting {
        val first = phones.phone()
        first.report(words("Rác ở chợ"))
        val turnedAway = Program.start("phone", "--home", phones.home.path, "list")
        assertTrue(turnedAway.waitFor(30, TimeUnit.SECONDS))
        assertTrue("the other process is turned away", turnedAway.exitValue() != 0)
        phones.kill(first)

        val other = Program.start("phone", "--home", phones.home.path, "--ioc", Phones.NO_IOC, "sync", "--until-done")
        try {
            // Its first word comes after it has opened the store.
            other.inputStream.bufferedReader().readLine()
            val late = phones.phone()
            assertTrue(faultOf { late.list() } is PahtFault.InUse)
            other.destroyForcibly().waitFor()
            assertEquals("opened by the next call", 1, late.list().size)
        } finally {
            other.destroyForcibly()
        }
    }

    @Test
    fun `who leaves while the phone opens does not take it along`() = waiting {
        repeat(20) { round ->
            val phone = phones.phone(home = File(phones.home, "$round"))
            val leaving = launch(Dispatchers.Default) { phone.list() }
            delay(round.milliseconds)
            leaving.cancelAndJoin()
            assertTrue("after $round ms", phone.list().isEmpty())
        }
    }

    @Test
    fun `a full phone refuses a report whole, and takes it when there is room`() = waiting {
        // A disk of 64 MB (the core keeps some of it free), which only root can make.
        val disk = File(phones.photo().parentFile, "disk").apply { mkdirs() }
        assumeTrue("needs root to make a small disk", run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.path))
        try {
            val phone = phones.phone(home = File(disk, "phone"))
            phone.report(words("Trước khi đầy"))
            val filler = File(disk, "filler")
            filler.outputStream().use { out -> runCatching { while (true) out.write(ByteArray(65_536)) } }
            val fault = faultOf { phone.report(words("Lúc đầy", phones.photo())) }
            assertTrue("$fault", fault is PahtFault.StorageFull)
            assertEquals(listOf("Trước khi đầy"), phone.list().map { it.text })
            filler.delete()
            phone.report(words("Khi có chỗ", phones.photo()))
            assertEquals(2, phone.list().size)
            phones.kill(phone)
        } finally {
            run("umount", "-l", disk.path)
        }
    }

    private fun run(vararg command: String) =
        runCatching { ProcessBuilder(*command).start().waitFor() == 0 }.getOrDefault(false)

    private suspend fun faultOf(work: suspend () -> Unit): PahtFault =
        try {
            work()
            throw AssertionError("nothing was refused")
        } catch (fault: PahtFault) {
            fault
        }
}

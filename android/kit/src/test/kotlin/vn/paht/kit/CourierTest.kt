package vn.paht.kit

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import vn.paht.core.ErrorCode
import vn.paht.core.Until
import vn.paht.core.Way

/** Goal: a report goes with a neighbour where there is no network of any kind. Method: two phones, files, a real IOC. */
@RunWith(RobolectricTestRunner::class)
class CourierTest {
    @get:Rule val phones = Phones()

    @Test
    fun `a neighbour carries a report to the centre and brings the receipts back`() = waiting {
        val ioc = phones.ioc()
        val met = phones.phone(ioc.url)
        met.sync(until = Until.DONE)
        phones.kill(met)
        val far = phones.phone(Phones.NO_IOC)
        val file = File(phones.home.parentFile, "report.paht")
        assertEquals(ErrorCode.BundleEmpty, fault { far.bundle(emptyList(), file) }.code)
        val id = far.report(words("Cầu treo đứt cáp", phones.photo()))
        assertEquals(listOf(file), far.bundle(listOf(id), file))
        assertTrue("nobody has confirmed it", far.show(id).line.unconfirmed)

        val near = phones.phone(ioc.url, KeystoreKeys(MemoryShelf()), File(phones.home.parentFile, "near"))
        assertEquals(ErrorCode.BundleUnreadable, fault { near.carry(phones.photo("no-bundle.jpg")) }.code)
        near.carry(file)
        near.sync(until = Until.DONE)
        assertTrue("it is none of its own parts", near.outbox().isEmpty())
        val carried = near.carried().single()
        val receipts = File(checkNotNull(carried.receipts))

        assertEquals(ErrorCode.ReceiptsUnreadable, fault { near.accept(receipts) }.code)
        assertTrue(far.accept(receipts).delivered > 2u)
        val line = far.show(id).line
        assertEquals(Way.Whole to false, line.way to line.unconfirmed)
        assertTrue("its number came along", checkNotNull(line.case).text.startsWith("HUE-"))
        near.dropCarried(carried.hash)
        assertTrue(near.carried().isEmpty())
        assertFalse(receipts.exists())
    }

    private suspend fun fault(work: suspend () -> Unit) =
        checkNotNull(runCatching { work() }.exceptionOrNull() as? PahtFault) { "nothing was refused" }
}

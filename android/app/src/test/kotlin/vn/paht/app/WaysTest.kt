package vn.paht.app

import android.app.Activity
import android.content.ClipboardManager
import android.content.Intent
import android.graphics.Bitmap
import android.graphics.Color
import android.net.Uri
import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import vn.paht.app.detail.DetailActivity
import vn.paht.app.ways.CarriedActivity
import vn.paht.app.ways.WaysActivity
import vn.paht.core.CategoryCode
import vn.paht.core.NewReport
import vn.paht.core.ReportId
import vn.paht.core.Until
import vn.paht.core.Way
import vn.paht.kit.carried
import vn.paht.kit.sync

/** Goal: a report leaves a valley without a network. Method: the real screens and core; what they ask the system is looked at. */
@RunWith(RobolectricTestRunner::class)
class WaysTest {
    @get:Rule val phone = Phone()

    @Test
    fun `a report is written as a text message by one press, and is called unconfirmed`() {
        phone.again(card = phone.iocWithSms().card())
        val id = make("Sạt lở chắn đường", "traffic")
        open<DetailActivity>(DetailActivity.of(phone.app, id)) { screen ->
            until("the report") { screen.says("Sạt lở chắn đường") }
            screen.press(screen.say("app-queue-title"))
            screen.press(screen.say("app-ways-title"))
            assertEquals(WaysActivity::class.java.name, shadowOf(screen).nextStartedActivity.component?.className)
        }
        open<WaysActivity>(WaysActivity.of(phone.app, id)) { screen ->
            until("the message") { screen.says(screen.say("app-button-write-text")) }
            screen.press(screen.say("app-button-write-text"))
            val asked = shadowOf(screen).nextStartedActivity
            assertEquals(Intent.ACTION_SENDTO to "smsto:8175", asked.action to asked.dataString)
            assertTrue(asked.getStringExtra("sms_body"), asked.getStringExtra("sms_body")!!.startsWith("P"))
            assertTrue(screen.says(screen.say("app-sms-written")))
            until("unconfirmed") { waiting { phone.paht.show(id) }.line.unconfirmed }
        }
        open<DetailActivity>(DetailActivity.of(phone.app, id)) { screen ->
            until("it is said") { screen.says(screen.say("app-way-unconfirmed")) }
        }
    }

    @Test
    fun `what a network must not read goes by no message, and a province without a number offers none`() {
        val id = make("Xây lấn ra sông", "construction")
        open<WaysActivity>(WaysActivity.of(phone.app, id)) { screen ->
            screen.settle()
            assertFalse(screen.says(screen.say("app-sms-title")))
            assertTrue(screen.says(screen.say("app-courier-title")))
        }
        phone.again(card = phone.iocWithSms().card())
        open<WaysActivity>(WaysActivity.of(phone.app, id)) { screen ->
            until("why not") { screen.says(screen.say("fault-sms-confidential")) }
            assertFalse(screen.says(screen.say("app-button-write-text")))
        }
    }

    @Test
    fun `a phone that sends no messages gives the words to another one`() {
        phone.again(card = phone.iocWithSms().card())
        val id = make("Cầu treo đứt cáp. ".repeat(40), "traffic")
        shadowOf(phone.app).checkActivities(true)
        open<WaysActivity>(WaysActivity.of(phone.app, id)) { screen ->
            val second = screen.say("app-button-write-part", "part" to 2, "count" to 2)
            until("both messages") { screen.says(second) }
            screen.press(second)
            assertTrue(screen.says(screen.say("app-sms-no-app", "number" to "8175")))
            screen.press(screen.say("app-button-copy"))
            val copied = phone.app.getSystemService(ClipboardManager::class.java).primaryClip!!.getItemAt(0).text
            assertTrue("$copied", copied.startsWith("P") && copied.length <= 160)
            assertFalse("one of two is not all", screen.says(screen.say("app-sms-written")))
        }
    }

    @Test
    fun `a sealed report goes with a neighbour, and their receipt comes back`() {
        val ioc = phone.ioc()
        phone.again(card = ioc.card())
        val id = make("Cầu treo đứt cáp", "traffic", photo())
        val sealed = open<WaysActivity, File>(WaysActivity.of(phone.app, id)) { screen ->
            screen.press(screen.say("app-button-give-bundle"))
            until("it is sealed") { shadowOf(screen).peekNextStartedActivity() != null }
            handed(shadowOf(screen).nextStartedActivity)
        }
        assertTrue(waiting { phone.paht.show(id) }.line.unconfirmed)

        phone.swap(ioc.url, ioc.card())
        val receipts = open<CarriedActivity, File>(given(sealed)) { screen ->
            until("it is taken along") { screen.says(screen.say("app-carried-taken")) && screen.says(sealed.name) }
            waiting { phone.paht.sync(until = Until.DONE) }
            until("it is there") { screen.says(screen.say("app-carried-answered")) }
            screen.press(screen.say("app-button-give-receipts"))
            until("the receipt") { shadowOf(screen).peekNextStartedActivity() != null }
            val receipts = handed(shadowOf(screen).nextStartedActivity)
            screen.press(screen.say("app-button-stop-carrying"))
            until("nothing more") { screen.says(screen.say("app-carried-empty")) }
            receipts
        }

        phone.swap(Phone.NO_IOC, ioc.card())
        open<CarriedActivity>(given(receipts)) { screen ->
            until("it is good") { screen.says(screen.say("app-receipts-accepted", "count" to 6)) }
        }
        val line = waiting { phone.paht.show(id) }.line
        assertEquals(Way.Whole to false, line.way to line.unconfirmed)
    }

    @Test
    fun `what is no sealed file is refused in words, and nothing is carried`() {
        val other = File(phone.folder.root, "tep.pdf").apply { writeText("%PDF-1.7") }
        open<CarriedActivity>(given(other)) { screen ->
            until("why") { screen.says(screen.say("fault-bundle-unreadable")) }
            until("nothing is carried") { screen.says(screen.say("app-carried-empty")) }
        }
        val torn = File(phone.folder.root, "x.paht-receipts").apply { writeText("age-encryption.org/v1\nabc") }
        open<CarriedActivity>(given(torn)) { screen ->
            until("why") { screen.says(screen.say("fault-receipts-unreadable")) }
        }
        assertTrue(waiting { phone.paht.carried() }.isEmpty())
    }

    private fun make(text: String, category: String, photo: File? = null): ReportId =
        waiting { phone.paht.report(NewReport(listOfNotNull(photo?.path), text, CategoryCode(category))) }

    private fun photo() = File(phone.folder.root, "photo.jpg").also { file ->
        val picture = Bitmap.createBitmap(640, 480, Bitmap.Config.ARGB_8888).apply { eraseColor(Color.GRAY) }
        file.outputStream().use { picture.compress(Bitmap.CompressFormat.JPEG, 90, it) }
    }

    /** What the chosen app would read: a copy, as on the other phone. */
    private fun handed(chooser: Intent): File {
        assertEquals(Intent.ACTION_CHOOSER, chooser.action)
        val send = checkNotNull(chooser.getParcelableExtra(Intent.EXTRA_INTENT, Intent::class.java))
        assertTrue(send.flags and Intent.FLAG_GRANT_READ_URI_PERMISSION != 0)
        val address = checkNotNull(send.getParcelableExtra(Intent.EXTRA_STREAM, Uri::class.java))
        assertEquals(address, send.clipData!!.getItemAt(0).uri)
        val own = File(phone.app.noBackupFilesDir, "handed/${address.lastPathSegment}")
        return own.copyTo(File(phone.folder.root, "hand/${own.name}"))
    }

    /** As another app opens a file of its own with this one. */
    private fun given(file: File): Intent {
        val address = Uri.parse("content://bluetooth/${file.name}")
        shadowOf(phone.app.contentResolver).registerInputStreamSupplier(address) { file.inputStream() }
        return Intent(Intent.ACTION_VIEW, address).setClass(phone.app, CarriedActivity::class.java)
    }

    private inline fun <reified A : Activity> open(intent: Intent, work: (A) -> Unit) = open<A, Unit>(intent, work)

    @JvmName("openFor")
    private inline fun <reified A : Activity, T> open(intent: Intent, work: (A) -> T): T {
        Look().set()
        return Robolectric.buildActivity(A::class.java, intent).use { controller -> work(controller.setup().get()) }
    }
}

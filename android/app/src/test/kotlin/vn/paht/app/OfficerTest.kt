package vn.paht.app

import android.app.Activity
import android.app.Activity.RESULT_OK
import android.app.AlertDialog
import android.content.Intent
import android.graphics.Bitmap
import android.graphics.Color
import android.net.Uri
import android.provider.MediaStore
import android.widget.EditText
import java.io.File
import java.time.Duration
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowAlertDialog
import vn.paht.app.desk.CaseActivity
import vn.paht.app.desk.CasesActivity
import vn.paht.core.CategoryCode
import vn.paht.core.NewDeed
import vn.paht.core.NewReport
import vn.paht.core.OfficerCase
import vn.paht.core.ReportId
import vn.paht.core.Until
import vn.paht.kit.act
import vn.paht.kit.casesKept
import vn.paht.kit.cases
import vn.paht.kit.enrol
import vn.paht.kit.sync

/** Goal: an officer does the day's work without a signal, and nothing of it is lost. Method: real screens, core and IOC. */
@RunWith(RobolectricTestRunner::class)
class OfficerTest {
    @get:Rule val phone = Phone()
    private val ioc by lazy { phone.ioc() }

    @Test
    fun `an officer signs in by code once, and signs out`() {
        val id = given("Cống nghẹt")
        val code = ioc.agencyToken(ioc.dispatch(code(id)))
        list { screen ->
            signIn(screen, "no-code")
            until("refused") { screen.says(screen.say("app-officer-code-wrong")) }
            signIn(screen, code)
            until("the case") { screen.says("Cống nghẹt") }
            val files = phone.app.dataDir.walk().filter(File::isFile)
            assertEquals("the code stands in no file", emptyList<File>(), files.filter { code in it.readText(Charsets.ISO_8859_1) }.toList())
        }
        phone.again()
        list { screen ->
            until("kept, with its age") { screen.says("Cống nghẹt") && screen.says(screen.say("app-alerts-as-of", "time" to "").take(12)) }
            screen.press(screen.say("app-button-sign-out"))
            (ShadowAlertDialog.getLatestDialog() as AlertDialog).getButton(AlertDialog.BUTTON_POSITIVE).performClick()
            until("gone") { screen.isFinishing }
        }
        assertNull("the agency's cases are no longer on the phone", waiting { phone.paht.casesKept() })
        list { screen ->
            until("the code again") { screen.says(screen.say("app-officer-sign-in")) }
            assertFalse(screen.says("Cống nghẹt"))
            signIn(screen, code)
            until("needs a network") { screen.says(screen.say("app-officer-needs-network")) }
        }
    }

    @Test
    fun `begun, answered with a photo and without a network, and the citizen has it after the next one`() {
        val case = enrolled("Cống nghẹt trước chợ")
        phone.again()
        page(case) { screen ->
            until("the case") { screen.says("Cống nghẹt trước chợ") }
            screen.press(screen.say("app-button-start"))
            until("kept") { screen.says(screen.say("app-officer-will-be-sent")) }
            until("begun") { screen.seen().none { it.hasOnClickListeners() && it.label == screen.say("app-button-start") } }
            assertTrue("told before", screen.says(screen.say("app-officer-after-photo-required")))
            field(screen, "app-officer-answer-text").setText("Đã thông cống")
            screen.press(screen.say("app-button-answer"))
            until("needs a photo") { screen.says(screen.say("fault-evidence-missing")) }
            shoot(screen)
            screen.press(screen.say("app-button-answer"))
            until("kept too") { screen.says("Đã thông cống") && !screen.says(screen.say("app-officer-answer-text")) }
        }
        list { screen ->
            until("on its way") { screen.says(screen.say("app-way-waiting")) }
        }
        phone.again(ioc.url)
        assertTrue(sync().outcome.allSent)
        // The answer happened when its picture arrived, the last of what was sent: the citizen hears of it on asking next.
        sync()
        val answers = waiting { phone.paht.show(case.report) }.answers
        assertEquals(listOf("Đã thông cống" to 1), answers.map { it.text to it.evidence.size })
        list { screen -> until("nothing is left") { screen.says(screen.say("app-officer-empty")) } }
    }

    @Test
    fun `what was written and photographed outlives the process`() {
        val case = enrolled("Cống nghẹt")
        var asked: Intent? = null
        page(case) { screen ->
            until("the forms") { screen.says(screen.say("app-officer-answer-text")) }
            field(screen, "app-officer-answer-text").setText("Đã thông")
            screen.press(screen.say("app-button-after-photo"))
            asked = shadowOf(screen).peekNextStartedActivityForResult().intent
        }
        // The system ended the process while the camera was open: no state comes back, only the picture.
        phone.again()
        write(checkNotNull(asked))
        page(case) { screen ->
            until("the words") { screen.says("Đã thông") }
            assertTrue("and the photo", screen.says(screen.say("app-a11y-photo", "number" to 1, "all" to 1)))
        }
        page(case) { screen -> until("still") { screen.says(screen.say("app-a11y-photo", "number" to 1, "all" to 1)) } }
    }

    @Test
    fun `time is asked for and a case given back, each with its reason, without a network`() {
        val case = enrolled("Đèn tắt")
        phone.again()
        page(case) { screen ->
            until("the forms") { screen.says(screen.say("app-button-more-time")) }
            screen.press(screen.say("app-button-more-time"))
            last(screen, "app-button-more-time")
            until("how long?") { screen.says(screen.say("fault-deadline-period")) }
            field(screen, "app-officer-more-days").setText("3")
            last(screen, "app-button-more-time")
            until("why?") { screen.says(screen.say("fault-text-missing")) }
            field(screen, "app-officer-more-reason").setText("Chờ xe hút")
            last(screen, "app-button-more-time")
            until("kept") { screen.says("Chờ xe hút") && screen.says(screen.say("app-officer-will-be-sent")) }
            screen.press(screen.say("app-button-return"))
            field(screen, "app-officer-return-reason").setText("Không thuộc thẩm quyền")
            last(screen, "app-button-return")
            until("nothing more to do") { !screen.says(screen.say("app-officer-answer-text")) }
        }
        phone.again(ioc.url)
        sync()
        assertEquals("returned", ioc.show(case.code.text).getString("stage"))
    }

    @Test
    fun `what the centre refused is said with its reason and the ways out`() {
        val case = enrolled("Rác ở chợ")
        val tooLate = case.shares.single().due.plus(Duration.ofDays(400))
        waiting { phone.paht.act(case.report, 1u, NewDeed.AskTime(tooLate, "Mưa lớn")) }
        sync()
        page(case) { screen ->
            until("the reason") { screen.says(screen.say("fault-deadline-period")) }
            assertTrue("to be answered anew", screen.says(screen.say("app-officer-answer-text")))
            screen.press(screen.say("app-button-delete"))
            until("let go") { !screen.says("Mưa lớn") }
        }
    }

    /** A case that this phone's citizen reported, and this phone's officer has. */
    private fun enrolled(text: String): OfficerCase {
        val id = given(text)
        val agency = ioc.dispatch(code(id))
        waiting {
            phone.paht.enrol(ioc.agencyToken(agency))
            phone.paht.cases()
        }
        return waiting { checkNotNull(phone.paht.casesKept()) }.cases.single { it.report == id }
    }

    private fun given(text: String): ReportId {
        phone.again(ioc.url)
        val id = waiting { phone.paht.report(NewReport(emptyList(), text, CategoryCode("urban"))) }
        sync()
        return id
    }

    private fun sync() = waiting { phone.paht.sync(until = Until.DONE) }

    private fun code(id: ReportId) = waiting { checkNotNull(phone.paht.show(id).line.case).text }

    private fun signIn(screen: Screen, code: String) {
        until("the field") { screen.seen().any { it is EditText } }
        screen.seen().filterIsInstance<EditText>().single().setText(code)
        screen.press(screen.say("app-button-sign-in"))
    }

    /** The field under this label. */
    private fun field(screen: Screen, label: String): EditText {
        val named = screen.seen().first { it.labelFor != android.view.View.NO_ID && it.label == screen.say(label) }
        return screen.findViewById(named.labelFor)
    }

    /** Of the fold and the button in it, which are called the same, the button. */
    private fun last(screen: Screen, word: String) {
        screen.seen().last { it.hasOnClickListeners() && it.label == screen.say(word) }.performClick()
        idle()
    }

    private fun shoot(screen: Screen) {
        screen.press(screen.say("app-button-after-photo"))
        val asked = checkNotNull(shadowOf(screen).peekNextStartedActivityForResult())
        write(asked.intent)
        shadowOf(screen).receiveResult(asked.intent, RESULT_OK, null)
        idle()
    }

    /** As a camera app does: into the address that it was lent. */
    private fun write(asked: Intent) {
        val address = checkNotNull(asked.getParcelableExtra(MediaStore.EXTRA_OUTPUT, Uri::class.java))
        val picture = Bitmap.createBitmap(320, 240, Bitmap.Config.ARGB_8888).apply { eraseColor(Color.GREEN) }
        File(phone.app.noBackupFilesDir, "captures/${address.lastPathSegment}").outputStream().use { picture.compress(Bitmap.CompressFormat.JPEG, 90, it) }
    }

    private fun list(work: (CasesActivity) -> Unit) = open(Intent(phone.app, CasesActivity::class.java), work)

    private fun page(case: OfficerCase, work: (CaseActivity) -> Unit) = open(CaseActivity.of(phone.app, case), work)

    private inline fun <reified A : Activity> open(intent: Intent, work: (A) -> Unit) {
        Look().set()
        Robolectric.buildActivity(A::class.java, intent).use { controller -> work(controller.setup().get()) }
    }
}

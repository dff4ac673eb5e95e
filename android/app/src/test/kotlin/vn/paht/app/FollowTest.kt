package vn.paht.app

import android.app.Activity
import android.content.Intent
import android.graphics.Bitmap
import android.graphics.Color
import android.widget.EditText
import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import vn.paht.app.detail.DetailActivity
import vn.paht.app.detail.EditActivity
import vn.paht.app.mine.MineTab
import vn.paht.app.mine.QueueActivity
import vn.paht.core.CategoryCode
import vn.paht.core.NewReport
import vn.paht.core.ReportId
import vn.paht.core.Until
import vn.paht.core.Way
import vn.paht.kit.sync

/** Goal: what becomes of a report is shown as it is. Method: the real screens and core, a real IOC in a process beside. */
@RunWith(RobolectricTestRunner::class)
class FollowTest {
    @get:Rule val phone = Phone()

    @Test
    fun `an answered case is rated and reopened from its page`() {
        val ioc = phone.ioc()
        phone.again(ioc.url)
        val id = make("Ổ gà sâu trước cổng trường")
        sync()
        val agency = ioc.dispatch(code(id))
        ioc.begin(code(id), agency)
        ioc.answer(code(id), agency, "Đã vá mặt đường", photo())
        sync()
        open<DetailActivity>(DetailActivity.of(phone.app, id)) { screen ->
            until("the answer") { screen.says("Đã vá mặt đường") }
            screen.press(screen.say("app-grade-4"))
            screen.press(screen.say("app-button-rate"))
            until("thanks") { screen.says(screen.say("app-feedback-thanks")) }
            sync()
            until("settled") { screen.says(screen.say("app-stage-closed")) }
            val reason = screen.seen().filterIsInstance<EditText>().first()
            reason.setText("Mưa xong lại hỏng")
            screen.press(screen.say("app-button-reopen"))
            sync()
            until("reopened") { waiting { phone.paht.show(id) }.assignments.single().reopened.toInt() == 1 }
        }
    }

    @Test
    fun `a refused report is shown with its reason, is mended, and goes again`() {
        phone.again(Phone.NO_IOC, card = null)
        val id = make("Rác ở bờ sông", category = "no-such-thing")
        val ioc = phone.ioc()
        phone.again(ioc.url, card = null)
        sync()
        assertTrue(waiting { phone.paht.show(id) }.line.way is Way.NeedsYou)
        open<QueueActivity>(Intent(phone.app, QueueActivity::class.java)) { screen ->
            until("the reason") { screen.says(screen.say("fault-category-unknown")) }
            assertFalse(screen.says(screen.say("app-queue-all-sent")))
        }
        open<EditActivity>(EditActivity.of(phone.app, id)) { screen ->
            until("the categories") { screen.says("Vệ sinh môi trường") }
            screen.press("Vệ sinh môi trường")
            screen.press(screen.say("app-button-save"))
            until("done") { screen.isFinishing }
        }
        sync()
        assertNotNull(waiting { phone.paht.show(id) }.line.case)
    }

    @Test
    fun `the queue says what waits, holds it back, and lets it go`() {
        make("Đèn đường tắt")
        open<QueueActivity>(Intent(phone.app, QueueActivity::class.java)) { screen ->
            until("waiting") { screen.says(screen.say("app-part-waiting")) }
            screen.press(screen.say("app-button-hold"))
            until("held") { screen.says(screen.say("app-part-held")) }
            screen.press(screen.say("app-button-release"))
            until("waiting again") { screen.says(screen.say("app-part-waiting")) }
        }
    }

    @Test
    fun `a long list is read a page at a time`() {
        repeat(120) { make("Việc số $it") }
        Look().set()
        open<MainActivity>(MainActivity.at(phone.app, Place.Mine)) { screen ->
            val list = (screen.tab as MineTab).list
            until("the first page") { list.count == 50 }
            assertTrue(screen.says("Việc số 119"))
            // A reading still under way would forget where the list was sent.
            screen.settle()
            list.setSelection(49)
            until("the second page") { list.count == 100 }
            list.setSelection(99)
            until("all") { list.count == 120 }
            assertTrue("rows are used again", list.childCount < 15)
        }
    }

    @Test
    fun `an emergency number is one touch away, without a network`() = open<MainActivity>(MainActivity.at(phone.app, Place.Alerts)) { screen ->
        for (number in listOf("112", "113", "114", "115")) {
            screen.press(screen.say("app-button-call", "number" to number))
            assertEquals("tel:$number", shadowOf(screen).nextStartedActivity.dataString)
        }
    }

    private fun make(text: String, category: String = "traffic"): ReportId =
        waiting { phone.paht.report(NewReport(emptyList(), text, CategoryCode(category))) }

    private fun sync() = waiting { phone.paht.sync(until = Until.DONE) }

    private fun code(id: ReportId) = waiting { checkNotNull(phone.paht.show(id).line.case).text }

    private fun photo(): File = File(phone.folder.root, "after.jpg").also { file ->
        val picture = Bitmap.createBitmap(320, 240, Bitmap.Config.ARGB_8888).apply { eraseColor(Color.GREEN) }
        file.outputStream().use { picture.compress(Bitmap.CompressFormat.JPEG, 90, it) }
    }

    private inline fun <reified A : Activity> open(intent: Intent, work: (A) -> Unit) {
        Look().set()
        Robolectric.buildActivity(A::class.java, intent).use { controller -> work(controller.setup().get()) }
    }
}

package vn.paht.app

import android.app.Activity
import android.content.Intent
import android.os.Bundle
import android.widget.EditText
import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowActivity
import vn.paht.app.detail.DetailActivity
import vn.paht.app.detail.EditActivity
import vn.paht.app.mine.QueueActivity
import vn.paht.app.more.ServiceActivity
import vn.paht.app.more.SettingsActivity
import vn.paht.app.report.Draft
import vn.paht.app.report.PinActivity
import vn.paht.app.report.ReportTab
import vn.paht.core.CategoryCode
import vn.paht.core.NewReport
import vn.paht.core.ReportId
import vn.paht.core.Until
import vn.paht.kit.sync

/**
 * Goal: with "don't keep activities" on, nothing that was typed or chosen is lost. Method: every screen is destroyed as the
 * system does it when the person leaves, and made again from what it saved.
 */
@RunWith(RobolectricTestRunner::class)
class RecreatedTest {
    @get:Rule val phone = Phone()

    @Test
    fun `each place of the bar comes back`() {
        for (place in Place.entries) {
            val saved = left<MainActivity>(MainActivity.at(phone.app, Place.Report)) { it.go(place) }
            back<MainActivity>(MainActivity.at(phone.app, Place.Report), saved) { assertEquals(place, it.place) }
        }
    }

    @Test
    fun `a photo reaches the screen that was made anew while the camera was open`() {
        val photo = File(phone.folder.root, "photo.jpg").also { file ->
            val picture = android.graphics.Bitmap.createBitmap(320, 240, android.graphics.Bitmap.Config.ARGB_8888)
            file.outputStream().use { picture.compress(android.graphics.Bitmap.CompressFormat.JPEG, 90, it) }
        }
        val home = MainActivity.at(phone.app, Place.Report)
        var asked: ShadowActivity.IntentForResult? = null
        val saved = left<MainActivity>(home) { screen ->
            screen.press(screen.say("app-button-take-photo"))
            asked = shadowOf(screen).peekNextStartedActivityForResult()
            ReportFlow.write(screen, checkNotNull(asked).intent, photo)
        }
        back<MainActivity>(home, saved) { screen ->
            // The system calls what subclasses alone may call.
            shadowOf(screen).callOnActivityResult(checkNotNull(asked).requestCode, Activity.RESULT_OK, null)
            assertEquals("once, not twice", 1, (screen.tab as ReportTab).draft.files.size)
        }
    }

    @Test
    fun `the pin stays where it was pulled to`() {
        val intent = PinActivity.from(phone.app, Draft())
        val area = waiting { checkNotNull(phone.paht.card()) }.areas.last()
        val saved = left<PinActivity>(intent) { screen ->
            until("the communes") { screen.seen().any { it is android.widget.ListView } }
            val list = screen.seen().filterIsInstance<android.widget.ListView>().single()
            val at = (0 until list.count).first { list.adapter.getItem(it) == area }
            list.performItemClick(list, at, at.toLong())
        }
        back<PinActivity>(intent, saved) { screen ->
            until("the communes") { screen.seen().any { it is android.widget.ListView } }
            screen.press(screen.say("app-button-done"))
            assertEquals(area.centre.latE7, shadowOf(screen).resultIntent.getIntExtra("lat", 0))
        }
    }

    @Test
    fun `what is typed about a report is still there`() {
        val ioc = phone.ioc()
        phone.again(ioc.url)
        val id = make()
        waiting { phone.paht.sync(until = Until.DONE) }
        typed<DetailActivity>(DetailActivity.of(phone.app, id), "Vẫn còn hỏng")
        typed<EditActivity>(EditActivity.of(phone.app, id), "Ổ gà rất sâu")
    }

    @Test
    fun `what is typed about a service, and in the settings, is still there`() {
        typed<ServiceActivity>(Intent(phone.app, ServiceActivity::class.java), "Taxi 75A-123.45")
        typed<SettingsActivity>(Intent(phone.app, SettingsActivity::class.java), "Nguyễn Văn A")
    }

    @Test
    fun `the queue comes back as it is`() {
        make()
        val intent = Intent(phone.app, QueueActivity::class.java)
        val saved = left<QueueActivity>(intent) { screen -> until("the queue") { screen.says(screen.say("app-part-waiting")) } }
        back<QueueActivity>(intent, saved) { screen -> until("again") { screen.says(screen.say("app-part-waiting")) } }
    }

    @Test
    fun `a pin for a report may be left out`() {
        val intent = PinActivity.from(phone.app, Draft())
        back<PinActivity>(intent, null) { screen ->
            until("the choice") { screen.says(screen.say("app-button-no-place")) }
            for (word in listOf("app-a11y-zoom-in", "app-a11y-zoom-out")) screen.press(screen.say(word))
            screen.press(screen.say("app-button-no-place"))
            assertTrue(screen.isFinishing)
            assertEquals(vn.paht.app.report.Where.Left, PinActivity.chosen(shadowOf(screen).resultIntent))
        }
        back<PinActivity>(PinActivity.near(phone.app, null), null) { screen ->
            until("the board") { screen.says(screen.say("app-button-done")) }
            assertTrue("what needs a place", !screen.says(screen.say("app-button-no-place")))
        }
    }

    private inline fun <reified A : Activity> typed(intent: Intent, words: String) {
        val saved = left<A>(intent) { screen ->
            until("a field") { screen.seen().any { it is EditText } }
            screen.settle()
            screen.seen().filterIsInstance<EditText>().first().setText(words)
            idle()
        }
        back<A>(intent, saved) { screen ->
            until("the words on ${A::class.java.simpleName}") { screen.seen().any { (it as? EditText)?.text?.toString() == words } }
        }
    }

    private fun make(): ReportId = waiting { phone.paht.report(NewReport(emptyList(), "Ổ gà", CategoryCode("traffic"))) }

    /** The screen is used, left, and destroyed; what it saved comes back. */
    private inline fun <reified A : Activity> left(intent: Intent, work: (A) -> Unit): Bundle {
        Look().set()
        val saved = Bundle()
        Robolectric.buildActivity(A::class.java, intent).use { controller ->
            work(controller.setup().get())
            controller.pause().stop().saveInstanceState(saved)
        }
        return saved
    }

    private inline fun <reified A : Activity> back(intent: Intent, saved: Bundle?, work: (A) -> Unit) {
        Look().set()
        Robolectric.buildActivity(A::class.java, intent).use { controller ->
            work(if (saved == null) controller.setup().get() else controller.setup(saved).get())
        }
    }
}

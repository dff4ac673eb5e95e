package vn.paht.app

import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.Manifest.permission.RECORD_AUDIO
import android.content.pm.PackageManager.PERMISSION_DENIED
import android.graphics.Bitmap
import android.graphics.Color
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
import vn.paht.app.report.ReportTab

/** Goal: a report is three taps, and nothing of it is lost. Method: the real screen on the real core, a camera app of ours. */
@RunWith(RobolectricTestRunner::class)
class ReportTest {
    @get:Rule val phone = Phone()
    private val traffic = "Hạ tầng giao thông"

    @Test
    fun `camera, category, save - and the report is kept`() = shown { screen ->
        ReportFlow.photograph(screen, photo())
        screen.press(traffic)
        screen.press(screen.say("app-button-save-report"))
        until("saved") { screen.says(screen.say("app-report-saved")) }
        val made = waiting { phone.paht.list() }.single()
        assertEquals("traffic", made.category.text)
        assertEquals(1, made.captures.size)
        assertEquals("the report has its own copy", 0, captures().size)
        screen.press(screen.say("app-mine-title"))
        until("in the list") { screen.says(screen.say("app-way-waiting")) }
    }

    @Test
    fun `a draft outlives the process, whoever ends it`() {
        shown { screen ->
            ReportFlow.photograph(screen, photo())
            screen.press(traffic)
            (screen.tab as ReportTab).let { assertEquals(1, it.draft.files.size) }
            screen.seen().filterIsInstance<android.widget.EditText>().first().setText("Ổ gà sâu")
        }
        phone.again()
        shown { screen ->
            val draft = (screen.tab as ReportTab).draft
            assertEquals(listOf("traffic", "Ổ gà sâu", 1), listOf(draft.category?.text, draft.text, draft.files.size))
            assertTrue(screen.says("Ổ gà sâu"))
        }
    }

    @Test
    fun `a picture that came while the process was gone is in the draft`() {
        shown { screen ->
            screen.press(screen.say("app-button-take-photo"))
            ReportFlow.write(screen, shadowOf(screen).peekNextStartedActivityForResult().intent, photo())
        }
        phone.again()
        shown { screen -> assertEquals(1, (screen.tab as ReportTab).draft.files.size) }
    }

    @Test
    fun `after a recreation the same place and the same words are shown`() {
        Look().set()
        Robolectric.buildActivity(MainActivity::class.java).use { controller ->
            val before = controller.setup().get()
            until("the categories") { before.says(traffic) }
            before.press(traffic)
            before.go(Place.More)
            controller.recreate()
            assertEquals(Place.More, controller.get().place)
            controller.get().go(Place.Report)
            assertEquals("traffic", (controller.get().tab as ReportTab).draft.category?.text)
        }
    }

    @Test
    fun `what is missing is said where it is missing, with the way out`() = shown { screen ->
        ReportFlow.photograph(screen, photo())
        screen.press(screen.say("app-button-save-report"))
        until("the refusal") { screen.says(screen.say("fault-category-missing")) }
        assertEquals(0, waiting { phone.paht.list() }.size)
        screen.press(traffic)
        screen.press(screen.say("app-button-save-report"))
        until("saved") { screen.says(screen.say("app-report-saved")) }
    }

    @Test
    fun `a file that is no picture is told at once and does not stay`() = shown { screen ->
        val text = File(phone.folder.root, "letter.jpg").apply { writeText("no picture at all") }
        ReportFlow.photograph(screen, text)
        until("the refusal") { screen.says(screen.say("fault-media-unknown-format")) }
        assertTrue((screen.tab as ReportTab).draft.files.isEmpty())
    }

    @Test
    fun `a denied permission is told with the way round it, and saving goes on`() = shown { screen ->
        ReportFlow.photograph(screen, photo())
        until("the question") { shadowOf(screen).lastRequestedPermission != null }
        val asked = shadowOf(screen).lastRequestedPermission
        assertTrue(ACCESS_FINE_LOCATION in asked.requestedPermissions)
        screen.onRequestPermissionsResult(asked.requestCode, asked.requestedPermissions, intArrayOf(PERMISSION_DENIED, PERMISSION_DENIED))
        assertTrue(screen.says(screen.say("app-permission-location")))
        screen.press(screen.say("app-button-add-voice"))
        val voice = shadowOf(screen).lastRequestedPermission
        assertTrue(RECORD_AUDIO in voice.requestedPermissions)
        screen.onRequestPermissionsResult(voice.requestCode, voice.requestedPermissions, intArrayOf(PERMISSION_DENIED))
        assertTrue(screen.says(screen.say("app-permission-microphone")))
        screen.press(traffic)
        screen.press(screen.say("app-button-save-report"))
        until("saved") { screen.says(screen.say("app-report-saved")) }
    }

    @Test
    fun `the first screen introduces itself once`() {
        shown { screen ->
            assertTrue(screen.says(screen.say("app-tagline")))
            screen.press(screen.say("app-button-ok"))
            assertFalse(screen.says(screen.say("app-tagline")))
        }
        shown { screen -> assertFalse(screen.says(screen.say("app-tagline"))) }
    }

    private fun captures() = File(phone.app.noBackupFilesDir, "captures").listFiles().orEmpty().filter { it.extension == "jpg" }

    private fun photo(): File = File(phone.folder.root, "photo.jpg").also { file ->
        val picture = Bitmap.createBitmap(320, 240, Bitmap.Config.ARGB_8888).apply { eraseColor(Color.GRAY) }
        for (x in 0 until 320) picture.setPixel(x, x % 240, Color.rgb(x % 256, 80, 40))
        file.outputStream().use { picture.compress(Bitmap.CompressFormat.JPEG, 90, it) }
    }

    private fun shown(work: (MainActivity) -> Unit) {
        Look().set()
        Robolectric.buildActivity(MainActivity::class.java).use { controller ->
            val screen = controller.setup().get()
            until("the categories") { screen.says(traffic) }
            work(screen)
        }
    }
}

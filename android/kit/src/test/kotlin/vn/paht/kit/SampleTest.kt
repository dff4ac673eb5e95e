package vn.paht.kit

import android.app.Activity.RESULT_OK
import android.net.Uri
import android.os.Looper
import android.provider.MediaStore
import android.view.ViewGroup
import android.widget.TextView
import java.io.File
import java.time.Duration
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import vn.paht.kit.capture.CaptureFiles

/** Goal: a stranger with only the README finishes the sample. Method: its code is compiled, held to the README, and run. */
@RunWith(RobolectricTestRunner::class)
class SampleTest {
    @get:Rule val phones = Phones()

    @Test
    fun `the sample stands in the README as it is run here`() {
        val run = File("src/test/kotlin/vn/paht/kit/Sample.kt").readText()
        val blocks = BLOCK.findAll(File("README.md").readText()).map { it.groupValues[1].trimIndent() }.toList()
        assertTrue("both steps have code", blocks.size == 2)
        for (block in blocks) assertTrue("not in Sample.kt, word for word:\n$block", block in run)
    }

    @Test
    fun `a photo of the camera becomes a report that the screen shows`() {
        phones.phone()
        Robolectric.setupContentProvider(CaptureFiles::class.java, "${phones.app.packageName}.captures")
        Robolectric.buildActivity(SampleScreen::class.java).use { controller ->
            val screen = controller.setup().get()
            val asked = checkNotNull(shadowOf(screen).nextStartedActivityForResult) { "the camera was not asked" }
            val address = checkNotNull(asked.intent.getParcelableExtra(MediaStore.EXTRA_OUTPUT, Uri::class.java))
            phones.app.contentResolver.openOutputStream(address, "w")!!.use { it.write(phones.photo().readBytes()) }
            shadowOf(screen).receiveResult(asked.intent, RESULT_OK, null)
            val text = screen.findViewById<ViewGroup>(android.R.id.content).getChildAt(0) as TextView
            until { "Ổ gà trước cổng trường" in text.text }
        }
    }

    private fun until(isSo: () -> Boolean) {
        val end = System.nanoTime() + Duration.ofSeconds(30).toNanos()
        while (!isSo()) {
            check(System.nanoTime() < end) { "never" }
            shadowOf(Looper.getMainLooper()).idleFor(Duration.ofMillis(20))
            Thread.sleep(5)
        }
    }

    private companion object {
        val BLOCK = Regex("```kotlin\n(.*?)\n *```", RegexOption.DOT_MATCHES_ALL)
    }
}

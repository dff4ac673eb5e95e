package vn.paht.kit.capture

import android.app.Activity
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.provider.MediaStore
import android.provider.OpenableColumns
import java.io.FileNotFoundException
import kotlin.time.Duration.Companion.seconds
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

/** Goal: no picture is lost between the camera app and us, whatever the system ends meanwhile. */
@RunWith(RobolectricTestRunner::class)
class CameraTest {
    private val app get() = RuntimeEnvironment.getApplication()

    @Before
    fun provider() {
        Robolectric.setupContentProvider(CaptureFiles::class.java, "${app.packageName}.captures")
    }

    /** What a camera app does with what it is given. */
    private fun shoot(asked: Intent, bytes: ByteArray) {
        val address = asked.getParcelableExtra(MediaStore.EXTRA_OUTPUT, Uri::class.java)!!
        app.contentResolver.openOutputStream(address, "w")!!.use { it.write(bytes) }
    }

    @Test
    fun `a photo taken while our process was ended is found by the next one`() {
        val asked = Camera(app).ask(Shot.Photo, draft = "draft-7\nhai dòng")
        assertEquals(MediaStore.ACTION_IMAGE_CAPTURE, asked.action)
        shoot(asked, byteArrayOf(1, 2, 3))
        // Another object, as another process has: nothing is shared but the disk.
        val found = Camera(app).fetch()!!
        assertEquals("draft-7\nhai dòng", found.draft)
        assertEquals(3, found.file.length())
        assertNull("fetched once", Camera(app).fetch())
        assertTrue("the file is the caller's now", found.file.exists())
    }

    @Test
    fun `going back without a photo leaves nothing`() {
        Camera(app).ask(Shot.Photo, draft = "")
        assertNull(Camera(app).fetch())
        assertNull(Camera(app).pending())
        assertEquals(0, CaptureFiles.folder(app).list()!!.size)
    }

    @Test
    fun `asking again gives up what nobody fetched`() {
        shoot(Camera(app).ask(Shot.Photo, draft = "a"), byteArrayOf(1))
        val asked = Camera(app).ask(Shot.Video, draft = "b", longest = 30.seconds)
        assertEquals(30, asked.getIntExtra(MediaStore.EXTRA_DURATION_LIMIT, 0))
        shoot(asked, byteArrayOf(2, 2))
        assertEquals("b" to Shot.Video, Camera(app).fetch()!!.let { it.draft to it.shot })
        assertEquals(listOf("mp4"), CaptureFiles.folder(app).list()!!.map { it.substringAfterLast('.') })
    }

    /** A screen as "don't keep activities" treats it: ended whenever it is left, and made anew for the result. */
    class Asking : Activity() {
        var got: PendingShot? = null

        override fun onCreate(state: Bundle?) {
            super.onCreate(state)
            if (state == null) @Suppress("DEPRECATION") startActivityForResult(Camera(this).ask(Shot.Photo, "d"), 1)
        }

        @Deprecated("The platform's own way.")
        public override fun onActivityResult(request: Int, result: Int, data: Intent?) {
            got = Camera(this).fetch()
        }
    }

    @Test
    fun `a screen that was ended while the camera was open gets its photo`() {
        val first = Robolectric.buildActivity(Asking::class.java).setup()
        val asked = shadowOf(first.get()).nextStartedActivityForResult.intent
        val state = Bundle()
        first.pause().stop().saveInstanceState(state).destroy()
        shoot(asked, byteArrayOf(9))
        val second = Robolectric.buildActivity(Asking::class.java).setup(state).get()
        assertNull("it does not ask again", shadowOf(second).nextStartedActivityForResult)
        second.onActivityResult(1, Activity.RESULT_CANCELED, null)
        assertEquals("even where the camera app says that it was cancelled", 1L, second.got?.file?.length())
    }

    @Test
    fun `the provider lends captures and nothing else`() {
        val asked = Camera(app).ask(Shot.Photo, draft = "")
        shoot(asked, byteArrayOf(1, 2))
        val address = asked.getParcelableExtra(MediaStore.EXTRA_OUTPUT, Uri::class.java)!!
        app.contentResolver.query(address, null, null, null, null)!!.use {
            assertTrue(it.moveToFirst())
            assertEquals(2, it.getLong(it.getColumnIndexOrThrow(OpenableColumns.SIZE)))
        }
        assertEquals("image/jpeg", app.contentResolver.getType(address))
        val root = "content://${app.packageName}.captures"
        for (path in listOf("..%2Fsecret.jpg", "a/b.jpg", "../databases/x.jpg", "pending", "", "A.JPG")) {
            assertThrows(path, FileNotFoundException::class.java) {
                app.contentResolver.openInputStream(Uri.parse("$root/$path"))
            }
        }
    }
}

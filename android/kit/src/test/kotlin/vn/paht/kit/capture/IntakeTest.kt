package vn.paht.kit.capture

import android.content.ClipData
import android.content.Intent
import android.net.Uri
import android.provider.MediaStore
import java.io.ByteArrayInputStream
import kotlinx.coroutines.test.runTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Assert.fail
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import vn.paht.kit.PahtFault

/** Goal: files of other apps come in whole, and no app makes us hand out our own. */
@RunWith(RobolectricTestRunner::class)
class IntakeTest {
    private val app get() = RuntimeEnvironment.getApplication()
    private val photo = Uri.parse("content://media/external/images/media/7")

    private fun offer(address: Uri, bytes: ByteArray) =
        shadowOf(app.contentResolver).registerInputStream(address, ByteArrayInputStream(bytes))

    @Test
    fun `a file is copied byte by byte`() = runTest {
        val bytes = ByteArray(100_000) { it.toByte() }
        offer(photo, bytes)
        assertTrue(Intake(app).copy(photo).readBytes().contentEquals(bytes))
    }

    @Test
    fun `the original with its place is asked for where the person allowed it`() = runTest {
        offer(photo, byteArrayOf(1))
        offer(MediaStore.setRequireOriginal(photo), byteArrayOf(1, 2))
        assertEquals(1, Intake(app).copy(photo).length())
        offer(photo, byteArrayOf(1))
        shadowOf(app).grantPermissions(android.Manifest.permission.ACCESS_MEDIA_LOCATION)
        assertEquals(2, Intake(app).copy(photo).length())
    }

    @Test
    fun `our own files and plain paths are refused`() = runTest {
        val own = "${app.packageName}.captures"
        for (address in listOf("content://$own/a.jpg", "content://0@$own/a.jpg", "file:///data/x", "http://a/b")) {
            offer(Uri.parse(address), byteArrayOf(1))
            try {
                Intake(app).copy(Uri.parse(address))
                fail(address)
            } catch (fault: PahtFault.File) {
                assertEquals(0, CaptureFiles.folder(app).list()!!.size)
            }
        }
    }

    @Test
    fun `a picker's files come in their order, each once, and no more than asked`() {
        val result = Intent().apply {
            clipData = ClipData.newRawUri(null, Uri.parse("content://a/1"))
            for (name in listOf("2", "1", "3")) clipData!!.addItem(ClipData.Item(Uri.parse("content://a/$name")))
        }
        assertEquals(listOf("1", "2"), Picker.chosen(result, most = 2).map { it.lastPathSegment })
        assertEquals(photo, Picker.chosen(Intent().setData(photo), most = 5).single())
        assertTrue(Picker.chosen(null, most = 5).isEmpty())
    }

    @Test
    fun `what another app shares is found, and nothing in other intents`() {
        val one = Intent(Intent.ACTION_SEND).putExtra(Intent.EXTRA_STREAM, photo)
        assertEquals(listOf(photo), Picker.shared(one, most = 5))
        val many = Intent(Intent.ACTION_SEND_MULTIPLE)
            .putParcelableArrayListExtra(Intent.EXTRA_STREAM, arrayListOf(photo, photo, Uri.parse("content://a/1")))
        assertEquals(2, Picker.shared(many, most = 5).size)
        assertTrue(Picker.shared(one.setAction(Intent.ACTION_VIEW), most = 5).isEmpty())
    }

    @Test
    fun `the photo picker is asked for no more than it gives`() {
        assertEquals(MediaStore.ACTION_PICK_IMAGES, Picker.ask(5).action)
        assertTrue(Picker.ask(100_000).getIntExtra(MediaStore.EXTRA_PICK_IMAGES_MAX, 0) <= MediaStore.getPickImagesMaxLimit())
        assertTrue(!Picker.ask(1).hasExtra(MediaStore.EXTRA_PICK_IMAGES_MAX))
    }
}

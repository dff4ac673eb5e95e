package vn.paht.kit

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** Goal: a code to sign in with is of no use to who copies the files. Method: the files are read. */
@RunWith(RobolectricTestRunner::class)
class SecretsTest {
    @get:Rule val folder = TemporaryFolder()
    private val shelf = MemoryShelf()
    private fun secrets(shelf: MemoryShelf = this.shelf) = Secrets(KeystoreKeys(shelf), folder.root)
    private fun files() = folder.root.walk().filter(File::isFile).toList()

    @Test
    fun `a secret is kept, stands in no file, and is forgotten when told so`() {
        secrets()["officer"] = "mã-của-cán-bộ"
        assertEquals("mã-của-cán-bộ", secrets()["officer"])
        val kept = files().single().readBytes().decodeToString()
        assertFalse("mã-của-cán-bộ" in kept)
        secrets()["officer"] = "mã-mới"
        assertEquals("mã-mới", secrets()["officer"])
        secrets()["officer"] = null
        assertNull(secrets()["officer"])
        assertTrue(files().isEmpty())
    }

    @Test
    fun `whose key is gone or whose file is torn has no secret, and may keep one again`() {
        secrets()["officer"] = "mã"
        val restored = secrets(MemoryShelf())
        assertNull(restored["officer"])
        for (length in listOf(0, 5, 20)) {
            files().single().writeBytes(ByteArray(length))
            assertNull("$length bytes", secrets()["officer"])
        }
        restored["officer"] = "mã"
        assertEquals("mã", restored["officer"])
    }

    @Test
    fun `a broken key store keeps nothing and says so, and what was kept stays`() {
        secrets()["officer"] = "mã"
        val broken = Secrets(NoKeys, folder.root)
        assertNull(broken["officer"])
        val fault = runCatching { broken["officer"] = "khác" }.exceptionOrNull()
        assertTrue("$fault", fault is PahtFault.Refused)
        assertEquals("mã", secrets()["officer"])
    }
}

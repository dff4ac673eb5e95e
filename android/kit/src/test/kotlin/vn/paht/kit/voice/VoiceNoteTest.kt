package vn.paht.kit.voice

import android.Manifest.permission.RECORD_AUDIO
import android.media.MediaRecorder
import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

@RunWith(RobolectricTestRunner::class)
class VoiceNoteTest {
    private val app get() = RuntimeEnvironment.getApplication()

    /** A recorder that hears nothing; what it would write is written by the test. */
    private class Deaf(private val fails: Boolean = false) : MediaRecorder(RuntimeEnvironment.getApplication()) {
        var file: File? = null
        var bits = 0
        var bytesMax = 0L

        override fun setOutputFile(path: String) {
            // As the real one does when it is prepared, before a sound is heard.
            file = File(path).apply { createNewFile() }
            super.setOutputFile(path)
        }

        override fun setAudioEncodingBitRate(rate: Int) {
            bits = rate
            super.setAudioEncodingBitRate(rate)
        }

        override fun setMaxFileSize(bytes: Long) {
            bytesMax = bytes
            super.setMaxFileSize(bytes)
        }

        override fun start() = if (fails) throw IllegalStateException("taken") else super.start()
    }

    private fun allow() = shadowOf(app).grantPermissions(RECORD_AUDIO)

    @Test
    fun `without leave nothing is recorded`() {
        assertEquals(Recorded.NotAllowed, VoiceNote(app) { throw AssertionError("asked all the same") }.start {})
    }

    @Test
    fun `thirty seconds fit into forty kilobytes`() {
        allow()
        val recorder = Deaf()
        val note = VoiceNote(app) { recorder }
        assertNull(note.start {})
        assertTrue(recorder.bits / 8 * 30 <= VoiceNote.BYTES_MAX * 9 / 10)
        assertEquals(VoiceNote.BYTES_MAX, recorder.bytesMax)
        recorder.file!!.writeBytes(ByteArray(33_000))
        assertEquals(33_000L, (note.stop() as Recorded.Note).file.length())
        assertEquals(Recorded.Nothing, note.stop())
    }

    @Test
    fun `a taken microphone or an empty note leaves no file`() {
        allow()
        val taken = Deaf(fails = true)
        assertEquals(Recorded.Nothing, VoiceNote(app) { taken }.start {})
        assertTrue(!taken.file!!.exists())
        val silent = Deaf()
        val note = VoiceNote(app) { silent }
        note.start {}
        assertEquals(Recorded.Nothing, note.stop())
        assertTrue(!silent.file!!.exists())
    }
}

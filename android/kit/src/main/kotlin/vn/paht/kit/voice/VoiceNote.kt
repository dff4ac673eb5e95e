package vn.paht.kit.voice

import android.Manifest.permission.RECORD_AUDIO
import android.content.Context
import android.media.MediaRecorder
import android.os.Build
import java.io.File
import java.io.IOException
import java.util.UUID
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import vn.paht.kit.isGranted

/** How a note can end or not begin. */
sealed interface Recorded {
    /** A note of at most [VoiceNote.BYTES_MAX]; the caller's to keep or delete. */
    data class Note(val file: File) : Recorded

    /** The person has not allowed the microphone. */
    data object NotAllowed : Recorded

    /** Another app has the microphone, or nothing was said long enough to be a file. */
    data object Nothing : Recorded
}

/**
 * Records a spoken note that fits a thin link: 30 s in at most 40 kB, which is speech at some 9 kbit/s. Opus from
 * Android 10 on, AMR-WB before; AAC would need twice the bytes. Has never run on a device.
 */
class VoiceNote(private val context: Context, private val make: (Context) -> MediaRecorder = ::recorder) {
    private class Running(val recorder: MediaRecorder, val file: File)

    private var running: Running? = null

    val isRecording: Boolean get() = running != null

    /**
     * Begins. Absent when it did; otherwise why not. [full] is called on the main thread when time or bytes are used up:
     * the note is then complete, and [stop] gives it.
     */
    fun start(full: () -> Unit): Recorded? {
        if (!context.isGranted(RECORD_AUDIO)) return Recorded.NotAllowed
        stop()
        val file = File(context.noBackupFilesDir, "captures/${UUID.randomUUID()}.${format.ending}")
        file.parentFile?.mkdirs()
        val recorder = make(context)
        return try {
            prepare(recorder, file, full)
            recorder.start()
            running = Running(recorder, file)
            null
        } catch (_: IOException) {
            giveUp(recorder, file)
        } catch (_: RuntimeException) {
            // The microphone is taken: the platform says so by IllegalStateException or worse.
            giveUp(recorder, file)
        }
    }

    /** Ends, and gives what was said. */
    fun stop(): Recorded {
        val ended = running ?: return Recorded.Nothing
        running = null
        val isWhole = try {
            ended.recorder.stop()
            true
        } catch (_: RuntimeException) {
            // Stopped before a first sound was kept.
            false
        }
        ended.recorder.release()
        return if (isWhole && ended.file.length() in 1..BYTES_MAX) Recorded.Note(ended.file) else drop(ended.file)
    }

    private fun prepare(recorder: MediaRecorder, file: File, full: () -> Unit) {
        recorder.setAudioSource(MediaRecorder.AudioSource.MIC)
        recorder.setOutputFormat(format.container)
        recorder.setAudioEncoder(format.encoder)
        recorder.setAudioChannels(1)
        recorder.setAudioSamplingRate(SAMPLES_PER_SECOND)
        recorder.setAudioEncodingBitRate(BITS_PER_SECOND)
        recorder.setMaxDuration(LONGEST.inWholeMilliseconds.toInt())
        recorder.setMaxFileSize(BYTES_MAX)
        recorder.setOutputFile(file.path)
        recorder.setOnInfoListener { _, what, _ ->
            if (what == MediaRecorder.MEDIA_RECORDER_INFO_MAX_DURATION_REACHED ||
                what == MediaRecorder.MEDIA_RECORDER_INFO_MAX_FILESIZE_REACHED
            ) {
                full()
            }
        }
        recorder.prepare()
    }

    private fun giveUp(recorder: MediaRecorder, file: File): Recorded {
        recorder.release()
        return drop(file)
    }

    private fun drop(file: File): Recorded {
        file.delete()
        return Recorded.Nothing
    }

    private class Format(val container: Int, val encoder: Int, val ending: String)

    private val format =
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q) {
            Format(MediaRecorder.OutputFormat.OGG, MediaRecorder.AudioEncoder.OPUS, "ogg")
        } else {
            Format(MediaRecorder.OutputFormat.AMR_WB, MediaRecorder.AudioEncoder.AMR_WB, "amr")
        }

    companion object {
        val LONGEST: Duration = 30.seconds

        /** Largest note, in bytes. */
        const val BYTES_MAX = 40_000L

        /** 30 s at this rate are 33.2 kB; the rest is for the container. */
        private const val BITS_PER_SECOND = 8_850
        private const val SAMPLES_PER_SECOND = 16_000

        private fun recorder(context: Context) =
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) MediaRecorder(context)
            else @Suppress("DEPRECATION") MediaRecorder()
    }
}

package vn.paht.kit.capture

import android.media.MediaCodec
import android.media.MediaCodecInfo
import android.media.MediaCodecList
import android.media.MediaExtractor
import android.media.MediaFormat
import android.media.MediaMuxer
import java.io.File
import java.io.IOException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.withContext
import kotlin.coroutines.coroutineContext

/** Makes a smaller film of a film, for a person who wants a long one sent over a thin link. */
interface Transcoder {
    /**
     * A film of the same pictures and sound at about [bitsPerSecond], at [to]. False where it cannot be made here or would
     * not be smaller; [to] does not exist then. The original is only read: it is still what counts as evidence.
     */
    suspend fun shrink(from: File, to: File, bitsPerSecond: Int): Boolean
}

/**
 * By the phone's own codecs, the decoder drawing straight onto the encoder's surface, so that no picture passes through
 * our memory. Size and turn of the picture stay. Device-only, and has never run on one: Robolectric has no codecs.
 */
class CodecTranscoder : Transcoder {
    override suspend fun shrink(from: File, to: File, bitsPerSecond: Int): Boolean = withContext(Dispatchers.IO) {
        val isMade = try {
            Film(from, to, bitsPerSecond).use { film ->
                while (film.step()) coroutineContext.ensureActive()
                film.isWhole
            }
        } catch (_: IOException) {
            false
        } catch (_: IllegalStateException) {
            // MediaCodec.CodecException among them: the codec was taken from us, or does not know the format.
            false
        } catch (_: IllegalArgumentException) {
            false
        }
        val isSmaller = isMade && to.length() < from.length()
        if (!isSmaller) to.delete()
        isSmaller
    }
}

/** One film under work: pictures are coded anew, sound is copied. */
private class Film(from: File, to: File, bitsPerSecond: Int) : AutoCloseable {
    private val pictures = MediaExtractor().apply { setDataSource(from.path) }
    private val sound = MediaExtractor().apply { setDataSource(from.path) }
    private val format = checkNotNull(pictures.choose("video/")) { "no pictures" }
    private val soundFormat = sound.choose("audio/")
    private val muxer = MediaMuxer(to.path, MediaMuxer.OutputFormat.MUXER_OUTPUT_MPEG_4)
    private val encoder = encoder(bitsPerSecond)
    private val surface = encoder.createInputSurface()
    private val decoder = MediaCodec.createDecoderByType(format.getString(MediaFormat.KEY_MIME)!!)
    private val info = MediaCodec.BufferInfo()
    private var pictureTrack = -1
    private var soundTrack = -1

    /** The last picture is written, and all of the sound. */
    var isWhole = false
        private set

    init {
        decoder.configure(format, surface, null, 0)
        encoder.start()
        decoder.start()
    }

    /** Does a little; false at the end. */
    fun step(): Boolean {
        feed()
        draw()
        write()
        return !isWhole
    }

    private fun feed() {
        val index = decoder.dequeueInputBuffer(PATIENCE_US)
        if (index < 0) return
        val size = pictures.readSampleData(decoder.getInputBuffer(index)!!, 0)
        if (size < 0) {
            decoder.queueInputBuffer(index, 0, 0, 0, MediaCodec.BUFFER_FLAG_END_OF_STREAM)
        } else {
            decoder.queueInputBuffer(index, 0, size, pictures.sampleTime, 0)
            pictures.advance()
        }
    }

    private fun draw() {
        val index = decoder.dequeueOutputBuffer(info, PATIENCE_US)
        if (index < 0) return
        decoder.releaseOutputBuffer(index, info.presentationTimeUs * NANOS_PER_MICRO)
        if (info.flags and MediaCodec.BUFFER_FLAG_END_OF_STREAM != 0) encoder.signalEndOfInputStream()
    }

    private fun write() {
        val index = encoder.dequeueOutputBuffer(info, PATIENCE_US)
        if (index == MediaCodec.INFO_OUTPUT_FORMAT_CHANGED) begin()
        if (index < 0) return
        val isSetUp = info.flags and MediaCodec.BUFFER_FLAG_CODEC_CONFIG != 0
        if (info.size > 0 && !isSetUp) muxer.writeSampleData(pictureTrack, encoder.getOutputBuffer(index)!!, info)
        encoder.releaseOutputBuffer(index, false)
        if (info.flags and MediaCodec.BUFFER_FLAG_END_OF_STREAM != 0) {
            copySound()
            muxer.stop()
            isWhole = true
        }
    }

    private fun begin() {
        pictureTrack = muxer.addTrack(encoder.outputFormat)
        soundFormat?.let { soundTrack = muxer.addTrack(it) }
        if (format.containsKey(MediaFormat.KEY_ROTATION)) muxer.setOrientationHint(format.getInteger(MediaFormat.KEY_ROTATION))
        muxer.start()
    }

    private fun copySound() {
        if (soundTrack < 0) return
        val buffer = java.nio.ByteBuffer.allocate(SOUND_SAMPLE_BYTES_MAX)
        while (true) {
            val size = sound.readSampleData(buffer, 0)
            if (size < 0) return
            val isKey = if (sound.sampleFlags and MediaExtractor.SAMPLE_FLAG_SYNC != 0) MediaCodec.BUFFER_FLAG_KEY_FRAME else 0
            info.set(0, size, sound.sampleTime, isKey)
            muxer.writeSampleData(soundTrack, buffer, info)
            sound.advance()
        }
    }

    private fun encoder(bitsPerSecond: Int): MediaCodec {
        val (width, height) = format.getInteger(MediaFormat.KEY_WIDTH) to format.getInteger(MediaFormat.KEY_HEIGHT)
        val wanted = MediaFormat.createVideoFormat(MediaFormat.MIMETYPE_VIDEO_AVC, width, height)
        wanted.setInteger(MediaFormat.KEY_COLOR_FORMAT, MediaCodecInfo.CodecCapabilities.COLOR_FormatSurface)
        wanted.setInteger(MediaFormat.KEY_BIT_RATE, bitsPerSecond)
        wanted.setInteger(MediaFormat.KEY_I_FRAME_INTERVAL, SECONDS_PER_KEY_FRAME)
        val name = checkNotNull(MediaCodecList(MediaCodecList.REGULAR_CODECS).findEncoderForFormat(wanted)) { "no encoder" }
        // Not before: the search for an encoder may not be given a frame rate on old systems.
        wanted.setInteger(MediaFormat.KEY_FRAME_RATE, FRAMES_PER_SECOND)
        return MediaCodec.createByCodecName(name).apply {
            configure(wanted, null, null, MediaCodec.CONFIGURE_FLAG_ENCODE)
        }
    }

    override fun close() {
        decoder.release()
        encoder.release()
        surface.release()
        muxer.release()
        pictures.release()
        sound.release()
    }

    private companion object {
        const val PATIENCE_US = 5_000L
        const val NANOS_PER_MICRO = 1_000
        const val SOUND_SAMPLE_BYTES_MAX = 1 shl 18
        const val SECONDS_PER_KEY_FRAME = 2
        const val FRAMES_PER_SECOND = 30
    }
}

/** Turns to the first track of that kind, and gives its format. */
private fun MediaExtractor.choose(kind: String): MediaFormat? {
    for (track in 0 until trackCount) {
        val format = getTrackFormat(track)
        if (format.getString(MediaFormat.KEY_MIME)?.startsWith(kind) == true) {
            selectTrack(track)
            return format
        }
    }
    return null
}

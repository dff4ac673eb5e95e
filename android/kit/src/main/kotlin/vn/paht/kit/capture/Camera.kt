package vn.paht.kit.capture

import android.content.ClipData
import android.content.Context
import android.content.Intent
import android.provider.MediaStore
import java.io.File
import java.util.UUID
import kotlin.time.Duration

/** What is asked of the camera app. */
enum class Shot(internal val action: String, internal val ending: String) {
    Photo(MediaStore.ACTION_IMAGE_CAPTURE, "jpg"),
    Video(MediaStore.ACTION_VIDEO_CAPTURE, "mp4"),
}

/** A picture on its way from the camera app. [draft] is the caller's own word for what it belongs to. */
data class PendingShot(val shot: Shot, val file: File, val draft: String)

/**
 * Photos and videos by the phone's own camera app: it needs no permission and is the camera that the person knows.
 *
 * On small phones the system ends our process while the camera is open. So what was asked is written down before, and
 * found again by whoever comes first: the screen that gets the result, or the next start of the app.
 */
class Camera(private val context: Context) {
    private val record = File(CaptureFiles.folder(context), "pending")

    /**
     * The intent for `startActivityForResult`. `ActivityNotFoundException` there means that the phone has no camera app.
     * A shot asked before and never fetched is given up.
     */
    fun ask(shot: Shot, draft: String, longest: Duration? = null): Intent {
        pending()?.file?.delete()
        val file = File(CaptureFiles.folder(context), "${UUID.randomUUID()}.${shot.ending}")
        write(PendingShot(shot, file, draft))
        val address = CaptureFiles.address(context, file)
        val lend = Intent.FLAG_GRANT_WRITE_URI_PERMISSION or Intent.FLAG_GRANT_READ_URI_PERMISSION
        return Intent(shot.action).apply {
            putExtra(MediaStore.EXTRA_OUTPUT, address)
            longest?.let { putExtra(MediaStore.EXTRA_DURATION_LIMIT, it.inWholeSeconds.toInt()) }
            // Without the clip some camera apps get no right to write.
            clipData = ClipData.newRawUri(null, address)
            addFlags(lend)
        }
    }

    /** What was asked and not fetched yet. */
    fun pending(): PendingShot? {
        val lines = if (record.isFile) record.readLines() else return null
        val shot = Shot.entries.find { it.name == lines.getOrNull(0) } ?: return null
        val name = lines.getOrNull(1) ?: return null
        return PendingShot(shot, File(CaptureFiles.folder(context), name), lines.drop(2).joinToString("\n"))
    }

    /**
     * The shot that was asked, if the camera app has written it; it is the caller's from here on. Absent where the
     * person went back. The result code is not asked for: some camera apps say "cancelled" after a good picture.
     */
    fun fetch(): PendingShot? {
        val pending = pending() ?: return null
        record.delete()
        if (pending.file.length() > 0) return pending
        pending.file.delete()
        return null
    }

    /** Whole or not at all: a torn record would lose the picture it names. */
    private fun write(pending: PendingShot) {
        val fresh = File(record.path + ".new")
        fresh.writeText("${pending.shot.name}\n${pending.file.name}\n${pending.draft}")
        check(fresh.renameTo(record)) { "the record of the shot cannot be written" }
    }
}

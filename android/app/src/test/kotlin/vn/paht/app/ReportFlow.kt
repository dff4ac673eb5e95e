package vn.paht.app

import android.app.Activity.RESULT_OK
import android.content.Intent
import android.net.Uri
import android.provider.MediaStore
import java.io.File
import org.robolectric.Shadows.shadowOf

/** What a person does to make a report, with a camera app that takes the given photo. */
object ReportFlow {
    fun photograph(screen: MainActivity, photo: File) {
        screen.press(screen.say("app-button-take-photo"))
        receive(screen, photo)
    }

    /** The camera that was asked for gives this photo. */
    fun receive(screen: Screen, photo: File) {
        val asked = checkNotNull(shadowOf(screen).peekNextStartedActivityForResult()) { "the camera was not asked" }
        write(screen, asked.intent, photo)
        shadowOf(screen).receiveResult(asked.intent, RESULT_OK, null)
        idle()
    }

    /** As a camera app does: into the address that it was lent. */
    fun write(screen: Screen, asked: Intent, photo: File) {
        val address = checkNotNull(asked.getParcelableExtra(MediaStore.EXTRA_OUTPUT, Uri::class.java))
        val file = File(screen.noBackupFilesDir, "captures/${address.lastPathSegment}")
        photo.copyTo(file, overwrite = true)
    }
}

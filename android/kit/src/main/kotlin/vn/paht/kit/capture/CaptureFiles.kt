package vn.paht.kit.capture

import android.content.Context
import android.net.Uri
import java.io.File
import vn.paht.kit.LentFiles

/** Lends single files of the captures' folder to the camera app, which writes the picture there. */
class CaptureFiles : LentFiles(Regex("[a-z0-9-]{1,64}\\.(jpg|mp4|bin)")) {
    override fun folder(context: Context) = Companion.folder(context)

    override fun getType(uri: Uri) = if (file(uri).extension == "mp4") "video/mp4" else "image/jpeg"

    internal companion object {
        /** Out of backups: what is here is either in a report already, or a picture nobody decided to keep. */
        fun folder(context: Context): File = File(context.noBackupFilesDir, "captures").apply { mkdirs() }

        fun address(context: Context, file: File): Uri = address(context, "captures", file)
    }
}

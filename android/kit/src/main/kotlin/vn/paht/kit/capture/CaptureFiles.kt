package vn.paht.kit.capture

import android.content.ContentProvider
import android.content.ContentValues
import android.content.Context
import android.database.Cursor
import android.database.MatrixCursor
import android.net.Uri
import android.os.ParcelFileDescriptor
import android.provider.OpenableColumns
import java.io.File
import java.io.FileNotFoundException

/**
 * Lends single files of the captures' folder to the camera app, which writes the picture there. Nothing else of the
 * app is in reach: a name is one word, and only who was given the address may open it.
 */
class CaptureFiles : ContentProvider() {
    override fun onCreate() = true

    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor =
        ParcelFileDescriptor.open(file(uri), ParcelFileDescriptor.parseMode(mode))

    override fun query(
        uri: Uri,
        projection: Array<out String>?,
        selection: String?,
        arguments: Array<out String>?,
        order: String?,
    ): Cursor {
        val file = file(uri)
        val columns = projection ?: arrayOf(OpenableColumns.DISPLAY_NAME, OpenableColumns.SIZE)
        val values = columns.map {
            when (it) {
                OpenableColumns.DISPLAY_NAME -> file.name
                OpenableColumns.SIZE -> file.length()
                else -> null
            }
        }
        return MatrixCursor(columns).apply { addRow(values) }
    }

    override fun getType(uri: Uri) = if (file(uri).extension == "mp4") "video/mp4" else "image/jpeg"

    private fun file(uri: Uri): File {
        val context = checkNotNull(context)
        val name = uri.pathSegments.singleOrNull()?.takeIf(NAME::matches)
        return name?.let { File(folder(context), it) } ?: throw FileNotFoundException("no capture of that name")
    }

    override fun insert(uri: Uri, values: ContentValues?): Uri = throw UnsupportedOperationException()

    override fun update(uri: Uri, values: ContentValues?, where: String?, arguments: Array<out String>?): Int =
        throw UnsupportedOperationException()

    override fun delete(uri: Uri, where: String?, arguments: Array<out String>?): Int =
        throw UnsupportedOperationException()

    internal companion object {
        private val NAME = Regex("[a-z0-9-]{1,64}\\.(jpg|mp4|bin)")

        /** Out of backups: what is here is either in a report already, or a picture nobody decided to keep. */
        fun folder(context: Context): File = File(context.noBackupFilesDir, "captures").apply { mkdirs() }

        fun address(context: Context, file: File): Uri =
            Uri.Builder().scheme("content").authority("${context.packageName}.captures").appendPath(file.name).build()
    }
}

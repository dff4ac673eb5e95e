package vn.paht.kit

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
 * Lends single files of one folder to who was given their address. Nothing else of the app is in reach: a name is one
 * word of the form [names], and only who was given the address may open it.
 */
abstract class LentFiles(private val names: Regex) : ContentProvider() {
    protected abstract fun folder(context: Context): File

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

    protected fun file(uri: Uri): File {
        val context = checkNotNull(context)
        val name = uri.pathSegments.singleOrNull()?.takeIf(names::matches)
        return name?.let { File(folder(context), it) } ?: throw FileNotFoundException("no file of that name")
    }

    override fun insert(uri: Uri, values: ContentValues?): Uri = throw UnsupportedOperationException()

    override fun update(uri: Uri, values: ContentValues?, where: String?, arguments: Array<out String>?): Int =
        throw UnsupportedOperationException()

    override fun delete(uri: Uri, where: String?, arguments: Array<out String>?): Int =
        throw UnsupportedOperationException()

    internal companion object {
        fun address(context: Context, authority: String, file: File): Uri =
            Uri.Builder().scheme("content").authority("${context.packageName}.$authority").appendPath(file.name).build()
    }
}

package vn.paht.kit.carry

import android.content.Context
import android.net.Uri
import android.os.ParcelFileDescriptor
import java.io.File
import java.io.FileNotFoundException
import vn.paht.kit.LentFiles

/** Lends what is handed to a neighbour, sealed reports and receipts, to the app that carries it over. To read alone. */
class HandedFiles : LentFiles(Regex("[a-z0-9-]{1,80}\\.(paht|paht-receipts)")) {
    override fun folder(context: Context) = Companion.folder(context)

    override fun getType(uri: Uri) = TYPE

    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor {
        if (mode != "r") throw FileNotFoundException("only to be read")
        return super.openFile(uri, mode)
    }

    internal companion object {
        /** What every app that hands files over takes. */
        const val TYPE = "application/octet-stream"

        /** Out of backups: sealed, and of no use a day later. */
        fun folder(context: Context): File = File(context.noBackupFilesDir, "handed").apply { mkdirs() }

        fun address(context: Context, file: File): Uri = address(context, "handed", file)
    }
}

package vn.paht.kit.capture

import android.Manifest.permission.ACCESS_MEDIA_LOCATION
import android.content.ContentResolver
import android.content.Context
import android.net.Uri
import android.os.Build
import android.provider.MediaStore
import java.io.File
import java.io.FileNotFoundException
import java.io.IOException
import java.io.InputStream
import java.util.UUID
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import vn.paht.kit.PahtFault
import vn.paht.kit.isGranted

/**
 * Copies what another app offers into a file of ours, byte by byte, since the right to read it ends with the screen.
 * The copy is the caller's: delete it once the report is made, for the report keeps one of its own.
 */
class Intake(private val context: Context) {
    /**
     * The file behind [address]. Its place and time are kept where the person allowed `ACCESS_MEDIA_LOCATION`.
     *
     * Throws [PahtFault.File] where there is nothing to read, [PahtFault.StorageFull] where it does not fit.
     */
    suspend fun copy(address: Uri): File = withContext(Dispatchers.IO) {
        refuseOwn(address)
        val file = File(CaptureFiles.folder(context), "${UUID.randomUUID()}.bin")
        try {
            open(address).use { from -> file.outputStream().use { to -> from.copyTo(to) } }
            file
        } catch (error: IOException) {
            file.delete()
            throw if (isFull(file)) PahtFault.StorageFull() else PahtFault.unreadable(error)
        } catch (error: SecurityException) {
            file.delete()
            throw PahtFault.unreadable(error)
        }
    }

    /** Another app must not make us send our own files: only content is taken, and none of ours. */
    private fun refuseOwn(address: Uri) {
        val authority = address.authority.orEmpty()
        val isOwn = authority.substringAfter('@').startsWith(context.packageName)
        if (address.scheme != ContentResolver.SCHEME_CONTENT || isOwn) throw PahtFault.unreadable(null)
    }

    private fun open(address: Uri): InputStream {
        val original = original(address)
        val stream = if (original == null) null else tryOpen(original)
        return stream ?: context.contentResolver.openInputStream(address) ?: throw FileNotFoundException()
    }

    /** The address that gives the file with its place, which Android cuts out otherwise. */
    private fun original(address: Uri): Uri? {
        val isAsked = Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q && address.authority == MediaStore.AUTHORITY
        return if (isAsked && context.isGranted(ACCESS_MEDIA_LOCATION)) MediaStore.setRequireOriginal(address) else null
    }

    /** The photo picker's own addresses refuse it, each version with another exception. */
    private fun tryOpen(original: Uri): InputStream? =
        try {
            context.contentResolver.openInputStream(original)
        } catch (_: IOException) {
            null
        } catch (_: RuntimeException) {
            null
        }

    private fun isFull(file: File) = (file.parentFile?.usableSpace ?: 0) < FULL_BYTES

    private companion object {
        /** Less than this is full: the system keeps some for itself. */
        const val FULL_BYTES = 1_000_000L
    }
}

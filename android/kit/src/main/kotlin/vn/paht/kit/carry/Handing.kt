package vn.paht.kit.carry

import android.content.ClipData
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.provider.OpenableColumns
import java.io.File
import java.io.IOException
import java.util.UUID
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import vn.paht.core.Carried
import vn.paht.core.ReportId
import vn.paht.core.TakenIn
import vn.paht.kit.Paht
import vn.paht.kit.PahtFault
import vn.paht.kit.bundle
import vn.paht.kit.capture.Intake
import vn.paht.kit.takeIn

/** From hand to hand: sealed reports to a neighbour, theirs to this phone, and the receipts on their way back. */
class Handing(private val context: Context, private val paht: Paht = Paht.of(context)) {
    /** Seals this report, with its pictures, in files to [share]. Throws as [bundle] does. */
    suspend fun seal(id: ReportId): List<File> {
        val into = withContext(Dispatchers.IO) { fresh("phan-anh-${word(id.text)}.paht") }
        return paht.bundle(listOf(id), into)
    }

    /** The receipts of what was carried, as a file to [share]; `null` before the IOC has answered. */
    suspend fun receipts(carried: Carried): File? = withContext(Dispatchers.IO) {
        val kept = carried.receipts?.let(::File)?.takeIf(File::isFile) ?: return@withContext null
        try {
            kept.copyTo(fresh("bien-nhan-${word(carried.hash.text)}.$RECEIPTS"), overwrite = true)
        } catch (error: IOException) {
            throw PahtFault.StorageFull(error)
        }
    }

    /** The intent that lets the person choose how these files go over: Bluetooth, nearby sharing, a messenger. */
    fun share(files: List<File>): Intent {
        val addresses = ArrayList(files.map { HandedFiles.address(context, it) })
        val send = if (addresses.size == 1) {
            Intent(Intent.ACTION_SEND).putExtra(Intent.EXTRA_STREAM, addresses.single())
        } else {
            Intent(Intent.ACTION_SEND_MULTIPLE).putParcelableArrayListExtra(Intent.EXTRA_STREAM, addresses)
        }
        // The right to read travels with the clip alone, through the system's list of apps.
        send.clipData = ClipData.newRawUri(null, addresses.first()).apply { addresses.drop(1).forEach { addItem(ClipData.Item(it)) } }
        return send.setType(HandedFiles.TYPE).addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
    }

    /** Takes in what somebody handed over, whichever it is. Throws as [takeIn] does. */
    suspend fun take(address: Uri): TakenIn {
        val copy = Intake(context).copy(address)
        val named = withContext(Dispatchers.IO) { rename(copy, nameOf(address)) }
        try {
            return paht.takeIn(named)
        } finally {
            withContext(Dispatchers.IO) { named.parentFile?.deleteRecursively() }
        }
    }

    /** Under its own name, in a folder of its own: the name tells people which file it is, and receipts from reports. */
    private fun rename(copy: File, name: String): File {
        val folder = File(HandedFiles.folder(context), UUID.randomUUID().toString()).apply { mkdirs() }
        return File(folder, name).also { if (!copy.renameTo(it)) throw PahtFault.unreadable(null) }
    }

    private fun nameOf(address: Uri): String {
        val columns = arrayOf(OpenableColumns.DISPLAY_NAME)
        val said = try {
            context.contentResolver.query(address, columns, null, null, null)?.use { if (it.moveToFirst()) it.getString(0) else null }
        } catch (_: RuntimeException) {
            // Other apps' providers throw what they like; a name is not worth it.
            null
        }
        val name = (said ?: address.lastPathSegment).orEmpty().substringAfterLast('/')
        return name.filter { it.isLetterOrDigit() || it in " ._-" }.trim('.', ' ').takeLast(NAME_LENGTH).ifBlank { "tep.paht" }
    }

    /** What was handed over before is of no use any more: the person shares again what did not arrive. */
    private fun fresh(name: String): File {
        val folder = HandedFiles.folder(context)
        val old = System.currentTimeMillis() - KEPT_MS
        folder.listFiles().orEmpty().filter { it.lastModified() < old }.forEach { it.deleteRecursively() }
        return File(folder, name)
    }

    private fun word(id: String) = id.lowercase().filter { it in 'a'..'z' || it in '0'..'9' }.take(8)

    private companion object {
        const val RECEIPTS = "paht-receipts"
        const val NAME_LENGTH = 80
        const val KEPT_MS = 86_400_000L
    }
}

package vn.paht.app.nearby

import android.content.Context
import java.io.File
import java.io.IOException
import java.net.HttpURLConnection
import java.net.URL
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import vn.paht.app.R
import vn.paht.core.CaseCode
import vn.paht.core.Sha256

/** The centre's public pages, read as a browser would: nothing of the person's goes along. */
class PublicPages(context: Context, val base: String) {
    private val folder = File(context.cacheDir, "public").apply { mkdirs() }

    /** Where everybody can follow a case. */
    fun page(code: CaseCode) = "$base/c/${code.text}"

    /** A public picture of a case; absent where it cannot be had now. A hash names what never changes: read once. */
    suspend fun picture(code: CaseCode, hash: Sha256): File? = withContext(Dispatchers.IO) {
        val file = File(folder, "${hash.text}.jpg")
        if (file.isFile) return@withContext file
        try {
            val fresh = File(file.path + ".new")
            fresh.writeBytes(read("/m/${code.text}/${hash.text}"))
            file.takeIf { fresh.renameTo(it) }
        } catch (_: IOException) {
            null
        }
    }

    private fun read(path: String): ByteArray {
        val link = URL(base + path).openConnection() as HttpURLConnection
        link.connectTimeout = PATIENCE_MS
        link.readTimeout = PATIENCE_MS
        try {
            if (link.responseCode != HttpURLConnection.HTTP_OK) throw IOException("${link.responseCode}")
            return link.inputStream.use { it.readBytes() }
        } finally {
            link.disconnect()
        }
    }

    companion object {
        private const val PATIENCE_MS = 15_000

        /** The address that tests put in the place of the province's own. */
        internal var address: String? = null

        fun of(context: Context) = PublicPages(context, address ?: context.getString(R.string.ioc))
    }
}

package vn.paht.kit

import java.io.File
import java.io.IOException
import java.security.GeneralSecurityException

/**
 * Small secrets under names of ours, each a file that only this phone's key store can open. Out of backups: on another
 * phone they open for nobody.
 */
class Secrets internal constructor(private val keys: KeyHome, noBackup: File) {
    private val folder = File(noBackup, "secrets")

    /** Absent if it was never kept, or its key is gone: the person gives it again. */
    operator fun get(name: String): String? =
        try {
            file(name).takeIf(File::isFile)?.readBytes()?.let(keys::unseal)?.decodeToString()
        } catch (_: GeneralSecurityException) {
            null
        } catch (_: IOException) {
            null
        } catch (_: RuntimeException) {
            // Key stores of some makers throw IllegalStateException and ProviderException at random.
            null
        }

    /** Keeps it, or forgets it. [PahtFault] where the key store or the disk fails; what was kept before is then as it was. */
    operator fun set(name: String, secret: String?) {
        if (secret == null) {
            file(name).delete()
            return
        }
        val sealed = orUnavailable { keys.seal(secret.encodeToByteArray()) }
        try {
            folder.mkdirs()
            val fresh = File(folder, "$name.new")
            fresh.writeBytes(sealed)
            if (!fresh.renameTo(file(name))) throw IOException()
        } catch (failed: IOException) {
            throw PahtFault.StorageFailed(failed)
        }
    }

    private fun file(name: String) = File(folder, name)

    private fun orUnavailable(work: () -> ByteArray): ByteArray =
        try {
            work()
        } catch (failed: GeneralSecurityException) {
            throw PahtFault.noKey(failed)
        } catch (failed: RuntimeException) {
            throw PahtFault.noKey(failed)
        }
}

package vn.paht.kit

import android.content.Context
import java.io.File
import vn.paht.core.PhoneClock
import vn.paht.core.PictureDecoder
import vn.paht.core.Sha256
import vn.paht.core.TenantId
import vn.paht.kit.capture.PlatformDecoder

/** Which province this app reports to, and what it trusts. */
data class Province(
    val tenant: TenantId,
    /** The IOC's address. */
    val ioc: String,
    /** The tenant's signed card that the app was shipped with. */
    val shippedCard: ByteArray? = null,
    /** Certificates of a private authority, in PEM; the public ones count only where this is empty. */
    val roots: List<String> = emptyList(),
    /** SHA-256 of keys or certificates that are trusted whatever their dates, while true time is unknown. */
    val pins: List<Sha256> = emptyList(),
) {
    override fun equals(other: Any?) = other is Province && other.tenant == tenant && other.ioc == ioc

    override fun hashCode() = tenant.hashCode() * 31 + ioc.hashCode()
}

/** What the platform gives the core. The defaults are the phone's; tests give others. */
class Platform(
    val keys: (Context) -> KeyHome = { KeystoreKeys(it) },
    val clock: (Context) -> PhoneClock = { Clocks(it) },
    val decoder: PictureDecoder = PlatformDecoder(),
    /** The store's folder: out of backups, for a copy of it on another phone would speak with this one's key. */
    val home: (Context) -> File = { File(it.noBackupFilesDir, "paht") },
)

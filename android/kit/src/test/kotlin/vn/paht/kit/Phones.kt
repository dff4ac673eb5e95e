package vn.paht.kit

import android.app.Application
import android.graphics.Bitmap
import android.graphics.Color
import java.io.File
import java.security.KeyPairGenerator
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import java.util.concurrent.CopyOnWriteArrayList
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.rules.ExternalResource
import org.junit.rules.TemporaryFolder
import org.robolectric.RuntimeEnvironment
import vn.paht.core.CategoryCode
import vn.paht.core.NewReport
import vn.paht.core.PhoneClock
import vn.paht.core.TenantId

/** Keys in memory, in the place of the Android Keystore, which exists on phones only. */
internal class MemoryShelf(override val hasStrongBox: Boolean = false) : KeyShelf {
    private var kept: ShelvedKey? = null

    override fun find() = kept

    override fun make(strongBox: Boolean): ShelvedKey {
        val maker = KeyPairGenerator.getInstance("EC").apply { initialize(ECGenParameterSpec("secp256r1")) }
        val pair = maker.generateKeyPair()
        return ShelvedKey(pair.public as ECPublicKey, pair.private).also { kept = it }
    }

    private val sealing by lazy { KeyGenerator.getInstance("AES").generateKey() }

    override fun sealingKey(): SecretKey = sealing
}

/** A key store that is broken, as some are after an update of the system. */
object NoKeys : KeyHome {
    override fun publicKey(): ByteArray = throw IllegalStateException("keystore2 is not there")

    override fun sign(message: ByteArray): ByteArray = throw IllegalStateException("keystore2 is not there")

    override fun seal(secret: ByteArray): ByteArray = throw IllegalStateException("keystore2 is not there")

    override fun unseal(sealed: ByteArray): ByteArray = throw IllegalStateException("keystore2 is not there")
}

/** Phones and IOCs in a temporary folder, let go after each test. */
class Phones : ExternalResource() {
    private val folder = TemporaryFolder()
    private val open = CopyOnWriteArrayList<Paht>()
    private val iocs = CopyOnWriteArrayList<Ioc>()
    val keys: KeyHome = KeystoreKeys(MemoryShelf())
    val app: Application get() = RuntimeEnvironment.getApplication()
    val home: File get() = File(folder.root, "phone")

    override fun before() = begin()

    override fun after() = end()

    /** For a test that has several lives to live. */
    fun begin() = folder.create()

    fun end() {
        waiting { open.forEach { it.close() } }
        iocs.forEach { it.close() }
        Paht.replace(null)
        folder.delete()
    }

    fun ioc(): Ioc = Ioc(File(folder.root, "ioc")).also { iocs += it }

    /** The phone of this home, as a fresh process opens it. */
    fun phone(
        ioc: String = NO_IOC,
        keys: KeyHome = this.keys,
        home: File = this.home,
        clock: PhoneClock = Clocks(app),
    ): Paht {
        val platform = Platform({ keys }, { clock }, home = { home })
        val paht = Paht(app, Province(TenantId("hue"), ioc), platform)
        open += paht
        Paht.replace(paht)
        return paht
    }

    /** What a kill leaves: nothing is said goodbye to, the store's lock goes with the process. */
    suspend fun kill(paht: Paht) {
        open -= paht
        paht.close()
    }

    /** A real JPEG, different for each [shade]. */
    fun photo(name: String = "photo.jpg", shade: Int = 40): File {
        val picture = Bitmap.createBitmap(640, 480, Bitmap.Config.ARGB_8888)
        for (x in 0 until picture.width) for (y in 0 until picture.height step 2) {
            picture.setPixel(x, y, Color.rgb((x + shade) % 256, (y * 2) % 256, shade))
        }
        val file = File(folder.root, name)
        file.outputStream().use { picture.compress(Bitmap.CompressFormat.JPEG, 90, it) }
        return file
    }

    companion object {
        /** Port 1 answers nobody: the same as no signal. */
        const val NO_IOC = "http://127.0.0.1:1"
    }
}

fun words(text: String, vararg files: File) =
    NewReport(files = files.map { it.path }, text = text, category = CategoryCode("traffic"))

/** Runs a test's coroutines in real time, since the core's threads do; bounded, so that a fault ends it. */
fun <T> waiting(atMost: Duration = 60.seconds, work: suspend CoroutineScope.() -> T): T =
    runBlocking { withTimeout(atMost, work) }

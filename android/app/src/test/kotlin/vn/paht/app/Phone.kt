package vn.paht.app

import android.app.Application
import android.content.Context
import java.io.File
import java.lang.reflect.Method
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.spec.GCMParameterSpec
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.rules.ExternalResource
import org.junit.rules.TemporaryFolder
import org.robolectric.RuntimeEnvironment
import vn.paht.app.nearby.PublicPages
import vn.paht.core.TenantId
import vn.paht.kit.KeyHome
import vn.paht.kit.Paht
import vn.paht.kit.Platform
import vn.paht.kit.Province

/** Keys in memory: the Android Keystore exists on phones only. */
private class MemoryKeys : KeyHome {
    private val pair = KeyPairGenerator.getInstance("EC").apply { initialize(ECGenParameterSpec("secp256r1")) }.generateKeyPair()

    override fun publicKey(): ByteArray {
        val point = (pair.public as ECPublicKey).w
        return byteArrayOf(4) + listOf(point.affineX, point.affineY).map { it.toByteArray().takeLast(32) }
            .flatMap { List(32 - it.size) { 0.toByte() } + it }.toByteArray()
    }

    override fun sign(message: ByteArray): ByteArray = Signature.getInstance("SHA256withECDSA").run {
        initSign(pair.private)
        update(message)
        sign()
    }

    private val sealing = KeyGenerator.getInstance("AES").generateKey()

    override fun seal(secret: ByteArray): ByteArray = Cipher.getInstance("AES/GCM/NoPadding").run {
        init(Cipher.ENCRYPT_MODE, sealing)
        iv + doFinal(secret)
    }

    override fun unseal(sealed: ByteArray): ByteArray = Cipher.getInstance("AES/GCM/NoPadding").run {
        init(Cipher.DECRYPT_MODE, sealing, GCMParameterSpec(128, sealed, 0, 12))
        doFinal(sealed, 12, sealed.size - 12)
    }
}

/** The real core in this process, in a folder of its own, for one test; and an IOC where one is asked for. */
class Phone(private val hasCard: Boolean = true) : ExternalResource() {
    val folder = TemporaryFolder()
    private val keys = MemoryKeys()
    private var iocs = mutableListOf<Ioc>()
    val home: File get() = File(folder.root, "phone")
    val app: Application get() = RuntimeEnvironment.getApplication()
    val paht: Paht get() = Paht.of(app)

    override fun before() {
        folder.create()
        install(NO_IOC)
    }

    override fun after() {
        end()
        iocs.forEach { it.close() }
        PublicPages.address = null
        folder.delete()
    }

    fun ioc(): Ioc = Ioc(File(folder.root, "ioc")).also { iocs += it }

    /** One whose province takes text messages, and keeps what is said of building to itself. */
    fun iocWithSms(): Ioc = Ioc.edited(
        File(folder.root, "ioc"),
        Triple("tenant.toml", "# sms = ", "sms = "),
        Triple("categories.toml", "publish = \"at-once\"", "publish = \"never\""),
    ).also { iocs += it }

    /** Another phone with another person: this one's home is put aside, or taken up again where it was. */
    fun swap(ioc: String, card: ByteArray) {
        end()
        val (aside, other) = listOf(File(folder.root, "aside"), File(folder.root, "other"))
        if (aside.exists()) aside.renameTo(other)
        home.renameTo(aside)
        if (other.exists()) other.renameTo(home)
        install(ioc, card)
    }

    /** A fresh process on the same phone. */
    fun again(ioc: String = NO_IOC, card: ByteArray? = if (hasCard) CARD else null) {
        end()
        install(ioc, card)
    }

    /** The process has ended, and none has begun. */
    fun close() = end()

    private fun install(ioc: String, card: ByteArray? = if (hasCard) CARD else null) {
        val platform = Platform({ keys }, home = { home })
        PublicPages.address = ioc
        set(make(app, Province(TenantId("hue"), ioc, card), platform))
    }

    /** Lets the store go, as the end of a process does. What a screen had begun on the main thread may end first. */
    private fun end() {
        val paht = paht
        val close = method(Paht::class.java, "close")
        val closing = CoroutineScope(Dispatchers.Default).launch {
            suspendCoroutineUninterceptedOrReturn<Unit> { close.invoke(paht, it) }
        }
        until("the store is let go") { closing.isCompleted }
    }

    companion object {
        /** Port 1 answers nobody: the same as no signal. */
        const val NO_IOC = "http://127.0.0.1:1"

        /** One for all tests: asked of an IOC once. */
        private val CARD: ByteArray by lazy {
            val folder = TemporaryFolder().apply { create() }
            Ioc(folder.root).use { it.card() }
        }

        // The kit keeps these to itself: an app never needs them, and a test lives through many processes' lives in one.
        private fun make(context: Context, province: Province, platform: Platform): Paht =
            Paht::class.java.declaredConstructors.first { it.parameterCount == 3 }
                .apply { isAccessible = true }.newInstance(context, province, platform) as Paht

        private fun set(paht: Paht) {
            method(Paht.Companion::class.java, "replace").invoke(Paht.Companion, paht)
        }

        private fun method(of: Class<*>, name: String): Method = of.declaredMethods.first { it.name.startsWith(name) }
    }
}

/** Runs a test's coroutines in real time, since the core's threads do; bounded, so that a fault ends it. */
fun <T> waiting(atMostS: Int = 60, work: suspend CoroutineScope.() -> T): T =
    runBlocking { withTimeout(atMostS.seconds) { work() } }

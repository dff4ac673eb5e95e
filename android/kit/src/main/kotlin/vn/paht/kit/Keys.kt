package vn.paht.kit

import android.content.Context
import android.content.pm.PackageManager
import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import java.security.GeneralSecurityException
import java.security.KeyPairGenerator
import java.security.KeyStore
import java.security.PrivateKey
import java.security.ProviderException
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec
import vn.paht.core.ErrorCode
import vn.paht.core.PahtException
import vn.paht.core.PhoneKeys

/**
 * Where the phone's keys live. The signing key: P-256, usable in the background, without the person present.
 *
 * A key that is gone strands nothing that was made: commands are signed when they are made. The IOC tells a phone only of
 * its own key's reports, though, so under a new key the news of old ones do not come.
 */
interface KeyHome {
    /** The public key, as SEC1: 65 bytes beginning with 4. Makes the key where there is none. */
    fun publicKey(): ByteArray

    /** ECDSA over the SHA-256 of [message], in DER. */
    fun sign(message: ByteArray): ByteArray

    /** Encrypts a small secret for [unseal] on this phone alone, by a key of its own that never leaves. */
    fun seal(secret: ByteArray): ByteArray

    /** What was sealed. [GeneralSecurityException] where it is torn, or its key is gone. */
    fun unseal(sealed: ByteArray): ByteArray
}

/** What the core is given. What a key store throws reaches it as one code, without the system's words. */
internal class KeysOfHome(private val home: KeyHome) : PhoneKeys {
    override fun publicKey() = orUnavailable { home.publicKey() }

    override fun sign(message: ByteArray) = orUnavailable { home.sign(message) }

    private fun orUnavailable(work: () -> ByteArray): ByteArray =
        try {
            work()
        } catch (_: GeneralSecurityException) {
            throw PahtException.Refused(ErrorCode.KeyUnavailable)
        } catch (_: RuntimeException) {
            // Key stores of some makers throw IllegalStateException and ProviderException at random.
            throw PahtException.Refused(ErrorCode.KeyUnavailable)
        }
}

/** The Android Keystore, in StrongBox where the phone has one. The store itself is a port: it exists on phones only. */
class KeystoreKeys internal constructor(private val store: KeyShelf) : KeyHome {
    constructor(context: Context) : this(AndroidShelf(context))

    /** Opened once: opening asks another process. */
    private val key by lazy { store.find() ?: makeKey() }

    override fun publicKey(): ByteArray = sec1(key.public)

    override fun sign(message: ByteArray): ByteArray =
        Signature.getInstance("SHA256withECDSA").run {
            initSign(key.secret)
            update(message)
            sign()
        }

    override fun seal(secret: ByteArray): ByteArray = Cipher.getInstance(SEALED_BY).run {
        init(Cipher.ENCRYPT_MODE, store.sealingKey())
        iv + doFinal(secret)
    }

    override fun unseal(sealed: ByteArray): ByteArray {
        if (sealed.size < NONCE_BYTES) throw AEADBadTagException()
        return Cipher.getInstance(SEALED_BY).run {
            init(Cipher.DECRYPT_MODE, store.sealingKey(), GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES))
            doFinal(sealed, NONCE_BYTES, sealed.size - NONCE_BYTES)
        }
    }

    private fun makeKey(): ShelvedKey =
        if (store.hasStrongBox) {
            // A StrongBox may be full, or slow to start after boot: the ordinary secure hardware does as well.
            try {
                store.make(strongBox = true)
            } catch (_: ProviderException) {
                store.make(strongBox = false)
            }
        } else {
            store.make(strongBox = false)
        }
}

private const val SEALED_BY = "AES/GCM/NoPadding"

/** As Java's cipher chooses it, and the Android Keystore's. */
private const val NONCE_BYTES = 12
private const val TAG_BITS = 128

internal class ShelvedKey(val public: ECPublicKey, val secret: PrivateKey)

/** A place where keys are made and never leave. */
internal interface KeyShelf {
    val hasStrongBox: Boolean

    /** The key made before; absent on a new phone, and after a restore to another one. */
    fun find(): ShelvedKey?

    /** Makes the key, in the place of one that is of no use. [ProviderException] where the hardware will not. */
    fun make(strongBox: Boolean): ShelvedKey

    /** The AES key for small secrets; made where there is none. */
    fun sealingKey(): SecretKey
}

/** Has never run on a device. */
private class AndroidShelf(context: Context) : KeyShelf {
    private val store = KeyStore.getInstance(PROVIDER).apply { load(null) }

    override val hasStrongBox =
        Build.VERSION.SDK_INT >= Build.VERSION_CODES.P &&
            context.packageManager.hasSystemFeature(PackageManager.FEATURE_STRONGBOX_KEYSTORE)

    override fun find(): ShelvedKey? {
        val secret = store.getKey(ALIAS, null) as? PrivateKey ?: return null
        val public = store.getCertificate(ALIAS)?.publicKey as? ECPublicKey ?: return null
        return ShelvedKey(public, secret)
    }

    override fun make(strongBox: Boolean): ShelvedKey {
        val spec = KeyGenParameterSpec.Builder(ALIAS, KeyProperties.PURPOSE_SIGN)
            .setAlgorithmParameterSpec(ECGenParameterSpec("secp256r1"))
            .setDigests(KeyProperties.DIGEST_SHA256)
            .setUserAuthenticationRequired(false)
        if (strongBox && Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) spec.setIsStrongBoxBacked(true)
        val maker = KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, PROVIDER)
        maker.initialize(spec.build())
        val pair = maker.generateKeyPair()
        return ShelvedKey(pair.public as ECPublicKey, pair.private)
    }

    override fun sealingKey(): SecretKey {
        (store.getKey(SEALING, null) as? SecretKey)?.let { return it }
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val spec = KeyGenParameterSpec.Builder(SEALING, purposes)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .setUserAuthenticationRequired(false)
        val maker = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER)
        maker.init(spec.build())
        return maker.generateKey()
    }

    private companion object {
        const val PROVIDER = "AndroidKeyStore"
        const val ALIAS = "vn.paht.signing"
        const val SEALING = "vn.paht.sealing"
    }
}

private const val COORDINATE_BYTES = 32

/** 4, then both coordinates at full length: Java's numbers drop leading zeroes and add one for the sign. */
internal fun sec1(key: ECPublicKey): ByteArray =
    byteArrayOf(4) + coordinate(key.w.affineX.toByteArray()) + coordinate(key.w.affineY.toByteArray())

private fun coordinate(number: ByteArray): ByteArray {
    val digits = number.dropWhile { it == 0.toByte() }.toByteArray()
    return ByteArray(COORDINATE_BYTES - digits.size) + digits
}

package vn.paht.kit

import java.math.BigInteger
import java.security.KeyPairGenerator
import java.security.PrivateKey
import java.security.ProviderException
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import java.security.spec.ECPoint
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** Goal: keys as secure hardware keeps them. Method: Java's own keys on a shelf that behaves as phones do. */
@RunWith(RobolectricTestRunner::class)
class KeysTest {
    private class Shelf(override val hasStrongBox: Boolean, private val refuses: Boolean = false) : KeyShelf {
        val made = mutableListOf<Boolean>()
        var kept: ShelvedKey? = null

        override fun find() = kept

        override fun make(strongBox: Boolean): ShelvedKey {
            if (strongBox && refuses) throw ProviderException("StrongBox is full")
            made += strongBox
            val maker = KeyPairGenerator.getInstance("EC").apply { initialize(ECGenParameterSpec("secp256r1")) }
            return maker.generateKeyPair().let { ShelvedKey(it.public as ECPublicKey, it.private as PrivateKey) }
                .also { kept = it }
        }

        private val sealing by lazy { KeyGenerator.getInstance("AES").generateKey() }

        override fun sealingKey(): SecretKey = sealing
    }

    @Test
    fun `a signature fits the public key, and the key stays the same`() {
        val shelf = Shelf(hasStrongBox = false)
        val keys = KeystoreKeys(shelf)
        val message = "phản ánh".toByteArray()
        val check = Signature.getInstance("SHA256withECDSA").apply { initVerify(shelf.run { keys.publicKey(); kept }!!.public) }
        check.update(message)
        assertTrue(check.verify(keys.sign(message)))
        assertArrayEquals(keys.publicKey(), KeystoreKeys(shelf).publicKey())
        assertEquals("made once", listOf(false), shelf.made)
    }

    @Test
    fun `StrongBox is used where it is, and done without where it fails`() {
        val strong = Shelf(hasStrongBox = true).also { KeystoreKeys(it).publicKey() }
        assertEquals(listOf(true), strong.made)
        val full = Shelf(hasStrongBox = true, refuses = true).also { KeystoreKeys(it).publicKey() }
        assertEquals(listOf(false), full.made)
    }

    @Test
    fun `coordinates have their full length whatever digits they begin with`() {
        val model = Shelf(hasStrongBox = false).make(strongBox = false).public
        val key = object : ECPublicKey by model {
            override fun getW() = ECPoint(BigInteger.ONE, BigInteger.ONE.shiftLeft(255))
        }
        val bytes = sec1(key)
        assertEquals(65, bytes.size)
        assertEquals(listOf<Byte>(4, 0, 0), bytes.take(3))
        assertEquals(1, bytes[32].toInt())
        assertEquals(0x80.toByte(), bytes[33])
    }
}

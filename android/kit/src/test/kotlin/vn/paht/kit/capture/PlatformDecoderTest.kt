package vn.paht.kit.capture

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import vn.paht.core.MediaKind
import vn.paht.kit.Phones

@RunWith(RobolectricTestRunner::class)
class PlatformDecoderTest {
    @get:Rule val phones = Phones()

    @Test
    fun `a still is made as small as asked, four bytes a pixel`() {
        val decoded = PlatformDecoder().decode(phones.photo().path, MediaKind.Photo, 320u)!!
        assertEquals(320u to 240u, decoded.width to decoded.height)
        assertEquals(320 * 240 * 4, decoded.rgba.size)
        assertTrue("opaque", (3 until decoded.rgba.size step 4).all { decoded.rgba[it] == 255.toByte() })
    }

    @Test
    fun `what cannot be decoded is left`() {
        val broken = File(phones.photo().parentFile, "x.heic").apply { writeBytes(ByteArray(200)) }
        assertNull(PlatformDecoder().decode(broken.path, MediaKind.Photo, 320u))
        assertNull(PlatformDecoder().decode("/nowhere.mp4", MediaKind.Video, 320u))
    }

    @Test
    fun `no picture is made larger than it is, and none is flat`() {
        assertEquals(640 to 480, fit(640, 480, 2_000))
        assertEquals(100 to 1, fit(40_000, 3, 100))
        assertEquals(750 to 1_000, fit(3_000, 4_000, 1_000))
    }
}

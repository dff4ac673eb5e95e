package vn.paht.kit.notify

import android.app.NotificationManager
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import vn.paht.kit.service

@RunWith(RobolectricTestRunner::class)
class ChannelsTest {
    @Test
    @Config(qualifiers = "vi-rVN")
    fun `each kind of notification has its channel, named in the person's language`() {
        val app = RuntimeEnvironment.getApplication()
        app.createChannels()
        val made = app.service<NotificationManager>().notificationChannels
        assertEquals(setOf("Đang gửi", "Trả lời", "Cần bạn xem", "Cảnh báo của trung tâm"), made.map { it.name.toString() }.toSet())
        app.createChannels()
        assertEquals(4, app.service<NotificationManager>().notificationChannels.size)
    }
}

package vn.paht.kit.background

import android.app.Notification
import android.content.Intent
import android.content.pm.ServiceInfo
import kotlinx.coroutines.flow.first
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import vn.paht.kit.Phones
import vn.paht.kit.Sending
import vn.paht.kit.notify.Channel
import vn.paht.kit.notify.createChannels
import vn.paht.kit.waiting
import vn.paht.kit.words

@RunWith(RobolectricTestRunner::class)
class SendingServiceTest {
    @get:Rule val phones = Phones()

    @Test
    fun `it shows that it sends, sends everything over any link, and ends`() {
        val ioc = phones.ioc()
        val phone = phones.phone(ioc.url)
        phones.app.createChannels()
        waiting { phone.report(words("Sạt lở", phones.photo())) }
        val service = Robolectric.buildService(SendingService::class.java).create().startCommand(0, 1).get()
        val shadow = shadowOf(service)
        val shown: Notification? = shadow.lastForegroundNotification
        assertEquals(Channel.Sending.id, shown?.channelId)
        assertEquals(1, shown!!.actions.size)
        waiting { phone.watch.standing().first { it.allSent } }
        waiting { phone.watch.sending.first { it == Sending.Idle } }
        until { shadow.isStoppedBySelf }
        assertTrue(shadow.isForegroundStopped)
    }

    @Test
    fun `its stop action ends the sending and keeps the rest for later`() {
        val phone = phones.phone()
        phones.app.createChannels()
        waiting { phone.report(words("Không có sóng")) }
        val built = Robolectric.buildService(SendingService::class.java).create().startCommand(0, 1)
        waiting { phone.watch.sending.first { it is Sending.Waiting } }
        built.get().onStartCommand(Intent(SendingService.ACTION_STOP), 0, 2)
        waiting { phone.watch.sending.first { it == Sending.Idle } }
        assertTrue(shadowOf(built.get()).isStoppedBySelf)
        waiting { assertEquals(1u, phone.standing().waiting) }
    }

    @Test
    fun `where the system does not allow it, the job does the work`() {
        val phone = phones.phone()
        SendingService.start(phone.context)
        assertNotNull(shadowOf(phones.app).nextStartedService)
    }

    private fun until(condition: () -> Boolean) = waiting {
        while (!condition()) kotlinx.coroutines.yield()
    }
}

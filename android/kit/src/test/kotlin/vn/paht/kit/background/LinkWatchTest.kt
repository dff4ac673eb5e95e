package vn.paht.kit.background

import android.app.job.JobScheduler
import android.net.ConnectivityManager
import android.net.NetworkCapabilities
import android.net.NetworkCapabilities.NET_CAPABILITY_INTERNET
import android.net.NetworkCapabilities.NET_CAPABILITY_VALIDATED
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowNetwork
import org.robolectric.shadows.ShadowNetworkCapabilities
import vn.paht.core.Until
import vn.paht.kit.Phones
import vn.paht.kit.Sending
import vn.paht.kit.service
import vn.paht.kit.sync
import vn.paht.kit.waiting
import vn.paht.kit.words

@RunWith(RobolectricTestRunner::class)
class LinkWatchTest {
    @get:Rule val phones = Phones()

    private fun link(vararg capabilities: Int): NetworkCapabilities =
        ShadowNetworkCapabilities.newInstance().also { new -> capabilities.forEach { shadowOf(new).addCapability(it) } }

    @Test
    fun `the system is asked to tell of links`() {
        LinkWatch(phones.phone()).begin()
        assertEquals(1, shadowOf(phones.app.service<ConnectivityManager>()).networkCallbacks.size)
    }

    @Test
    fun `a new link ends the wait of a running sync and arranges a job`() = waiting {
        val phone = phones.phone()
        phone.report(words("Có sóng lại"))
        val watch = LinkWatch(phone)
        val running = launch { phone.sync(until = Until.DONE) }
        phone.watch.sending.first { it is Sending.Waiting }
        val jobs = phones.app.service<JobScheduler>().apply { cancelAll() }

        // A captive portal: there is a network, and nothing behind it.
        watch.onCapabilitiesChanged(ShadowNetwork.newInstance(7), link(NET_CAPABILITY_INTERNET))
        assertNull(jobs.getPendingJob(SyncJobs.SOON))

        val asks = launch { phone.watch.sending.first { it == Sending.Asking } }
        watch.onCapabilitiesChanged(ShadowNetwork.newInstance(7), link(NET_CAPABILITY_INTERNET, NET_CAPABILITY_VALIDATED))
        asks.join()
        while (jobs.getPendingJob(SyncJobs.SOON) == null) kotlinx.coroutines.yield()
        assertNotNull(jobs.getPendingJob(SyncJobs.SOON))
        phone.stop()
        running.join()
    }
}

package vn.paht.kit.background

import android.app.job.JobInfo
import android.app.job.JobScheduler
import android.content.Intent
import android.net.NetworkCapabilities
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import vn.paht.kit.service

/** Goal: the system runs us when it makes sense, and never for originals on a link that costs. */
@RunWith(RobolectricTestRunner::class)
class SyncJobsTest {
    private val app get() = RuntimeEnvironment.getApplication()

    private fun pending(id: Int): JobInfo? = app.service<JobScheduler>().getPendingJob(id)

    @Test
    fun `what was made goes with the first link, after a reboot too`() {
        SyncJobs.soon(app)
        val job = pending(SyncJobs.SOON)!!
        assertTrue(job.requiredNetwork!!.hasCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET))
        assertFalse(job.requiredNetwork!!.hasCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED))
        assertTrue(job.isExpedited && job.isPersisted && !job.isPeriodic)
        assertFalse(job.isRequireCharging)
    }

    @Test
    fun `originals wait for a link that costs nothing, and for the charger`() {
        SyncJobs.originals(app)
        val job = pending(SyncJobs.ORIGINALS)!!
        assertTrue(job.requiredNetwork!!.hasCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED))
        assertTrue(job.isRequireCharging && job.isPersisted)
        assertEquals(JobInfo.BACKOFF_POLICY_EXPONENTIAL, job.backoffPolicy)
    }

    @Test
    fun `news are asked for every six hours, and a start of the app does not put it off`() {
        SyncJobs.periodic(app)
        val first = pending(SyncJobs.PERIODIC)!!
        assertEquals(6 * 3_600_000L, first.intervalMillis)
        SyncJobs.periodic(app)
        assertTrue("left as it was", first === pending(SyncJobs.PERIODIC))
    }

    @Test
    fun `a reboot and an update arrange everything anew, other words do nothing`() {
        BootReceiver().onReceive(app, Intent("com.example.NONSENSE"))
        assertNull(pending(SyncJobs.SOON))
        for (action in listOf(Intent.ACTION_BOOT_COMPLETED, Intent.ACTION_MY_PACKAGE_REPLACED)) {
            app.service<JobScheduler>().cancelAll()
            BootReceiver().onReceive(app, Intent(action))
            assertNotNull(pending(SyncJobs.SOON))
            assertNotNull(pending(SyncJobs.PERIODIC))
        }
    }
}

package vn.paht.kit.background

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.net.ConnectivityManager
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.shadows.ShadowConnectivityManager
import org.robolectric.shadows.ShadowJobService
import org.robolectric.util.ReflectionHelpers
import vn.paht.kit.Phones
import vn.paht.kit.service
import vn.paht.kit.waiting
import vn.paht.kit.words

/** Goal: a job sends, says truly whether it must come again, and leaves originals to their own. */
@RunWith(RobolectricTestRunner::class)
class SyncJobServiceTest {
    @get:Rule val phones = Phones()

    @After fun asEver() {
        Metered.isMetered = null
    }

    private fun run(id: Int): Boolean = waiting {
        Finishing.ended = CompletableDeferred()
        assertTrue("goes on after onStartJob", service().onStartJob(params(id)))
        Finishing.ended.await()
    }

    private fun service() = Robolectric.buildService(SyncJobService::class.java).create().get()

    private fun params(id: Int): JobParameters {
        val params = org.robolectric.shadow.api.Shadow.newInstanceOf(JobParameters::class.java)
        ReflectionHelpers.setField(params, "jobId", id)
        return params
    }

    private fun pending(id: Int): JobInfo? = phones.app.service<JobScheduler>().getPendingJob(id)

    @Test
    fun `over a link that costs, originals are left to their job, which sends them`() {
        val ioc = phones.ioc()
        val phone = phones.phone(ioc.url)
        waiting { phone.report(words("Sạt lở đèo", phones.photo())) }
        assertNotNull("a report arranges its sending", pending(SyncJobs.SOON))
        Metered.isMetered = true
        assertFalse("not again over this link", run(SyncJobs.SOON))
        assertNotNull(pending(SyncJobs.ORIGINALS))
        waiting { assertNotNull(phone.list().single().case) }
        assertFalse(run(SyncJobs.ORIGINALS))
        waiting { assertTrue(phone.standing().allSent) }
    }

    @Test
    fun `over a link that costs nothing everything goes at once`() {
        val ioc = phones.ioc()
        val phone = phones.phone(ioc.url)
        waiting { phone.report(words("Sạt lở đèo", phones.photo())) }
        Metered.isMetered = false
        run(SyncJobs.SOON)
        assertNull(pending(SyncJobs.ORIGINALS))
        waiting { assertTrue(phone.standing().allSent) }
    }

    @Test
    fun `a try that failed asks to come again, but for the periodic one`() {
        val phone = phones.phone()
        waiting { phone.report(words("Không có sóng")) }
        assertTrue(run(SyncJobs.SOON))
        assertFalse(run(SyncJobs.PERIODIC))
    }

    @Test
    fun `a job that the system ends asks to come again and stops the core`() = waiting {
        val phone = phones.phone()
        phone.report(words("Không có sóng"))
        val service = service()
        repeat(20) { ms ->
            service.onStartJob(params(SyncJobs.SOON))
            delay(ms.milliseconds)
            assertTrue(service.onStopJob(params(SyncJobs.SOON)))
            phone.watch.sending.first { it == vn.paht.kit.Sending.Idle }
        }
        assertEquals(1u, phone.standing().waiting)
    }
}

/** Tells the test when a job is finished, and with which wish. Named in `robolectric.properties`, for every test. */
@Implements(android.app.job.JobService::class)
class Finishing : ShadowJobService() {
    @Implementation
    override fun jobFinished(params: JobParameters, wantsReschedule: Boolean) {
        super.jobFinished(params, wantsReschedule)
        ended.complete(wantsReschedule)
    }

    companion object {
        @Volatile var ended = CompletableDeferred<Boolean>()
    }
}

/**
 * Whether the link that there is costs by the byte: Robolectric's own answer cannot be set alone, and stands where a test
 * says nothing. Named in `robolectric.properties`, for every test.
 */
@Implements(ConnectivityManager::class)
class Metered : ShadowConnectivityManager() {
    @Implementation
    override fun isActiveNetworkMetered() = isMetered ?: super.isActiveNetworkMetered()

    companion object {
        @Volatile var isMetered: Boolean? = null
    }
}

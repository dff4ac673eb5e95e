package vn.paht.kit.place

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.location.Location
import android.location.LocationManager
import android.os.SystemClock
import java.time.Duration as JavaDuration
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.async
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowSystemClock
import vn.paht.kit.service

@RunWith(RobolectricTestRunner::class)
@OptIn(kotlinx.coroutines.ExperimentalCoroutinesApi::class)
class LocateTest {
    private val app get() = RuntimeEnvironment.getApplication()
    private val system get() = shadowOf(app.service<LocationManager>())

    private fun allow() = shadowOf(app).grantPermissions(ACCESS_FINE_LOCATION, ACCESS_COARSE_LOCATION)

    private fun at(lat: Double, lon: Double, accuracy: Float? = 12.4f, mock: Boolean = false) =
        Location(LocationManager.GPS_PROVIDER).apply {
            latitude = lat
            longitude = lon
            accuracy?.let { this.accuracy = it }
            isMock = mock
            elapsedRealtimeNanos = SystemClock.elapsedRealtimeNanos()
        }

    private fun switchOn() = system.setProviderEnabled(LocationManager.GPS_PROVIDER, true)

    @Test
    fun `without leave or with location off it says so and does not wait`() = runTest {
        assertEquals(Located.NotAllowed, Locate(app).now())
        allow()
        for (source in app.service<LocationManager>().allProviders) system.setProviderEnabled(source, false)
        assertEquals(Located.SwitchedOff, Locate(app).now())
        assertEquals("no time passed", 0L, testScheduler.currentTime)
    }

    @Test
    fun `a recent position is taken at once, with accuracy, age and whether it is made up`() = runTest {
        allow()
        switchOn()
        system.setLastKnownLocation(LocationManager.GPS_PROVIDER, at(16.46, 107.59, mock = true))
        ShadowSystemClock.advanceBy(JavaDuration.ofSeconds(40))
        val found = Locate(app).now() as Located.Found
        assertEquals(164_600_000 to 1_075_900_000, found.fix.point.latE7 to found.fix.point.lonE7)
        assertEquals(13u, found.fix.accuracyM)
        assertEquals(40L, found.age.inWholeSeconds)
        assertTrue(found.isMock)
    }

    @Test
    fun `an old position waits for a new one, and is taken when none comes`() = runTest {
        allow()
        switchOn()
        system.setLastKnownLocation(LocationManager.GPS_PROVIDER, at(16.1, 107.1))
        ShadowSystemClock.advanceBy(JavaDuration.ofMinutes(30))
        val old = Locate(app).now() as Located.Found
        assertEquals(30.minutes, old.age)
        assertEquals("after its time-out", 15_000L, testScheduler.currentTime)

        val asked = async { Locate(app).now() }
        runCurrent()
        system.simulateLocation(LocationManager.GPS_PROVIDER, at(16.2, 107.2, accuracy = null))
        shadowOf(android.os.Looper.getMainLooper()).idle()
        val fresh = asked.await() as Located.Found
        assertEquals(162_000_000, fresh.fix.point.latE7)
        assertEquals(null, fresh.fix.accuracyM)
    }

    @Test
    fun `nothing in time is not found, and so is the island of null`() = runTest {
        allow()
        switchOn()
        assertEquals(Located.NotFound, Locate(app).now())
        system.setLastKnownLocation(LocationManager.GPS_PROVIDER, at(0.0, 0.0))
        assertEquals(Located.NotFound, Locate(app).now())
    }
}

package vn.paht.kit.place

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.annotation.SuppressLint
import android.content.Context
import android.location.Location
import android.location.LocationListener
import android.location.LocationManager
import android.os.Build
import android.os.Bundle
import android.os.CancellationSignal
import android.os.Looper
import android.os.SystemClock
import kotlin.coroutines.resume
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withTimeoutOrNull
import vn.paht.core.Fix
import vn.paht.core.PahtException
import vn.paht.core.Point
import vn.paht.core.pointOfDegrees
import vn.paht.kit.isGranted
import vn.paht.kit.service

/** Where the phone is, as far as it may say. */
sealed interface Located {
    /** A position. [accuracyM] in metres at 68 %, absent if unknown; [isMock]: from an app that makes positions up. */
    data class Found(val fix: Fix, val age: Duration, val isMock: Boolean) : Located

    /** The person has not allowed it. A report goes without, or with a place set by hand. */
    data object NotAllowed : Located

    /** Location is switched off in the system's settings. */
    data object SwitchedOff : Located

    /** Nothing came in time: indoors, a cold start under trees. */
    data object NotFound : Located
}

/** The phone's position by the platform alone, as phones without Google's services have it too. */
class Locate(private val context: Context) {
    private val system get() = context.service<LocationManager>()

    /** Whether the person lets the app know where the phone is, exactly or about. */
    val isAllowed: Boolean get() = context.isGranted(ACCESS_FINE_LOCATION) || context.isGranted(ACCESS_COARSE_LOCATION)

    /**
     * The position now: a recent one at once, otherwise one that is measured for at most [timeout]; an old one at last,
     * whose age is for the caller to judge.
     */
    suspend fun now(timeout: Duration = 15.seconds): Located {
        if (!isAllowed) return Located.NotAllowed
        val sources = SOURCES.filter { it in system.allProviders && isOpen(it) && system.isProviderEnabled(it) }
        if (sources.isEmpty()) return Located.SwitchedOff
        val known = lastKnown(sources)
        if (known != null && ageOf(known) <= RECENT) return found(known)
        val measured = withTimeoutOrNull(timeout) { measure(sources.first()) }
        return (measured ?: known)?.let(::found) ?: Located.NotFound
    }

    /**
     * The last place that is known without measuring, asking or waiting; absent if there is none of the last days. The
     * system tells the background nothing, so what a screen was told is remembered on the phone.
     */
    fun last(): Point? {
        if (!isAllowed) return null
        val sources = SOURCES.filter { it in system.allProviders && isOpen(it) }
        val known = lastKnown(sources)?.let(::found) as? Located.Found
        return known?.takeIf { !it.isMock }?.fix?.point ?: LastPlace(context).point
    }

    /** The satellites answer only those who may know exactly. */
    private fun isOpen(source: String) =
        source != LocationManager.GPS_PROVIDER || context.isGranted(ACCESS_FINE_LOCATION)

    @SuppressLint("MissingPermission")
    private fun lastKnown(sources: List<String>): Location? =
        sources.mapNotNull { system.getLastKnownLocation(it) }.minByOrNull { ageOf(it) }

    @SuppressLint("MissingPermission")
    private suspend fun measure(source: String): Location? = suspendCancellableCoroutine { waiting ->
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            val cancel = CancellationSignal()
            waiting.invokeOnCancellation { cancel.cancel() }
            system.getCurrentLocation(source, cancel, context.mainExecutor) { if (waiting.isActive) waiting.resume(it) }
        } else {
            val once = Once { if (waiting.isActive) waiting.resume(it) }
            waiting.invokeOnCancellation { system.removeUpdates(once) }
            @Suppress("DEPRECATION")
            system.requestSingleUpdate(source, once, Looper.getMainLooper())
        }
    }

    private fun found(at: Location): Located {
        val point = try {
            pointOfDegrees(at.latitude, at.longitude)
        } catch (_: PahtException) {
            // 0,0 is what broken receivers say.
            return Located.NotFound
        }
        val accuracy = if (at.hasAccuracy()) Math.ceil(at.accuracy.toDouble()).toInt().toUInt() else null
        if (!isMock(at)) LastPlace(context).keep(point)
        return Located.Found(Fix(point, accuracy), ageOf(at), isMock(at))
    }

    private fun isMock(at: Location) =
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) at.isMock
        else @Suppress("DEPRECATION") at.isFromMockProvider

    /** By the ticks since boot: the wall clock may have been set meanwhile. */
    private fun ageOf(at: Location): Duration =
        (SystemClock.elapsedRealtime().milliseconds - at.elapsedRealtimeNanos.nanoseconds).coerceAtLeast(Duration.ZERO)

    /** Before Android 11 the callbacks below had no bodies: a listener without them dies when one is called. */
    private class Once(private val take: (Location) -> Unit) : LocationListener {
        override fun onLocationChanged(location: Location) = take(location)

        override fun onProviderEnabled(provider: String) = Unit

        override fun onProviderDisabled(provider: String) = Unit

        @Deprecated("Called by old systems only.")
        override fun onStatusChanged(provider: String?, status: Int, extras: Bundle?) = Unit
    }

    companion object {
        /** A position as old as this is still where the person stands. */
        val RECENT = 2.minutes

        /** The best first: fused is there from Android 12 on. */
        private val SOURCES = listOf("fused", LocationManager.GPS_PROVIDER, LocationManager.NETWORK_PROVIDER)
    }
}

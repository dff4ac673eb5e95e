package vn.paht.app

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.app.Application
import android.location.Location
import android.location.LocationManager
import android.os.SystemClock
import org.robolectric.Shadows.shadowOf
import vn.paht.core.Point

/** Lets the app know where the phone is: here, a moment ago. */
fun Application.standAt(here: Point) {
    shadowOf(this).grantPermissions(ACCESS_FINE_LOCATION, ACCESS_COARSE_LOCATION)
    val system = shadowOf(getSystemService(LocationManager::class.java))
    system.setProviderEnabled(LocationManager.GPS_PROVIDER, true)
    val location = Location(LocationManager.GPS_PROVIDER).apply {
        latitude = here.latE7 / 1e7
        longitude = here.lonE7 / 1e7
        accuracy = 20f
        elapsedRealtimeNanos = SystemClock.elapsedRealtimeNanos()
    }
    system.setLastKnownLocation(LocationManager.GPS_PROVIDER, location)
}

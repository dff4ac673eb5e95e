package vn.paht.kit.place

import android.content.Context
import java.time.Duration
import vn.paht.core.Point

/** Where the phone last knew itself to be: for alerts that come in the background. One point, on this phone alone. */
internal class LastPlace(context: Context) {
    private val kept = context.getSharedPreferences("paht-place", Context.MODE_PRIVATE)

    /** Absent once it is so old that the person may be anywhere. */
    val point: Point?
        get() {
            val age = System.currentTimeMillis() - kept.getLong("at", 0)
            return if (age in 0..LONGEST_MS) Point(kept.getInt("lat", 0), kept.getInt("lon", 0)) else null
        }

    fun keep(point: Point) =
        kept.edit().putInt("lat", point.latE7).putInt("lon", point.lonE7).putLong("at", System.currentTimeMillis()).apply()

    private companion object {
        val LONGEST_MS = Duration.ofDays(7).toMillis()
    }
}

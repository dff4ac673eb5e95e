package vn.paht.app

import android.content.Context
import vn.paht.core.Point

/** What the person chose in the settings; kept on this phone only. */
class Choices(context: Context) {
    private val kept = context.getSharedPreferences("paht-choices", Context.MODE_PRIVATE)

    /** A language of ours as BCP 47; absent: as on the phone. */
    var language: String? by Text("language")

    /** Filled in for the next reports. */
    var name: String? by Text("name")
    var number: String? by Text("number")

    /** How far around to look for public cases, in metres. */
    var nearbyRadiusM: Int
        get() = kept.getInt("nearby-radius", 2_000)
        set(metres) = kept.edit().putInt("nearby-radius", metres).apply()

    /** Where to look for them; absent: where the phone is. */
    var nearbyPin: Point?
        get() = if (kept.contains("nearby-lat")) Point(kept.getInt("nearby-lat", 0), kept.getInt("nearby-lon", 0)) else null
        set(point) {
            val change = kept.edit().remove("nearby-lat").remove("nearby-lon")
            point?.let { change.putInt("nearby-lat", it.latE7).putInt("nearby-lon", it.lonE7) }
            change.apply()
        }

    /** The first screen has introduced itself. */
    var isWelcomed: Boolean
        get() = kept.getBoolean("welcomed", false)
        set(seen) = kept.edit().putBoolean("welcomed", seen).apply()

    private class Text(private val key: String) {
        operator fun getValue(of: Choices, property: Any?): String? = of.kept.getString(key, null)

        operator fun setValue(of: Choices, property: Any?, value: String?) =
            of.kept.edit().putString(key, value?.trim()?.takeIf(String::isNotEmpty)).apply()
    }
}

package vn.paht.kit

import android.content.Context
import android.os.SystemClock
import android.provider.Settings
import java.time.Clock
import java.time.ZoneId
import vn.paht.core.ClockReading
import vn.paht.core.PhoneClock

/** The phone's clocks. The wall clock is what the person set; the ticks since boot go on in sleep and are never set back. */
internal class Clocks(private val context: Context, private val wall: Clock = Clock.systemUTC()) : PhoneClock {
    override fun now(): ClockReading {
        val wall = wall.instant()
        val offsetMinutes = ZoneId.systemDefault().rules.getOffset(wall).totalSeconds / 60
        return ClockReading(wall, offsetMinutes.toShort(), SystemClock.elapsedRealtime().toULong(), boot())
    }

    /** Counts the phone's starts. Some makers leave it out: 0 then, and a shorter tick tells the core of a reboot. */
    private fun boot(): ULong =
        Settings.Global.getInt(context.contentResolver, Settings.Global.BOOT_COUNT, 0).toULong()
}

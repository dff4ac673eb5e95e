package vn.paht.kit.background

import android.content.ComponentName
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Build
import android.os.PowerManager
import android.provider.Settings
import vn.paht.kit.service

/** A setting of the phone's maker that lets apps work in the background. [steps] are tried in their order. */
data class Advice(val maker: String, val steps: List<Intent>)

/**
 * Some makers end apps that are not on the screen, and with them the jobs that the system promised. The person can allow
 * us to work, in a setting that only they can find: they are told once, with the way there. Nothing of this has run on
 * the phones it is about; what is not there falls through to a setting that every Android has.
 */
class BatteryAdvice(private val context: Context, private val maker: String = Build.MANUFACTURER) {
    private val kept = context.getSharedPreferences("paht-advice", Context.MODE_PRIVATE)

    /** What to tell; absent where nothing needs to be told, or was told already. */
    fun due(): Advice? {
        val ways = WAYS[maker.lowercase()]
        val isExempt = context.service<PowerManager>().isIgnoringBatteryOptimizations(context.packageName)
        if (ways == null || isExempt || kept.getBoolean(TOLD, false)) return null
        return Advice(maker, ways.map(::way) + everyAndroids())
    }

    /** The person has seen it, whatever they did. */
    fun told() = kept.edit().putBoolean(TOLD, true).apply()

    private fun way(place: Pair<String, String>) =
        Intent().setComponent(ComponentName(place.first, place.second)).addFlags(Intent.FLAG_ACTIVITY_NEW_TASK)

    private fun everyAndroids() = listOf(
        Intent(Settings.ACTION_IGNORE_BATTERY_OPTIMIZATION_SETTINGS),
        Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, Uri.fromParts("package", context.packageName, null)),
    ).onEach { it.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK) }

    private companion object {
        const val TOLD = "told"
        val XIAOMI = "com.miui.securitycenter" to "com.miui.permcenter.autostart.AutoStartManagementActivity"
        val OPPO = listOf(
            "com.coloros.safecenter" to "com.coloros.safecenter.permission.startup.StartupAppListActivity",
            "com.oplus.safecenter" to "com.oplus.safecenter.permission.startup.StartupAppListActivity",
        )
        val HUAWEI = "com.huawei.systemmanager" to
            "com.huawei.systemmanager.startupmgr.ui.StartupNormalAppListActivity"
        val VIVO = "com.vivo.permissionmanager" to "com.vivo.permissionmanager.activity.BgStartUpManagerActivity"
        val SAMSUNG = "com.samsung.android.lool" to "com.samsung.android.sm.ui.battery.BatteryActivity"

        /** By what the phone says its maker is, in small letters. */
        val WAYS = mapOf(
            "xiaomi" to listOf(XIAOMI),
            "redmi" to listOf(XIAOMI),
            "poco" to listOf(XIAOMI),
            "oppo" to OPPO,
            "realme" to OPPO,
            "oneplus" to OPPO,
            "huawei" to listOf(HUAWEI),
            "honor" to listOf(HUAWEI),
            "vivo" to listOf(VIVO),
            "samsung" to listOf(SAMSUNG),
        )
    }
}

/** Opens the first of the settings that this phone has. */
fun Advice.open(context: Context): Boolean = steps.any { step ->
    try {
        context.startActivity(step)
        true
    } catch (_: android.content.ActivityNotFoundException) {
        false
    } catch (_: SecurityException) {
        // Some makers lock the door to their own setting.
        false
    }
}

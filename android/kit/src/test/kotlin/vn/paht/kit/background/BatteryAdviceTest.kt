package vn.paht.kit.background

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.ContextWrapper
import android.content.Intent
import android.os.PowerManager
import android.provider.Settings
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import vn.paht.kit.service

@RunWith(RobolectricTestRunner::class)
class BatteryAdviceTest {
    private val app get() = RuntimeEnvironment.getApplication()

    @Test
    fun `only those are told whose phone ends apps, and once`() {
        assertNull(BatteryAdvice(app, "Google").due())
        val advice = BatteryAdvice(app, "Xiaomi")
        assertNotNull(advice.due())
        advice.told()
        assertNull(BatteryAdvice(app, "Xiaomi").due())
    }

    @Test
    fun `who has allowed it already is not told`() {
        shadowOf(app.service<PowerManager>()).setIgnoringBatteryOptimizations(app.packageName, true)
        assertNull(BatteryAdvice(app, "vivo").due())
    }

    @Test
    fun `a setting that is not there falls through to one that is`() {
        val asked = mutableListOf<String?>()
        val picky = object : ContextWrapper(app) {
            override fun startActivity(intent: Intent) {
                asked += intent.action
                if (intent.component != null) throw ActivityNotFoundException()
            }
        }
        assertTrue(BatteryAdvice(app, "OPPO").due()!!.open(picky as Context))
        assertEquals(listOf(null, null, Settings.ACTION_IGNORE_BATTERY_OPTIMIZATION_SETTINGS), asked)
    }
}

package vn.paht.app

import android.app.Activity.RESULT_OK
import android.app.AlertDialog
import android.content.Intent
import android.content.pm.PackageManager.PERMISSION_DENIED
import android.view.View
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowAlertDialog
import vn.paht.app.nearby.NearbyMap
import vn.paht.app.report.PinActivity
import vn.paht.core.CategoryCode
import vn.paht.core.NewReport
import vn.paht.core.Point
import vn.paht.core.Until
import vn.paht.core.metresBetween
import vn.paht.core.pointOfDegrees
import vn.paht.kit.sync

/** Goal: what others reported around here, wherever the phone may say it is. Method: a real IOC, the real screen. */
@RunWith(RobolectricTestRunner::class)
class NearbyTest {
    @get:Rule val phone = Phone()
    private val here = pointOfDegrees(16.2775, 107.2297)

    @Test
    fun `cases stand by distance, as far as the person wants to look`() {
        published(here, "Sạt lở" to 300, "Cây đổ" to 0, "Cầu hỏng" to 4_000)
        phone.app.standAt(here)
        shown { screen ->
            until("the near ones") { screen.says("Sạt lở") && screen.says("Cây đổ") }
            assertTrue(screen.says(screen.say("app-nearby-around-you")))
            assertFalse("too far", screen.says("Cầu hỏng"))
            val said = screen.seen().map { it.label }.toList()
            assertTrue("nearest first", said.indexOf("Cây đổ") < said.indexOf("Sạt lở"))
            val map = screen.seen().single { it is NearbyMap }
            assertEquals(View.IMPORTANT_FOR_ACCESSIBILITY_NO, map.importantForAccessibility)
            screen.press(within(screen, "2"))
            choose(2)
            until("further") { screen.says("Cầu hỏng") }
            assertTrue(screen.says(within(screen, "5")))
            screen.list().performItemClick(screen.list(), 1, 0)
            assertTrue("/c/HUE-" in shadowOf(screen).nextStartedActivity.dataString!!)
        }
        shown { screen -> until("the choice is kept") { screen.says(within(screen, "5")) } }
    }

    @Test
    fun `without a network the last answer stands with its age, and where none was heard it is said`() {
        published(here, "Sạt lở" to 0)
        phone.app.standAt(here)
        shown { screen -> until("the list") { screen.says("Sạt lở") } }
        phone.again()
        shown { screen ->
            until("kept, with its age") { screen.says("Sạt lở") && screen.says(screen.say("app-alerts-as-of", "time" to "").take(12)) }
        }
        phone.app.standAt(pointOfDegrees(16.46, 107.59))
        shown { screen ->
            until("the reason") { screen.says(screen.say("app-nearby-needs-network")) }
            assertFalse(screen.says("Sạt lở"))
            screen.press(screen.say("app-button-retry"))
            until("said again") { screen.says(screen.say("app-nearby-needs-network")) }
        }
    }

    @Test
    fun `where nothing was reported it is said, with the place and the radius`() {
        phone.again(phone.ioc().url)
        phone.app.standAt(here)
        shown { screen -> until("nothing") { screen.says(screen.say("app-nearby-empty")) } }
    }

    @Test
    fun `a phone that may not say where it is shows a commune, and the person may choose the place`() {
        val communes = waiting { checkNotNull(phone.paht.card()) }.areas
        val commune = communes.first()
        val near = communes.minBy { metresBetween(here, it.centre) }
        published(here, "Sạt lở" to 0)
        shown { screen ->
            val around = screen.say("app-nearby-around", "place" to near.name)
            until("a commune near the latest report") { screen.says(around) }
            screen.press(around)
            choose(0)
            val asked = shadowOf(screen).lastRequestedPermission
            screen.onRequestPermissionsResult(asked.requestCode, asked.requestedPermissions, intArrayOf(PERMISSION_DENIED, PERMISSION_DENIED))
            assertTrue("the way round it", screen.says(screen.say("app-permission-location")))
            screen.press(around)
            choose(1)
            val pin = shadowOf(screen).nextStartedActivityForResult
            assertEquals(PinActivity::class.java.name, pin.intent.component?.className)
            shadowOf(screen).receiveResult(pin.intent, RESULT_OK, Intent().putExtra("lat", commune.centre.latE7).putExtra("lon", commune.centre.lonE7))
            until("around the pin") { screen.says(screen.say("app-nearby-around-pin")) }
        }
        assertEquals(commune.centre, Choices(phone.app).nearbyPin)
    }

    private fun published(at: Point, vararg cases: Pair<String, Int>) {
        val ioc = phone.ioc()
        phone.again(ioc.url)
        val ids = cases.map { (text, metres) ->
            waiting { phone.paht.report(NewReport(emptyList(), text, CategoryCode("traffic"), at = Point(at.latE7 + metres * 90, at.lonE7))) }
        }
        waiting { phone.paht.sync(until = Until.DONE) }
        for (id in ids) ioc.dispatch(waiting { checkNotNull(phone.paht.show(id).line.case).text })
    }

    private fun within(screen: MainActivity, km: String) = screen.say("app-nearby-within", "distance" to "").trim() + " $km"

    private fun choose(at: Int) {
        val dialog = ShadowAlertDialog.getLatestDialog() as AlertDialog
        dialog.listView.performItemClick(dialog.listView.getChildAt(at), at, at.toLong())
        idle()
    }

    private fun MainActivity.list() = seen().filterIsInstance<android.widget.ListView>().single()

    private fun shown(work: (MainActivity) -> Unit) {
        Look().set()
        Robolectric.buildActivity(MainActivity::class.java, MainActivity.at(phone.app, Place.Nearby)).use { work(it.setup().get()) }
    }
}

package vn.paht.app

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
import vn.paht.core.CardArea
import vn.paht.core.metresBetween
import vn.paht.kit.notify.EXTRA_ALERTS
import vn.paht.kit.sync

/** Goal: a danger is seen at once, first of all the one for here. Method: a real IOC tells it, the real screens show it. */
@RunWith(RobolectricTestRunner::class)
class AlertsTest {
    @get:Rule val phone = Phone()
    private val areas: List<CardArea> by lazy { waiting { checkNotNull(phone.paht.card()) }.areas }
    private val here by lazy { areas.first() }
    private val far by lazy { areas.maxBy { metresBetween(here.centre, it.centre) } }

    @Test
    fun `those for here come first, with level, text, hour, communes and a number to call`() {
        val ioc = phone.ioc()
        phone.again(ioc.url)
        phone.app.standAt(here.centre)
        ioc.alert("emergency", "Vỡ đập", "Chạy lên cao.", far.code.text)
        ioc.alert("warning", "Mưa lớn", "Hạn chế ra đường.", here.code.text)
        sync()
        shown { screen ->
            until("both") { screen.says("Vỡ đập") && screen.says("Mưa lớn") }
            val said = screen.seen().map { it.label }.toList()
            assertTrue("here first", said.indexOf("Mưa lớn") < said.indexOf("Vỡ đập"))
            for (words in listOf(screen.say("app-alerts-here"), screen.say("app-alerts-elsewhere"), screen.say("portal-alert-warning"), here.name, far.name)) {
                assertTrue(words, screen.says(words))
            }
            assertTrue(screen.says(screen.say("app-alerts-valid-until", "time" to "")))
            screen.press("1022")
            assertEquals("tel:1022", shadowOf(screen).nextStartedActivity.dataString)
        }
    }

    @Test
    fun `an emergency for here stands on the report screen and in the bar, one elsewhere does not`() {
        val ioc = phone.ioc()
        phone.again(ioc.url)
        phone.app.standAt(here.centre)
        ioc.alert("emergency", "Vỡ đập", "Chạy lên cao.", far.code.text)
        sync()
        shown(Place.Report) { screen ->
            until("the categories") { screen.says("Hạ tầng") }
            assertFalse(screen.says("Vỡ đập"))
            ioc.alert("emergency", "Lũ quét", "Rời khỏi bờ suối.", here.code.text)
            sync()
            until("the banner") { screen.says("Lũ quét") }
            assertFalse("not a word of the one elsewhere", screen.says("Vỡ đập"))
            val tab = listOf(screen.say("app-tab-alerts"), screen.say("portal-alert-emergency")).joinToString(", ")
            assertTrue("in the bar, for ears too", screen.seen().any { it.contentDescription == tab })
            screen.press("Lũ quét")
            assertEquals(Place.Alerts, screen.place)
        }
    }

    @Test
    fun `without a network the last word stands with its hour, and nothing heard is no all-clear`() {
        val ioc = phone.ioc()
        phone.again(ioc.url)
        sync()
        shown { screen -> until("nothing holds") { screen.says(screen.say("app-alerts-empty")) } }
        ioc.alert("notice", "Họp dân", "Tối thứ bảy.")
        sync()
        phone.again()
        heard(hoursAgo = 3)
        shown { screen ->
            until("kept") { screen.says("Họp dân") }
            until("with its hour") { screen.says(screen.say("app-alerts-as-of", "time" to "").take(12)) }
        }
    }

    @Test
    fun `a phone that never heard the centre says so`() =
        shown { screen -> until("never heard") { screen.says(screen.say("app-alerts-never")) } }

    @Test
    fun `a notification about a danger opens the alerts`() {
        Look().set()
        val tapped = MainActivity.at(phone.app, Place.Report).putExtra(EXTRA_ALERTS, true)
        Robolectric.buildActivity(MainActivity::class.java, tapped).use { assertEquals(Place.Alerts, it.setup().get().place) }
    }

    @Test
    fun `with large letters nothing of an alert is cut off`() {
        val ioc = phone.ioc()
        phone.again(ioc.url)
        ioc.alert("emergency", "Vỡ đập thủy điện, nước dâng rất nhanh", "Chạy lên cao ngay.", here.code.text)
        sync()
        shown(look = Look(fontScale = 2f)) { screen ->
            until("it") { screen.says("Vỡ đập") }
            screen.settle()
            val width = screen.window.decorView.width
            for (view in screen.seen().filter { it.label.isNotBlank() }) {
                val at = IntArray(2).also(view::getLocationOnScreen)
                assertTrue("${view.label}: ${at[0]}..${at[0] + view.width}", at[0] >= 0 && at[0] + view.width <= width)
            }
            val touched = screen.seen().filter(View::isClickable).toList()
            val least = screen.resources.displayMetrics.density * 48 - 1
            assertTrue(touched.all { it.width >= least && it.height >= least })
        }
    }

    private fun heard(hoursAgo: Int) {
        val at = System.currentTimeMillis() - hoursAgo * 3_600_000L
        phone.app.getSharedPreferences("paht-heard", 0).edit().putLong("at", at).commit()
    }

    private fun sync() = waiting { phone.paht.sync() }

    private fun shown(place: Place = Place.Alerts, look: Look = Look(), work: (MainActivity) -> Unit) {
        look.set()
        Robolectric.buildActivity(MainActivity::class.java, MainActivity.at(phone.app, place)).use { work(it.setup().get()) }
    }
}

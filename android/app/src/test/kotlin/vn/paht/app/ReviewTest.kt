package vn.paht.app

import android.app.Activity
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.widget.EditText
import android.widget.TextView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import vn.paht.app.detail.DetailActivity
import vn.paht.app.more.ServiceActivity
import vn.paht.core.NewReport
import vn.paht.core.Review
import vn.paht.core.ReviewPhrase
import vn.paht.core.Service
import vn.paht.core.ServiceCode
import vn.paht.core.pointOfDegrees

/** Goal: a visitor says what they think of a service in a few taps. Method: the real screens and core, a real IOC. */
@RunWith(RobolectricTestRunner::class)
class ReviewTest {
    @get:Rule val phone = Phone()
    private val start get() = Intent(phone.app, ServiceActivity::class.java)

    @Test
    fun `a service is chosen from the list, nearest first, and what is tapped goes as a review`() {
        phone.again(phone.ioc().url)
        phone.app.standAt(pointOfDegrees(16.4536, 107.5449))
        open(start) { screen ->
            until("the list") { screen.says("Chùa Thiên Mụ") && screen.says("Đại Nội Huế") }
            val said = screen.seen().filterIsInstance<TextView>().map { it.text.toString() }.toList()
            assertTrue("nearest first", said.indexOf("Chùa Thiên Mụ") < said.indexOf("Đại Nội Huế"))
            field(screen).setText("dai noi")
            until("found without accents") { !screen.says("Chùa Thiên Mụ") }
            screen.press("Đại Nội Huế")
            assertTrue(screen.says("Đường 23 Tháng 8"))
            screen.press(screen.say("app-a11y-stars", "count" to 5))
            for (id in listOf("app-phrase-dirty", "app-phrase-clean", "app-phrase-helpful")) screen.press(screen.say(id))
            assertFalse("cannot both be", toggle(screen, "app-phrase-dirty").isSelected)
            assertTrue(toggle(screen, "app-phrase-clean").isSelected)
            screen.press(screen.say("app-button-send"))
            until("thanks") { screen.says(screen.say("app-service-thanks")) }
        }
        val made = waiting { phone.paht.list() }.single()
        assertEquals(Review(Service.Listed(ServiceCode("dai-noi")), 5u, listOf(ReviewPhrase.Clean, ReviewPhrase.Helpful)), made.review)
        assertEquals("nothing is said twice", "", made.text)
        phone.again()
        open(start) { screen ->
            until("kept, with its age") { screen.says("Đại Nội Huế") && screen.says(screen.say("app-alerts-as-of", "time" to "").take(12)) }
        }
    }

    @Test
    fun `without a network or a list a service goes by the name it is given`() = open(start) { screen ->
        until("told") { screen.says(screen.say("app-offline")) }
        field(screen).setText("Taxi 75A-123.45")
        screen.press("Taxi 75A-123.45 " + screen.say("app-service-title"))
        screen.press(screen.say("app-phrase-overcharged"))
        screen.press(screen.say("app-button-send"))
        until("thanks") { screen.says(screen.say("app-service-thanks")) }
        val made = waiting { phone.paht.list() }.single()
        assertEquals(Review(Service.Named("Taxi 75A-123.45"), null, listOf(ReviewPhrase.Overcharged)), made.review)
    }

    @Test
    fun `the sign at a door opens it with its service, also one that no list has`() {
        val centre = phone.app.getString(R.string.ioc)
        assertEquals("one province", Uri.parse(centre).host, phone.app.getString(R.string.ioc_host))
        for (link in listOf("paht://s/quan-moi", "$centre/s/quan-moi")) {
            val sign = Intent(Intent.ACTION_VIEW, Uri.parse(link)).addCategory(Intent.CATEGORY_BROWSABLE)
            val found = phone.app.packageManager.queryIntentActivities(sign, 0).map { it.activityInfo.name }
            assertEquals(link, listOf(ServiceActivity::class.java.name), found)
            open(sign.setClass(phone.app, ServiceActivity::class.java)) { screen ->
                assertTrue(link, screen.says("quan-moi"))
                assertTrue("ready to send", screen.says(screen.say("app-button-send")))
            }
        }
        for (link in listOf("https://elsewhere.example/s/dai-noi", "paht://s/../x", "paht://s/DAI%20NOI", "$centre/c/HUE-1")) {
            val other = Intent(Intent.ACTION_VIEW, Uri.parse(link)).setClass(phone.app, ServiceActivity::class.java)
            open(other) { screen -> assertTrue(link, screen.says(screen.say("app-service-choose"))) }
        }
    }

    @Test
    fun `among the person's reports it stands with its service, stars and phrases`() {
        phone.again(phone.ioc().url)
        open(start) { screen -> until("the list") { screen.says("Đại Nội Huế") } }
        val review = Review(Service.Listed(ServiceCode("dai-noi")), 4u, listOf(ReviewPhrase.LongWait))
        val id = waiting { phone.paht.report(NewReport(emptyList(), category = null, review = review)) }
        Look().set()
        Robolectric.buildActivity(MainActivity::class.java, MainActivity.at(phone.app, Place.Mine)).use { controller ->
            val screen = controller.setup().get()
            until("in the list") { screen.says("Đại Nội Huế") && screen.says(screen.say("app-a11y-stars", "count" to 4)) }
        }
        Robolectric.buildActivity(DetailActivity::class.java, DetailActivity.of(phone.app, id)).use { controller ->
            val screen = controller.setup().get()
            val said = listOf("Đại Nội Huế", screen.say("app-a11y-stars", "count" to 4), screen.say("app-phrase-long-wait"))
            until("on its page") { said.all(screen::says) }
        }
    }

    @Test
    fun `what was chosen and tapped outlives the screen`() {
        Look().set()
        val saved = Bundle()
        val sign = Intent(Intent.ACTION_VIEW, Uri.parse("paht://s/ga-hue")).setClass(phone.app, ServiceActivity::class.java)
        Robolectric.buildActivity(ServiceActivity::class.java, sign).use { controller ->
            val screen = controller.setup().get()
            screen.press(screen.say("app-phrase-friendly"))
            screen.press(screen.say("app-a11y-stars", "count" to 2))
            screen.seen().filterIsInstance<EditText>().first().setText("Chờ lâu")
            controller.pause().stop().saveInstanceState(saved)
        }
        Robolectric.buildActivity(ServiceActivity::class.java, start).use { controller ->
            val screen = controller.setup(saved).get()
            assertTrue(screen.says("ga-hue") && screen.says("Chờ lâu"))
            screen.press(screen.say("app-button-send"))
            until("thanks") { screen.says(screen.say("app-service-thanks")) }
        }
        val made = waiting { phone.paht.list() }.single()
        assertEquals(Review(Service.Listed(ServiceCode("ga-hue")), 2u, listOf(ReviewPhrase.Friendly)) to "Chờ lâu", made.review to made.text)
    }

    private fun field(screen: Activity) = screen.seen().filterIsInstance<EditText>().first()

    private fun toggle(screen: Screen, id: String) = screen.seen().filterIsInstance<TextView>().first { it.text.toString() == screen.say(id) }

    private fun open(intent: Intent, work: (ServiceActivity) -> Unit) {
        Look().set()
        Robolectric.buildActivity(ServiceActivity::class.java, intent).use { work(it.setup().get()) }
    }
}

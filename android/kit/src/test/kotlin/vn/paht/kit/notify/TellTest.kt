package vn.paht.kit.notify

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.app.Notification
import android.app.NotificationManager
import android.location.Location
import android.location.LocationManager
import android.os.SystemClock
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import vn.paht.core.Point
import vn.paht.core.ReportId
import vn.paht.core.Stage
import vn.paht.core.Until
import vn.paht.core.metresBetween
import vn.paht.kit.Phones
import vn.paht.kit.Seen
import vn.paht.kit.service
import vn.paht.kit.sync
import vn.paht.kit.waiting
import vn.paht.kit.words

@RunWith(RobolectricTestRunner::class)
@Config(qualifiers = "vi-rVN")
class TellTest {
    @get:Rule val phones = Phones()

    private fun shown(): List<Notification> = shadowOf(phones.app.service<NotificationManager>()).allNotifications

    @Test
    fun `an answer is told once, without a word of what anybody wrote`() = waiting {
        val ioc = phones.ioc()
        val phone = phones.phone(ioc.url)
        phones.app.createChannels()
        val id = phone.report(words("Đường trước nhà ông Tám hỏng", phones.photo()))
        phone.sync(until = Until.DONE)
        val case = phone.show(id).line.case!!.text
        if (phone.show(id).line.stage == Stage.RECEIVED) ioc.dispatch(case)
        phone.sync()
        Tell(phone).news()
        assertTrue("nothing to tell yet", shown().isEmpty())

        ioc.answer(case, phone.show(id).assignments.single().agency.text, "Đã sửa cho ông Tám", phones.photo("a.jpg", 99))
        phone.sync()
        Tell(phone).news()
        val told = shown().single()
        assertEquals(Channel.Answers.id, told.channelId)
        assertTrue("Tám" !in told.extras.toString())
        phones.app.service<NotificationManager>().cancelAll()
        Tell(phone).news()
        assertTrue("told once", shown().isEmpty())
    }

    @Test
    fun `nothing is told of a report that is on the screen, nor of it later`() = waiting {
        val ioc = phones.ioc()
        val phone = phones.phone(ioc.url)
        val id = phone.report(words("Cống nghẹt"))
        phone.sync(until = Until.DONE)
        ioc.refuse(phone.show(id).line.case!!.text, "Trùng")
        phone.sync()
        for (seen in listOf(Seen.Report(id), Seen.Reports)) {
            phones.app.getSharedPreferences("paht-told", 0).edit().clear().commit()
            val screen = launch(start = CoroutineStart.UNDISPATCHED) { phone.inSight.showing(seen) }
            Tell(phone).news()
            screen.cancelAndJoin()
            Tell(phone).news()
            assertTrue("$seen", shown().isEmpty())
        }
        phones.app.getSharedPreferences("paht-told", 0).edit().clear().commit()
        val other = launch(start = CoroutineStart.UNDISPATCHED) { phone.inSight.showing(Seen.Report(ReportId("other"))) }
        Tell(phone).news()
        other.cancelAndJoin()
        assertEquals("another one is", 1, shown().size)
        launch(start = CoroutineStart.UNDISPATCHED) { phone.inSight.showing(Seen.Reports) }.cancelAndJoin()
        assertEquals("the list does not tell it", 1, shown().size)
        launch(start = CoroutineStart.UNDISPATCHED) { phone.inSight.showing(Seen.Report(id)) }.cancelAndJoin()
        assertTrue("its own screen does", shown().isEmpty())
    }

    @Test
    fun `a danger for here is told once, taken away when it ends, and one elsewhere is not told`() = waiting {
        val ioc = phones.ioc()
        val phone = phones.phone(ioc.url)
        phone.sync()
        val areas = checkNotNull(phone.card()).areas
        stand(areas.first().centre)
        val far = areas.maxBy { metresBetween(areas.first().centre, it.centre) }
        ioc.alert("emergency", "Lũ ở xa", far.code.text)
        ioc.alert("notice", "Họp dân")
        val flood = ioc.alert("warning", "Lũ quét", areas.first().code.text)
        phone.sync()
        Tell(phone).news()
        val told = shown().single()
        assertEquals(Channel.Dangers.id, told.channelId)
        assertTrue("Lũ quét" in told.extras.getCharSequence(Notification.EXTRA_TITLE)!!)
        Tell(phone).news()
        assertEquals(1, shown().size)
        ioc.endAlert(flood)
        phone.sync()
        Tell(phone).news()
        assertTrue("it is over", shown().isEmpty())
    }

    @Test
    fun `where the place is unknown an emergency is told, a warning for one commune is not`() = waiting {
        val ioc = phones.ioc()
        val phone = phones.phone(ioc.url)
        phone.sync()
        val area = checkNotNull(phone.card()).areas.first().code.text
        ioc.alert("warning", "Gió mạnh", area)
        ioc.alert("emergency", "Vỡ đập", area)
        phone.sync()
        val screen = launch(start = CoroutineStart.UNDISPATCHED) { phone.inSight.showing(Seen.Alerts) }
        Tell(phone).news()
        assertTrue("they are on the screen", shown().isEmpty())
        screen.cancelAndJoin()
        phones.app.getSharedPreferences("paht-told-dangers", 0).edit().clear().commit()
        Tell(phone).news()
        assertTrue("Vỡ đập" in shown().single().extras.getCharSequence(Notification.EXTRA_TITLE)!!)
        launch(start = CoroutineStart.UNDISPATCHED) { phone.inSight.showing(Seen.Alerts) }.cancelAndJoin()
        Tell(phone).news()
        assertTrue("read on the screen, and told once", shown().isEmpty())
    }

    /** The person allowed the place, and was here a moment ago. */
    private fun stand(at: Point) {
        shadowOf(phones.app).grantPermissions(ACCESS_FINE_LOCATION, ACCESS_COARSE_LOCATION)
        val system = shadowOf(phones.app.service<LocationManager>())
        system.setProviderEnabled(LocationManager.GPS_PROVIDER, true)
        val location = Location(LocationManager.GPS_PROVIDER).apply {
            latitude = at.latE7 / 1e7
            longitude = at.lonE7 / 1e7
            elapsedRealtimeNanos = SystemClock.elapsedRealtimeNanos()
        }
        system.setLastKnownLocation(LocationManager.GPS_PROVIDER, location)
    }
}

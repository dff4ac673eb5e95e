package vn.paht.app

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.Manifest.permission.RECORD_AUDIO
import android.content.Intent
import android.content.pm.PackageManager.PERMISSION_DENIED
import android.database.sqlite.SQLiteDatabase
import android.graphics.Bitmap
import java.io.File
import java.time.ZoneId
import java.util.TimeZone
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Assume.assumeTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import vn.paht.app.mine.MineTab
import vn.paht.app.report.ReportTab
import vn.paht.core.CategoryCode
import vn.paht.core.NewReport
import vn.paht.core.Until
import vn.paht.core.Way
import vn.paht.core.metresBetween
import vn.paht.core.pointOfDegrees
import vn.paht.kit.sync

/** Goal: on a bad day nothing is lost and the way out is said. Method: the day is made bad under the real screens and core. */
@RunWith(RobolectricTestRunner::class)
class BadDaysTest {
    @get:Rule val phone = Phone()
    private val traffic = "Hạ tầng giao thông"
    private val spot = pointOfDegrees(16.2775, 107.2297)

    @After fun asEver() {
        Forbidding.forbids = false
    }

    @Test
    fun `a permission that was taken back while the app was away keeps nobody from saving`() {
        phone.app.standAt(spot)
        shadowOf(phone.app).grantPermissions(RECORD_AUDIO)
        shown { screen ->
            ReportFlow.photograph(screen, photo())
            until("the position") { (screen.tab as ReportTab).draft.fix != null }
            screen.press(traffic)
        }
        // Taking a permission back ends the process.
        shadowOf(phone.app).denyPermissions(ACCESS_FINE_LOCATION, ACCESS_COARSE_LOCATION, RECORD_AUDIO)
        phone.again()
        shown { screen ->
            val draft = (screen.tab as ReportTab).draft
            assertEquals("the place of the photo is still its place", 1 to true, draft.files.size to (draft.fix != null))
            screen.press(screen.say("app-button-add-voice"))
            refuse(screen, RECORD_AUDIO)
            assertTrue(screen.says(screen.say("app-permission-microphone")))
            save(screen)
        }
        assertEquals(1, waiting { phone.paht.list() }.single().captures.size)
        val commune = waiting { checkNotNull(phone.paht.card()) }.areas.minBy { metresBetween(spot, it.centre) }
        shown(Place.Nearby) { screen ->
            until("around the report's commune") { screen.says(screen.say("app-nearby-around", "place" to commune.name)) }
        }
    }

    @Test
    fun `a phone without a camera app says so, and a report without photos is saved`() = shown { screen ->
        shadowOf(phone.app).checkActivities(true)
        screen.press(screen.say("app-button-take-photo"))
        assertTrue(screen.says(screen.say("app-report-no-camera")))
        screen.press(screen.say("app-button-record-video"))
        assertTrue(screen.says(screen.say("app-report-no-camera")))
        screen.seen().filterIsInstance<android.widget.EditText>().first().setText("Ổ gà")
        screen.press(traffic)
        save(screen)
    }

    @Test
    fun `a camera that was forbidden is told with the way round it`() = shown { screen ->
        Forbidding.forbids = true
        screen.press(screen.say("app-button-take-photo"))
        assertTrue(screen.says(screen.say("app-permission-camera")))
    }

    @Test
    fun `a full phone refuses the report whole, says so, and saves it when there is room`() {
        phone.home.mkdirs()
        assumeTrue("needs root to make a small disk", run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", phone.home.path))
        try {
            shown { screen ->
                ReportFlow.photograph(screen, photo())
                screen.press(traffic)
                val filler = File(phone.home, "filler")
                filler.outputStream().use { out -> runCatching { while (true) out.write(ByteArray(65_536)) } }
                screen.press(screen.say("app-button-save-report"))
                until("the reason") { screen.says(screen.say("app-report-storage-full")) }
                assertEquals("nothing is lost", 1, (screen.tab as ReportTab).draft.files.size)
                filler.delete()
                save(screen)
            }
            assertEquals(1, waiting { phone.paht.list() }.single().captures.size)
            phone.again()
        } finally {
            run("umount", "-l", phone.home.path)
        }
    }

    @Test
    fun `a draft that cannot be written down is said, and stays on the screen`() = shown { screen ->
        File(phone.app.noBackupFilesDir, "draft.json.new").mkdirs()
        screen.press(traffic)
        assertTrue(screen.says(screen.say("app-report-storage-full")))
        assertEquals("traffic", (screen.tab as ReportTab).draft.category?.text)
    }

    @Test
    fun `a store that another process has is said to be in use, and opens when that one has ended`() {
        waiting { phone.paht.report(NewReport(emptyList(), "Rác ở chợ", CategoryCode("sanitation"))) }
        phone.again()
        val other = Ioc.start("phone", "--home", phone.home.path, "--ioc", Phone.NO_IOC, "sync", "--until-done")
        try {
            // Its first word comes after it has opened the store.
            other.inputStream.bufferedReader().readLine()
            shown(Place.Mine, isReady = false) { screen ->
                until("the reason") { screen.says(screen.say("fault-storage-busy")) }
                other.destroyForcibly().waitFor()
                screen.go(Place.More)
                screen.go(Place.Mine)
                until("the list") { screen.says("Rác ở chợ") }
                until("no reason any more") { !screen.says(screen.say("fault-storage-busy")) }
            }
        } finally {
            other.destroyForcibly()
        }
    }

    @Test
    fun `who travels reads the hours of the place`() {
        val home = TimeZone.getDefault()
        val ioc = phone.ioc()
        phone.again(ioc.url)
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Ho_Chi_Minh"))
            ioc.alert("warning", "Mưa lớn", "Hạn chế ra đường.")
            waiting { phone.paht.sync() }
            shown(Place.Alerts, isReady = false) { screen ->
                until("the alert") { screen.says("Mưa lớn") }
                val before = screen.seen().map { it.label }.toList()
                TimeZone.setDefault(TimeZone.getTimeZone("Europe/Paris"))
                assertEquals("Europe/Paris", ZoneId.systemDefault().id)
                phone.app.sendBroadcast(Intent(Intent.ACTION_TIMEZONE_CHANGED))
                until("other hours") { screen.seen().map { it.label }.toList() != before && screen.says("Mưa lớn") }
            }
        } finally {
            TimeZone.setDefault(home)
        }
    }

    @Test
    fun `an update takes over the queue of the schema before`() {
        val ioc = phone.ioc()
        for ((version, later) in listOf(5 to listOf("act"), 4 to listOf("act", "nearby"), 3 to listOf("act", "nearby", "bulletin"))) {
            waiting { phone.paht.report(NewReport(listOf(photo().path), "Trước khi nâng cấp $version", CategoryCode("traffic"))) }
            phone.again()
            waiting { phone.paht.list() }
            phone.close()
            backTo(version, later)
            phone.again(ioc.url)
            shown(Place.Mine, isReady = false) { screen -> until("the queue") { screen.says("Trước khi nâng cấp $version") } }
            assertTrue(waiting { phone.paht.sync(until = Until.DONE) }.outcome.allSent)
            assertEquals(Way.Whole, waiting { phone.paht.list() }.first().way)
        }
    }

    @Test
    fun `ten thousand reports open as fast as ten`() {
        val some = 10_000
        waiting(atMostS = 300) {
            for (at in 1..some) phone.paht.report(NewReport(emptyList(), "Việc số $at", CategoryCode("traffic")))
        }
        shown(Place.Mine, isReady = false) { screen ->
            val list = (screen.tab as MineTab).list
            until("the first page") { list.count > 0 }
            screen.settle()
            assertEquals("a page is read, not all", 50, list.count)
            assertTrue("as many rows are made as are seen", list.childCount < 15)
            assertTrue(screen.says("Việc số $some"))
            list.setSelection(49)
            until("the second page") { list.count == 100 }
            assertTrue(list.childCount < 15)
        }
    }

    /** What the program of that schema left behind. */
    private fun backTo(version: Int, later: List<String>) {
        SQLiteDatabase.openDatabase(File(phone.home, "phone.db").path, null, SQLiteDatabase.OPEN_READWRITE).use { store ->
            later.forEach { store.execSQL("DROP TABLE $it") }
            store.version = version
        }
    }

    private fun refuse(screen: MainActivity, permission: String) {
        val asked = shadowOf(screen).lastRequestedPermission
        assertTrue(permission in asked.requestedPermissions)
        screen.onRequestPermissionsResult(asked.requestCode, asked.requestedPermissions, IntArray(asked.requestedPermissions.size) { PERMISSION_DENIED })
    }

    private fun save(screen: MainActivity) {
        screen.press(screen.say("app-button-save-report"))
        until("saved") { screen.says(screen.say("app-report-saved")) }
        assertFalse(screen.says(screen.say("app-report-storage-full")))
    }

    private fun photo(): File = File(phone.folder.root, "photo.jpg").also { file ->
        val picture = Bitmap.createBitmap(320, 240, Bitmap.Config.ARGB_8888)
        file.outputStream().use { picture.compress(Bitmap.CompressFormat.JPEG, 90, it) }
    }

    private fun run(vararg command: String) =
        runCatching { ProcessBuilder(*command).start().waitFor() == 0 }.getOrDefault(false)

    private fun shown(place: Place = Place.Report, isReady: Boolean = place == Place.Report, work: (MainActivity) -> Unit) {
        Look().set()
        Robolectric.buildActivity(MainActivity::class.java, MainActivity.at(phone.app, place)).use { controller ->
            val screen = controller.setup().get()
            if (isReady) until("the categories") { screen.says(traffic) }
            work(screen)
        }
    }
}

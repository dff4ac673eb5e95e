package vn.paht.app

import android.app.Activity
import android.content.Intent
import android.graphics.drawable.BitmapDrawable
import android.view.View
import android.widget.EditText
import android.widget.ImageView
import android.widget.ScrollView
import java.io.File
import java.time.Duration
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import vn.paht.app.detail.DetailActivity
import vn.paht.app.mine.QueueActivity
import vn.paht.app.desk.CaseActivity
import vn.paht.app.desk.CaseDraftFile
import vn.paht.app.desk.CasesActivity
import vn.paht.app.more.ServiceActivity
import vn.paht.app.more.SettingsActivity
import vn.paht.app.report.Draft
import vn.paht.app.report.DraftFile
import vn.paht.app.report.PinActivity
import vn.paht.app.ways.CarriedActivity
import vn.paht.app.ways.WaysActivity
import vn.paht.core.CategoryCode
import vn.paht.core.Fix
import vn.paht.core.NewDeed
import vn.paht.core.NewReport
import vn.paht.core.OfficerCase
import vn.paht.core.Point
import vn.paht.core.ReportId
import vn.paht.core.Review
import vn.paht.core.ReviewPhrase
import vn.paht.core.Service
import vn.paht.core.ServiceCode
import vn.paht.core.Until
import vn.paht.core.metresBetween
import vn.paht.core.pointOfDegrees
import vn.paht.kit.act
import vn.paht.kit.bundle
import vn.paht.kit.carry
import vn.paht.kit.casePicture
import vn.paht.kit.cases
import vn.paht.kit.enrol
import vn.paht.kit.hold
import vn.paht.kit.officer
import vn.paht.kit.signOut
import vn.paht.kit.sync

/**
 * Pictures of every screen, in two languages, by day and by night, with letters of 100 % and 200 %, from the real core with
 * what a real IOC told it. `-Dpaht.pictures=docs` puts them into docs/screens.
 */
@RunWith(RobolectricTestRunner::class)
class PicturesTest {
    @get:Rule val phone = Phone()
    private val painted by lazy { File(phone.folder.root, "painted").also(Ioc::paint) }
    private fun photo(name: String) = File(painted, name)
    private val looks = System.getProperty("paht.looks")?.let { wanted -> Look.ALL.filter { it.name in wanted.split(',') } } ?: Look.ALL

    private lateinit var case: OfficerCase
    private val spot = pointOfDegrees(16.2775, 107.2297)
    private val ioc by lazy { phone.ioc() }
    private val areas by lazy { waiting { checkNotNull(phone.paht.card()) }.areas.sortedBy { metresBetween(spot, it.centre) } }
    private val here get() = areas.first()
    private val far get() = areas.last()

    @Test
    fun `every screen is drawn in every look`() {
        val told = province()
        for (look in looks) {
            each(look, "welcome", MainActivity.at(phone.app, Place.Report)) { until("grid") { it.says("Hạ tầng") || it.says("Roads") } }
            Choices(phone.app).isWelcomed = true
            each(look, "report", MainActivity.at(phone.app, Place.Report)) { until("grid") { it.says("Hạ tầng") || it.says("Roads") } }
            each(look, "report-filled", MainActivity.at(phone.app, Place.Report), ::fillIn)
            DraftFile(phone.app).write(Draft())
            val here = Draft(fix = Fix(pointOfDegrees(16.2775, 107.2297), 400u))
            each(look, "pin", PinActivity.from(phone.app, here)) { until("the communes") { it.says("A Lưới") } }
            each(look, "mine", MainActivity.at(phone.app, Place.Mine)) { until("list") { it.says("Cỏ mọc") && drawn(it) } }
            each(look, "nearby", MainActivity.at(phone.app, Place.Nearby)) { until("list") { it.says("Sạt lở") } }
            each(look, "alerts", MainActivity.at(phone.app, Place.Alerts)) { until("hotline") { it.says("19001075") && it.says("1022") } }
            each(look, "more", MainActivity.at(phone.app, Place.More)) { }
            each(look, "queue", Intent(phone.app, QueueActivity::class.java)) { until("parts") { it.says("kB") } }
            each(look, "detail", DetailActivity.of(phone.app, told)) { until("case") { it.says("HUE-") && drawn(it, 2) } }
            each(look, "settings", Intent(phone.app, SettingsActivity::class.java)) { until("size") { it.says("B") } }
            Choices(phone.app).isWelcomed = false
        }
        Choices(phone.app).isWelcomed = true
        emergency()
        for (look in looks) {
            each(look, "report-emergency", MainActivity.at(phone.app, Place.Report)) { until("banner") { it.says("Lũ quét") || it.says("Flash flood") } }
            each(look, "alerts-emergency", MainActivity.at(phone.app, Place.Alerts)) { screen ->
                until("it") { screen.says("Lũ quét") || screen.says("Flash flood") }
                // Large letters put it below the numbers.
                if (look.fontScale > 1f) screen.seen().first { it is ScrollView }.scrollBy(0, screen.window.decorView.height * 7 / 10)
            }
        }
    }

    @Test
    fun `the ways without a network are drawn in every look`() {
        val ioc = phone.iocWithSms()
        phone.again(card = ioc.card())
        val bridge = make("Cầu treo thôn A Ngô đứt một dây cáp, học sinh vẫn đi qua.", "traffic", "landslide.jpg")
        val sealed = File(phone.folder.root, "hand").apply { mkdirs() }
        waiting { phone.paht.bundle(listOf(bridge), File(sealed, "phan-anh-a-ngo.paht")) }
        phone.again(ioc.url, card = ioc.card())
        for (look in looks) {
            each(look, "ways", WaysActivity.of(phone.app, bridge)) { until("the message") { it.says("8175") } }
        }
        phone.swap(ioc.url, card = ioc.card())
        waiting { phone.paht.carry(File(sealed, "phan-anh-a-ngo.paht")) }
        sync()
        phone.again(card = ioc.card())
        val second = File(sealed, "phan-anh-ho-ke-go.paht")
        val other = make("Đập tràn ngập sâu.", "traffic", "repair-1.jpg")
        waiting {
            phone.paht.bundle(listOf(other), second)
            phone.paht.carry(second)
        }
        for (look in looks) {
            each(look, "carried", Intent(phone.app, CarriedActivity::class.java)) { until("both") { it.says("ho-ke-go") } }
        }
    }

    @Test
    fun `what visitors and officers see is drawn in every look`() {
        desk()
        for (look in looks) {
            each(look, "service-list", Intent(phone.app, ServiceActivity::class.java)) { until("services") { it.says("Đại Nội") || it.says("Imperial") } }
            each(look, "service", Intent(phone.app, ServiceActivity::class.java), ::review)
            val agency = waiting { checkNotNull(phone.paht.officer()).agency }
            waiting { phone.paht.signOut() }
            each(look, "cases-sign-in", Intent(phone.app, CasesActivity::class.java)) { screen ->
                until("the code") { screen.seen().any { it is EditText } }
            }
            waiting {
                phone.paht.enrol(ioc.agencyToken(agency.text))
                phone.paht.cases()
                phone.paht.casePicture(case.report, case.pictures.first().hash)
            }
            each(look, "cases", Intent(phone.app, CasesActivity::class.java)) { until("cases") { it.says("HUE-") } }
            each(look, "case", CaseActivity.of(phone.app, case)) { until("case") { it.says("ta luy") && drawn(it) } }
            each(look, "case-answer", CaseActivity.of(phone.app, case), ::answer)
            CaseDraftFile.forgetAll(phone.app)
        }
    }

    private fun emergency() {
        val english = "Flash flood on the A Sáp" to "Leave the banks now. Go up to the commune's school. Do not cross any ford."
        ioc.alert("emergency", "Lũ quét trên sông A Sáp", "Rời ngay khỏi bờ sông. Lên trường học của xã. Không qua ngầm, tràn.", here.code.text, english = english)
        sync()
    }

    private fun warn() {
        val rain = "Very heavy rain until tomorrow night" to "Landslides are likely on slopes. Drive only where you must."
        ioc.alert("warning", "Mưa rất to đến hết đêm mai", "Dễ sạt lở ở các sườn dốc. Chỉ đi lại khi thật cần.", here.code.text, english = rain)
        val fair = "Road closed for the fair" to "Lê Lợi street is closed to cars on Saturday from 18:00 to 22:00."
        ioc.alert("notice", "Cấm đường phục vụ hội chợ", "Đường Lê Lợi cấm ô tô từ 18 giờ đến 22 giờ thứ bảy.", far.code.text, english = fair)
    }

    /** Reports as a citizen has them: one answered, one with an agency, one kept back, one without signal. */
    private fun province(): ReportId {
        phone.again(ioc.url)
        phone.app.standAt(spot)
        val landslide = make("Sạt lở lấp hết mặt đường quốc lộ 49 đoạn qua A Lưới, xe không qua được.", "traffic", "landslide.jpg", east = 300, south = -250)
        val drain = make("Cống trước chợ Nam Đông bị nghẹt, mưa là nước dâng lên đường.", "urban", null, east = 1_200, south = 700)
        make("Rác chất đống ở góc chợ, bốc mùi mấy hôm nay.", "sanitation", null, east = -900, south = 400)
        sync()
        settle(landslide, "Đã dọn hết đất đá, gia cố ta luy, thông xe cả hai chiều.", "repair-2.jpg")
        val agency = ioc.dispatch(code(drain))
        ioc.begin(code(drain), agency)
        warn()
        sync()
        val held = make("Đèn đường kiệt 42 Nguyễn Huệ tắt ba đêm rồi.", "urban", null)
        waiting { phone.paht.hold(held) }
        make("Cỏ mọc lấp rãnh thoát nước ven quốc lộ 49.", "traffic", "repair-1.jpg")
        return landslide
    }

    /** Cases as an officer has them, one of which was answered a moment ago, without a signal. */
    private fun desk() {
        phone.again(ioc.url)
        phone.app.standAt(pointOfDegrees(16.4690, 107.5795))
        val fallen = make("Đất đá trượt từ ta luy xuống lòng đường quốc lộ 49, chỉ còn một làn xe.", "traffic", "landslide.jpg", east = 300, south = -250)
        val pit = make("Ổ gà sâu trên quốc lộ 49 trước cổng trường, xe máy ngã hai lần trong tuần.", "traffic", null, east = 340, south = -220)
        val fence = make("Hộ lan quốc lộ 49 qua đèo A Co gãy một đoạn dài, rất nguy hiểm khi có sương mù.", "traffic", null, east = 260, south = -280)
        val review = Review(Service.Listed(ServiceCode("dai-noi")), 5u, listOf(ReviewPhrase.Clean))
        waiting { phone.paht.report(NewReport(emptyList(), category = null, review = review)) }
        sync()
        val agency = listOf(fallen, pit, fence).map { ioc.dispatch(code(it)) }.distinct().first()
        waiting {
            phone.paht.enrol(ioc.agencyToken(agency))
            val told = phone.paht.cases().cases
            case = told.single { it.report == fallen }
            val due = told.single { it.report == pit }.shares.first().due
            phone.paht.casePicture(fallen, case.pictures.first().hash)
            phone.again()
            phone.paht.act(pit, 1u, NewDeed.AskTime(due.plus(Duration.ofDays(3)), "Chờ bê tông nhựa nóng."))
            phone.paht.act(fallen, 1u, NewDeed.Start)
        }
        phone.again(ioc.url)
    }

    private fun answer(screen: Activity) {
        val page = screen as CaseActivity
        until("the case") { page.says("ta luy") && drawn(page) }
        val field = page.seen().filterIsInstance<EditText>().first()
        field.setText("Đã dọn hết đất đá, gia cố ta luy, thông xe cả hai chiều.")
        page.press(page.say("app-button-after-photo"))
        ReportFlow.receive(page, photo("repair-2.jpg"))
        until("the photo") { drawn(page, 2) }
        page.seen().first { it is ScrollView }.let { it.scrollTo(0, field.rootOffset(it) - it.height / 2) }
    }

    /** How far below the top of what scrolls. */
    private fun View.rootOffset(of: View): Int = if (this === of) 0 else top + ((parent as? View)?.rootOffset(of) ?: 0)

    private fun review(screen: Activity) {
        val main = screen as ServiceActivity
        until("services") { screen.says("Đại Nội") || screen.says("Imperial") }
        screen.press(if (main.words.tag == "vi") "Đại Nội" else "Imperial")
        screen.press(main.say("app-a11y-stars", "count" to 4))
        listOf("app-phrase-clean", "app-phrase-long-wait").forEach { screen.press(main.say(it)) }
    }

    private fun settle(report: ReportId, text: String, photo: String) {
        val agency = ioc.dispatch(code(report))
        ioc.begin(code(report), agency)
        ioc.answer(code(report), agency, text, photo(photo))
    }

    /** [east] and [south]: how many metres from where the phone is. */
    private fun make(text: String, category: String, photo: String?, east: Int = 0, south: Int = 0): ReportId = waiting {
        val files = listOfNotNull(photo).map { photo(it).path }
        val at = Point(spot.latE7 - south * 90, spot.lonE7 + east * 94)
        phone.paht.report(NewReport(files, text, CategoryCode(category), at = at))
    }

    private fun code(report: ReportId) = waiting { checkNotNull(phone.paht.show(report).line.case).text }

    private fun sync() = waiting { phone.paht.sync(until = Until.DONE) }

    private fun fillIn(screen: Activity) {
        until("grid") { screen.says("Hạ tầng") || screen.says("Roads") }
        val main = screen as MainActivity
        listOf("landslide.jpg", "repair-1.jpg").forEach { name -> ReportFlow.photograph(main, photo(name)) }
        until("thumbnails") { drawn(screen) }
        screen.press(if (screen.words.tag == "vi") "Hạ tầng giao thông" else "Roads and traffic")
    }

    /** Every picture that is on its way has come. */
    private fun drawn(screen: Activity, atLeast: Int = 1): Boolean {
        val (come, coming) = screen.seen().filterIsInstance<ImageView>().filter { it.tag != null }
            .partition { (it.drawable as? BitmapDrawable)?.bitmap != null }
        return coming.isEmpty() && come.size >= atLeast
    }

    private fun each(look: Look, name: String, intent: Intent, prepare: (Activity) -> Unit) {
        look.set()
        @Suppress("UNCHECKED_CAST")
        val kind = Class.forName(checkNotNull(intent.component).className) as Class<Activity>
        Robolectric.buildActivity(kind, intent).use { controller ->
            val shown = controller.setup().get()
            try {
                prepare(shown)
            } catch (never: IllegalStateException) {
                Screens.save(Screens.picture(shown), "never")
                throw IllegalStateException("$name in ${look.name}: ${shown.seen().map { it.label }.toList()}", never)
            }
            idle()
            val picture = Screens.picture(shown)
            Screens.save(picture, "$name-${look.name}")
            if (System.getProperty("paht.pictures") == "docs") Screens.publish(picture, "$name-${look.name}")
        }
    }
}

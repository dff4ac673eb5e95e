package vn.paht.kit

import java.io.File
import java.time.Duration
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.first
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import vn.paht.core.Deed
import vn.paht.core.ErrorCode
import vn.paht.core.NewDeed
import vn.paht.core.OfficerAct
import vn.paht.core.ReportId
import vn.paht.core.ShareState
import vn.paht.core.Stage
import vn.paht.core.Until
import vn.paht.core.Way

/** Goal: an officer works where there is no signal. Method: a citizen's phone, an officer's and a real IOC. */
@RunWith(RobolectricTestRunner::class)
class OfficerTest {
    @get:Rule val phones = Phones()
    private val desk get() = File(phones.home.parentFile, "officer")
    private val officerKeys = KeystoreKeys(MemoryShelf())

    @Test
    fun `an answer with its photo is given without a network, and the citizen sees it`() = waiting {
        val ioc = phones.ioc()
        val citizen = phones.phone(ioc.url)
        val id = citizen.report(words("Cống nghẹt trước chợ", phones.photo()))
        citizen.sync(until = Until.DONE)
        val agency = ioc.dispatch(checkNotNull(citizen.show(id).line.case).text)

        val online = officer(ioc.url)
        assertNull(online.officer())
        assertEquals(ErrorCode.NotAllowed, fault { online.enrol("no-code") }.code)
        assertEquals(agency, online.enrol(ioc.agencyToken(agency)).agency.text)
        val case = online.cases().cases.single()
        assertEquals(ShareState.Dispatched, case.shares.single().state)
        assertTrue(online.casePicture(id, case.pictures.first().hash).length() > 0)
        phones.kill(online)

        val offline = officer(Phones.NO_IOC)
        assertTrue(fault { offline.cases() } is PahtFault.Link)
        offline.act(id, 1u, NewDeed.Start)
        val photo = phones.photo("after.jpg", shade = 90)
        offline.act(id, 1u, NewDeed.Answer("Đã thông cống", listOf(photo.path)))
        photo.delete()
        assertEquals(listOf(Way.Waiting, Way.Waiting), kept(offline, id).map { it.way })
        assertEquals(ErrorCode.TextMissing, fault { offline.act(id, 1u, NewDeed.Return(" ")) }.code)
        phones.kill(offline)

        val later = officer(ioc.url)
        assertTrue("a picture once seen stays", later.casePicture(id, case.pictures.first().hash).isFile)
        val sent = async { later.watch.acts().first { acts -> acts.all { it.way == Way.Whole } } }
        later.ask { it.networkChanged() }
        assertTrue(later.sync(until = Until.DONE).outcome.allSent)
        assertEquals(listOf("answer", "start"), sent.await().map { if (it.deed is Deed.Answer) "answer" else "start" })
        citizen.sync()
        val answer = citizen.show(id).answers.single()
        assertEquals("Đã thông cống" to 1, answer.text to answer.evidence.size)
        assertEquals(Stage.ANSWERED, citizen.show(id).line.stage)
    }

    @Test
    fun `an act that is refused says why, and can be let go`() = waiting {
        val ioc = phones.ioc()
        val citizen = phones.phone(ioc.url)
        val id = citizen.report(words("Rác ở bờ sông"))
        citizen.sync(until = Until.DONE)
        val agency = ioc.dispatch(checkNotNull(citizen.show(id).line.case).text)
        val phone = officer(ioc.url)
        phone.enrol(ioc.agencyToken(agency))
        phone.cases()
        phone.sync(until = Until.DONE)
        val none = fault { phone.act(id, 1u, NewDeed.Answer("Đã dọn", emptyList())) }
        assertEquals("told before it is kept", ErrorCode.EvidenceMissing, none.code)
        val due = phone.cases().cases.single().shares.single().due
        phone.act(id, 1u, NewDeed.AskTime(due.plus(Duration.ofDays(400)), "Mưa lớn"))
        phone.sync(until = Until.DONE)
        val refused = phone.acts().single()
        assertTrue("${refused.way}", refused.way is Way.NeedsYou)
        phone.letActGo(refused.report, refused.id)
        assertEquals(emptyList<OfficerAct>(), phone.watch.acts().first())
        assertTrue(phone.sync(until = Until.DONE).outcome.allSent)
        phone.signOut()
        assertEquals(null to null, phone.officer() to phone.casesKept())
        val gone = fault { phone.act(id, 1u, NewDeed.Start) }
        assertEquals(ErrorCode.OfficerUnknown, gone.code)
    }

    private fun officer(ioc: String) = phones.phone(ioc, officerKeys, desk)

    private suspend fun kept(phone: Paht, report: ReportId) =
        checkNotNull(phone.watch.cases().first()).cases.single { it.report == report }.acts

    private suspend fun fault(work: suspend () -> Unit) =
        checkNotNull(runCatching { work() }.exceptionOrNull() as? PahtFault) { "nothing was refused" }
}

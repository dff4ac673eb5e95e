package vn.paht.kit.scenarios

import java.io.File
import java.time.Instant
import kotlin.time.Duration.Companion.minutes
import org.json.JSONObject
import vn.paht.core.CategoryCode
import vn.paht.core.ClockReading
import vn.paht.core.Edit
import vn.paht.core.NewReport
import vn.paht.core.PhoneClock
import vn.paht.core.Rating
import vn.paht.core.Reopening
import vn.paht.core.ReportId
import vn.paht.core.ReportView
import vn.paht.core.Until
import vn.paht.kit.Clocks
import vn.paht.kit.Ioc
import vn.paht.kit.KeyHome
import vn.paht.kit.KeystoreKeys
import vn.paht.kit.MemoryShelf
import vn.paht.kit.Paht
import vn.paht.kit.PahtFault
import vn.paht.kit.Phones
import vn.paht.kit.cases
import vn.paht.kit.casesKept
import vn.paht.kit.comment
import vn.paht.kit.edit
import vn.paht.kit.hold
import vn.paht.kit.rate
import vn.paht.kit.release
import vn.paht.kit.reopen
import vn.paht.kit.sync
import vn.paht.kit.withdraw

/** Where a scenario plays: phones by their names, each with a folder and a key of its own, and an IOC. */
internal class Stage : AutoCloseable {
    private val phones = Phones().also { it.begin() }
    private val reports = mutableMapOf<String, ReportId>()
    private val keys = mutableMapOf<String, KeyHome>()
    internal var ioc: Ioc? = null
        private set
    private val open = mutableMapOf<String, Paht>()
    private var photos = 0

    /** Does a step and says what came of it. */
    suspend fun play(step: JSONObject): String =
        try {
            when (step.getString("do")) {
                "ioc" -> "listening".also { ioc = phones.ioc() }
                "open" -> open(step)
                "kill" -> "gone".also { phones.kill(checkNotNull(open.remove(step.getString("phone")))) }
                "report" -> report(step)
                "list" -> "${phone(step).list().size} reports"
                "sync" -> sync(step)
                "show" -> spokenView(view(step))
                "dispatch" -> "dispatched".also { checkNotNull(ioc).dispatch(case(step)) }
                "answer" -> answer(step)
                "review" -> review(step)
                "figures" -> figures(step)
                "enrol" -> enrol(step)
                "act" -> act(step)
                "cases" -> spokenCases(phone(step).cases())
                "kept-cases" -> spokenCases(checkNotNull(phone(step).casesKept()))
                else -> "said".also { speak(step) }
            }
        } catch (fault: PahtFault) {
            spokenFault(fault)
        }

    /** A second opening while the first lives must fail, and leaves the first as it is. */
    private suspend fun open(step: JSONObject): String {
        val name = step.getString("phone")
        val key = keys.getOrPut(step.optString("key").ifEmpty { name }) { KeystoreKeys(MemoryShelf()) }
        val home = File(phones.home.parentFile, name)
        val clock = if (step.has("clock")) FiveYearsBack else Clocks(phones.app)
        val fresh = phones.phone(ioc?.url ?: Phones.NO_IOC, key, home, clock)
        fresh.standing()
        open[name] = fresh
        return "open"
    }

    private suspend fun report(step: JSONObject): String {
        val files = buildList {
            if (step.has("file")) add(step.getString("file"))
            if (step.optBoolean("photo")) add(photo().path)
        }
        val category = step.optString("category").ifEmpty { null }?.let(::CategoryCode)
        val new = NewReport(files, step.getString("text"), category, hold = step.optBoolean("hold"))
        return make(step, new)
    }

    private suspend fun sync(step: JSONObject): String {
        val until = if (step.getString("until") == "done") Until.DONE else Until.ONCE
        return spokenOutcome(phone(step).sync(1.minutes, until).outcome)
    }

    private suspend fun answer(step: JSONObject): String {
        val agency = view(step).assignments.first().agency.text
        checkNotNull(ioc).answer(case(step), agency, step.getString("text"), photo())
        return "answered"
    }

    private suspend fun speak(step: JSONObject) {
        val (phone, id) = phone(step) to id(step)
        when (val verb = step.getString("do")) {
            "comment" -> phone.comment(id, step.getString("text"))
            "edit" -> phone.edit(id, Edit(CategoryCode(step.getString("category")), null, null))
            "withdraw" -> phone.withdraw(id)
            "hold" -> phone.hold(id)
            "release" -> phone.release(id)
            "rate" -> {
                val (assignment, answer) = lastAnswer(step)
                val grade = step.getInt("grade").toUByte()
                phone.rate(id, Rating(assignment, answer, grade, step.getString("text")))
            }
            "reopen" -> phone.reopen(id, Reopening(lastAnswer(step).first, step.getString("text")))
            else -> error("no such step: $verb")
        }
    }

    private suspend fun lastAnswer(step: JSONObject): Pair<UShort, UShort> =
        view(step).answers.lastOrNull()?.let { it.assignment to it.answer } ?: (1u.toUShort() to 1u.toUShort())

    internal suspend fun make(step: JSONObject, new: NewReport): String {
        reports[step.getString("as")] = phone(step).report(new)
        return "kept"
    }

    private suspend fun view(step: JSONObject): ReportView = phone(step).show(id(step))

    private suspend fun case(step: JSONObject): String = checkNotNull(view(step).line.case).text

    internal fun id(step: JSONObject) = reports.getValue(step.getString("report"))

    internal fun phone(step: JSONObject, role: String = "phone"): Paht = open.getValue(step.getString(role))

    internal fun photo(): File = phones.photo("photo-${++photos}.jpg", shade = 20 + photos * 20)

    override fun close() = phones.end()
}

private object FiveYearsBack : PhoneClock {
    override fun now() = ClockReading(Instant.ofEpochMilli(1_636_000_000_000), 420, 60_000u, 1u)
}

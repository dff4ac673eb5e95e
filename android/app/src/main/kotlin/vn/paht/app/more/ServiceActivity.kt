package vn.paht.app.more

import android.content.Intent
import android.os.Bundle
import android.view.Gravity
import android.view.View
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.card
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.emptyState
import vn.paht.app.look.fill
import vn.paht.app.look.fit
import vn.paht.app.look.iconButton
import vn.paht.app.look.moved
import vn.paht.app.look.row
import vn.paht.app.look.text
import vn.paht.app.report.OfflineLine
import vn.paht.app.review.ReviewForm
import vn.paht.app.review.ServicePicker
import vn.paht.app.review.serviceOf
import vn.paht.app.review.serviceSaid
import vn.paht.app.review.serviceSign
import vn.paht.app.words.moment
import vn.paht.core.NewReport
import vn.paht.core.Service
import vn.paht.core.ServiceCode
import vn.paht.core.Services
import vn.paht.kit.PahtFault
import vn.paht.kit.place.Locate
import vn.paht.kit.place.Located
import vn.paht.kit.services
import vn.paht.kit.servicesKept

/**
 * A person's word on a service, without an account: which one, then stars and phrases. It is a report that the core files,
 * in the person's language, and waits for a signal like every other. The sign at a door opens it with its service chosen.
 */
class ServiceActivity : Screen() {
    private val error by lazy { ErrorLine(this) }
    private val picker by lazy { ServicePicker(this, ::choose) }
    private val form by lazy { ReviewForm(this, error) }
    private val subject by lazy { column() }
    private var service: Service? = null

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        service = if (state == null) serviceOf(intent.data) else kept(state)
        picker.words = state?.getString("typed").orEmpty()
        form.restore(state)
        show()
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        when (val chosen = service) {
            is Service.Listed -> state.putString("code", chosen.v1.text)
            is Service.Named -> state.putString("named", chosen.v1)
            null -> Unit
        }
        state.putString("typed", picker.words)
        form.save(state)
    }

    private fun kept(state: Bundle): Service? =
        state.getString("code")?.let { Service.Listed(ServiceCode(it)) } ?: state.getString("named")?.let(Service::Named)

    override fun onActivityResult(request: Int, result: Int, data: Intent?) = form.result(request, data)

    override fun whileSeen(scope: CoroutineScope) {
        scope.launch {
            try {
                load()
            } catch (fault: PahtFault) {
                error.show(fault.say(words.language))
            }
        }
    }

    /** What was heard before is there at once; on a bad link the answer may take its time. */
    private suspend fun load() {
        val about = Locate(this).last()
        val kept = paht.servicesKept(about, words.tag)
        if (kept == null) picker.note(say("app-loading")) else know(kept, asOf(kept))
        try {
            know(paht.services("", about, words.tag), null)
        } catch (_: PahtFault.Link) {
            picker.note(kept?.let(::asOf) ?: say("app-offline"))
        }
    }

    private fun asOf(kept: Services) = say("app-alerts-as-of", "time" to words.moment(kept.at))

    private fun know(services: Services, note: String?) {
        picker.lines = services.services
        picker.note(note)
        showSubject()
    }

    private fun choose(chosen: Service?) {
        service = chosen
        error.show(null)
        show()
    }

    private fun show() {
        if (service == null) {
            scaffold(say("app-service-title")) {
                add(error.moved())
                add(picker.view.moved())
            }
            return
        }
        val send = button(say("app-button-send"), Tone.Filled) { send() }.apply { gravity = Gravity.CENTER }
        scaffold(say("app-service-title"), send) {
            add(subject.moved())
            add(form.view.moved(), 12)
            add(error.moved(), 8)
        }
        showSubject()
    }

    /** By its name where it is known; a sign may tell of one that the list does not have. */
    private fun showSubject() {
        val chosen = service ?: return
        val line = (chosen as? Service.Listed)?.let { picker.lines?.find { line -> line.code == it.v1 } }
        val said: View = line?.let { serviceSaid(it, rated = false) }
            ?: text(if (chosen is Service.Named) chosen.v1 else (chosen as Service.Listed).v1.text, Type.Strong)
        subject.removeAllViews()
        subject.add(card {
            setPadding(dp(14), dp(10), dp(6), dp(12))
            add(row {
                gravity = Gravity.TOP
                fit(serviceSign(line))
                fill(said, 14)
                fit(iconButton(R.drawable.ic_edit, say("app-button-edit"), R.color.brand) { choose(null) }, 8)
            })
        })
    }

    private fun send() = attempt(error) {
        val chosen = service ?: return@attempt
        val place = Locate(this).now(LONGEST_WAIT) as? Located.Found
        val fix = place?.takeIf { !it.isMock && it.age < OLDEST }?.fix
        val said = NewReport(form.files.map { it.path }, form.text, null, fix = fix, language = words.tag, review = form.review(chosen))
        paht.report(said)
        form.done()
        thank()
    }

    private fun thank() = scaffold(say("app-service-title")) {
        val done = button(say("app-button-done"), Tone.Filled) { finish() }.apply { gravity = Gravity.CENTER }
        val next = say(if (OfflineLine.isOnline(this@ServiceActivity)) "app-report-sending-now" else "app-report-will-be-sent")
        add(emptyState(R.drawable.ic_check, listOf(say("app-service-thanks"), next).joinToString("\n\n"), done), 40)
    }

    private companion object {
        /** Nobody stands at a door for the satellites: a listed service is known to be where it is. */
        val LONGEST_WAIT = 3.seconds
        val OLDEST = 10.minutes
    }
}

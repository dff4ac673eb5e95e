package vn.paht.app.report

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.Manifest.permission.RECORD_AUDIO
import android.app.AlertDialog
import android.content.ActivityNotFoundException
import android.content.Intent
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.widget.FrameLayout
import android.widget.LinearLayout
import java.io.File
import java.io.IOException
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import vn.paht.app.Choices
import vn.paht.app.MainActivity
import vn.paht.app.Place
import vn.paht.app.R
import vn.paht.app.Tab
import vn.paht.app.alerts.EmergencyBanner
import vn.paht.app.footOf
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Tone
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.column
import vn.paht.core.Card
import vn.paht.core.DataPolicy
import vn.paht.core.ErrorCode
import vn.paht.core.NewReport
import vn.paht.core.PahtException
import vn.paht.core.inspect
import vn.paht.core.sayError
import vn.paht.kit.PahtFault
import vn.paht.kit.background.SendingService
import vn.paht.kit.dataPolicy
import vn.paht.kit.capture.Camera
import vn.paht.kit.capture.Intake
import vn.paht.kit.capture.Picker
import vn.paht.kit.capture.Shot
import vn.paht.kit.place.Locate
import vn.paht.kit.place.Located
import vn.paht.kit.sync
import vn.paht.kit.voice.Recorded

/** Make a report: three taps from a cold start (camera, category, save). Every change is kept at once. */
class ReportTab(screen: MainActivity) : Tab(screen), Capturing {
    private val kept = DraftFile(screen)
    private val choices = Choices(screen)
    private val grid = CategoryGrid(screen) { change { copy(category = it) } }
    private val place = PlaceCard(screen, ::pin, ::askPosition) { change { copy(where = Where.Left) } }
    private val form = ReportForm(screen, CapturesBox(screen, this), VoiceBox(screen, ::spoken), grid, place, ::askDiscard) {
        screen.go(Place.Alerts)
    }
    private val banner = EmergencyBanner(screen) { screen.go(Place.Alerts) }
    private val error = ErrorLine(screen)
    private val save = screen.button(words.say("app-button-save-report"), Tone.Filled) { save() }.apply {
        gravity = android.view.Gravity.CENTER
    }
    private val foot = footOf(screen)
    private val writing = screen.column {
        addView(form.view, LinearLayout.LayoutParams(MATCH_PARENT, 0, 1f))
        add(foot)
    }
    private val whole = FrameLayout(screen).apply { addView(writing) }
    private var isOfPhoto = false
    private var isLocating = false

    var draft = kept.read()
        private set

    override val view: View get() = whole

    init {
        // What the camera wrote while our process was gone belongs to this draft.
        if (Camera(screen).pending()?.draft == DRAFT) Camera(screen).fetch()?.let { draft = draft.copy(files = draft.files + it.file) }
        form.text.words = draft.text
        form.name.words = draft.name ?: choices.name.orEmpty()
        form.number.words = draft.number ?: choices.number.orEmpty()
        form.text.changed { change { copy(text = it) } }
        form.name.changed { change { copy(name = it) } }
        form.number.changed { change { copy(number = it) } }
        form.notices.add(banner.view, 12)
        if (!choices.isWelcomed) form.notices.add(screen.welcome { choices.isWelcomed = true }, 12)
        form.notices.add(OfflineLine(screen).view, 12)
        show()
        draft.files.forEach(::lookInto)
    }

    private fun footOf(screen: MainActivity) = screen.footOf(screen.column {
        add(error)
        add(save, 4)
    })

    override fun shown(scope: CoroutineScope) {
        if (whole.getChildAt(0) !== writing) again()
        scope.launch { screen.emergencies.collect(banner::show) }
        scope.launch {
            try {
                if (grid.view.childCount == 0) screen.paht.card()?.let(::fill)
                if (grid.view.childCount == 0) fetchCard()
            } catch (fault: PahtFault) {
                form.categoryError.show(fault.say(words.language))
            }
        }
    }

    /** A phone that was never online has no list of categories unless one was shipped: it is asked for at once. */
    private suspend fun fetchCard() {
        val outcome = screen.paht.sync(FIRST_NEWS).outcome
        val card = screen.paht.card()
        val fault = outcome.standing.fault ?: ErrorCode.LinkDown
        if (card == null) form.categoryError.show(sayError(words.language, fault)) else fill(card)
    }

    private fun fill(card: Card) {
        form.categoryError.show(null)
        grid.fillWith(card.categories)
    }

    private fun change(with: Draft.() -> Draft) {
        draft = draft.with()
        // It is still on the screen: the person can save it once there is room.
        if (!kept.write(draft)) error.show(words.say("app-report-storage-full"))
        show()
    }

    private fun show() {
        form.show(draft)
        // Nothing to save yet: the camera is the one thing to press.
        foot.visibility = if (draft.isEmpty) View.GONE else View.VISIBLE
        val fix = draft.fix
        place.show(
            when {
                draft.where is Where.Pinned -> Known.Pinned
                draft.where == Where.Left -> Known.Left
                isOfPhoto -> Known.OfPhoto
                fix != null -> Known.OfPhone(fix.accuracyM?.toInt())
                isLocating -> Known.Waiting
                else -> Known.Nothing
            },
        )
    }

    override fun photo() = shoot(Shot.Photo)

    override fun video() = shoot(Shot.Video)

    private fun shoot(shot: Shot) = open(SHOT) { Camera(screen).ask(shot, DRAFT, if (shot == Shot.Video) LONGEST_VIDEO else null) }

    override fun gallery() = open(PICK) { Picker.ask(MOST) }

    private fun open(request: Int, intent: () -> Intent) {
        try {
            screen.startActivityForResult(intent(), request)
        } catch (_: ActivityNotFoundException) {
            form.capturesError.show(words.say("app-report-no-camera"))
        } catch (_: SecurityException) {
            form.capturesError.show(words.say("app-permission-camera"))
        } catch (_: IOException) {
            form.capturesError.show(words.say("app-report-storage-full"))
        }
    }

    override fun voice() {
        if (screen.checkSelfPermission(RECORD_AUDIO) != PERMISSION_GRANTED) {
            screen.requestPermissions(arrayOf(RECORD_AUDIO), VOICE)
            return
        }
        form.capturesError.show(null)
        if (form.voice.start() is Recorded.Nothing) form.capturesError.show(words.say("app-permission-microphone"))
    }

    private fun spoken(note: File?) {
        if (note != null) take(listOf(note))
    }

    override fun remove(file: File) {
        file.delete()
        isOfPhoto = false
        change { copy(files = files - file) }
        draft.files.forEach(::lookInto)
    }

    override fun result(request: Int, result: Int, data: Intent?) {
        when (request) {
            SHOT -> Camera(screen).fetch()?.let { take(listOf(it.file)) }
            PICK -> screen.attempt(form.capturesError) {
                Picker.chosen(data, MOST).forEach { take(listOf(Intake(screen).copy(it))) }
            }
            PIN -> PinActivity.chosen(data)?.let { change { copy(where = it) } }
        }
    }

    private fun take(files: List<File>) {
        change { copy(files = this.files + files) }
        files.forEach(::lookInto)
    }

    /** Reads what a file says of itself: one that cannot be sent is told now, not after the save. */
    private fun lookInto(file: File) {
        screen.scope.launch {
            try {
                isOfPhoto = inspect(file.path).point != null || isOfPhoto
                show()
                if (!isOfPhoto && draft.fix == null && draft.where == Where.Found) askPosition()
            } catch (thrown: PahtException.File) {
                form.refuse(thrown.code, sayError(words.language, thrown.code))
                change { copy(files = this.files - file) }
                file.delete()
            }
        }
    }

    private fun pin() = screen.startActivityForResult(PinActivity.from(screen, draft), PIN)

    private fun askPosition() {
        if (draft.where != Where.Found) change { copy(where = Where.Found) }
        val isAllowed = LOCATION.any { screen.checkSelfPermission(it) == PERMISSION_GRANTED }
        if (isAllowed) locate() else screen.requestPermissions(LOCATION, POSITION)
    }

    private fun locate() {
        isLocating = true
        place.error.show(null)
        show()
        screen.scope.launch {
            val found = Locate(screen).now()
            isLocating = false
            if (found is Located.Found && !found.isMock && found.age < OLDEST) change { copy(fix = found.fix) } else show()
            if (found == Located.NotAllowed) place.error.show(words.say("app-permission-location"))
        }
    }

    override fun permission(request: Int, isGranted: Boolean) {
        when (request) {
            POSITION -> if (isGranted) locate() else place.error.show(words.say("app-permission-location"))
            VOICE -> if (isGranted) voice() else form.capturesError.show(words.say("app-permission-microphone"))
        }
    }

    private fun save() {
        form.voice.stop()
        form.clearErrors()
        error.show(null)
        save.isEnabled = false
        val made = draft
        screen.scope.launch {
            try {
                screen.paht.report(made.toReport())
                made.files.forEach(File::delete)
                if (screen.paht.dataPolicy() == DataPolicy.ANY) SendingService.start(screen)
                saved()
            } catch (fault: PahtFault) {
                val said = if (fault is PahtFault.StorageFull) words.say("app-report-storage-full") else fault.say(words.language)
                if (!form.refuse(fault.code, said)) error.show(said)
            } finally {
                save.isEnabled = true
            }
        }
    }

    private fun Draft.toReport() = NewReport(
        files = files.map { it.path },
        text = text.trim(),
        category = category,
        at = (where as? Where.Pinned)?.point,
        fix = fix.takeIf { where == Where.Found },
        phoneNumber = form.number.words.trim().takeIf(String::isNotEmpty),
        name = form.name.words.trim().takeIf(String::isNotEmpty),
        language = words.tag,
    )

    private fun saved() {
        reset()
        whole.removeAllViews()
        val said = words.say(if (OfflineLine.isOnline(screen)) "app-report-sending-now" else "app-report-will-be-sent")
        whole.addView(screen.savedBox(said, { screen.go(Place.Mine) }, { again() }))
    }

    private fun again() {
        whole.removeAllViews()
        whole.addView(writing)
        form.view.scrollTo(0, 0)
    }

    private fun reset() {
        isOfPhoto = false
        change { Draft() }
        form.text.words = ""
        form.name.words = choices.name.orEmpty()
        form.number.words = choices.number.orEmpty()
        change { Draft() }
    }

    private fun askDiscard() {
        AlertDialog.Builder(screen)
            .setMessage(words.say("app-report-discard-confirm"))
            .setPositiveButton(words.say("app-button-discard-draft")) { _, _ -> discard() }
            .setNegativeButton(words.say("app-button-cancel"), null)
            .show()
    }

    private fun discard() {
        draft.files.forEach(File::delete)
        form.clearErrors()
        reset()
    }

    override fun leaving() = form.voice.stop()

    private companion object {
        const val DRAFT = "report"
        const val SHOT = 1
        const val PICK = 2
        const val PIN = 3
        const val POSITION = 4
        const val VOICE = 5
        const val MOST = 12
        val LONGEST_VIDEO = 1.minutes
        val OLDEST = 10.minutes
        val FIRST_NEWS = 20.seconds
        val LOCATION = arrayOf(ACCESS_FINE_LOCATION, ACCESS_COARSE_LOCATION)
    }
}

package vn.paht.app.report

import android.view.View
import android.widget.LinearLayout
import java.io.File
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.card
import vn.paht.app.look.text
import vn.paht.kit.voice.Recorded
import vn.paht.kit.voice.VoiceNote

/** A spoken note while it is being recorded: how much time is left, and the way to end it. */
class VoiceBox(private val screen: Screen, private val done: (File?) -> Unit) {
    private val note = VoiceNote(screen)
    private var clock: Job? = null
    private val remaining = screen.text("", Type.Strong)

    val view: LinearLayout = screen.card {
        add(remaining)
        add(screen.button(screen.say("app-button-stop-voice"), Tone.Filled, R.drawable.ic_stop) { stop() }, 12)
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
        visibility = View.GONE
    }

    /** Why it did not begin; absent when it did. */
    fun start(): Recorded? {
        val failure = note.start(full = ::stop)
        if (failure != null) return failure
        view.visibility = View.VISIBLE
        clock = screen.scope.launch {
            for (seconds in VoiceNote.LONGEST.inWholeSeconds downTo 0) {
                remaining.text = screen.say("app-report-voice-recording", "seconds" to seconds)
                delay(1_000)
            }
        }
        return null
    }

    fun stop() {
        if (!note.isRecording) return
        clock?.cancel()
        view.visibility = View.GONE
        done((note.stop() as? Recorded.Note)?.file)
    }
}

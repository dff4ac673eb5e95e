package vn.paht.app.ways

import android.content.ActivityNotFoundException
import android.content.ClipData
import android.content.ClipboardManager
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.view.View
import android.widget.LinearLayout
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Mood
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.card
import vn.paht.app.look.column
import vn.paht.app.look.heading
import vn.paht.app.look.setIcon
import vn.paht.app.look.text
import vn.paht.core.ReportId
import vn.paht.kit.PahtFault
import vn.paht.kit.sms
import vn.paht.kit.texted

/** The report as text messages, each written by one press. The person sends them: the app asks for no right to do so. */
class TextWay(private val screen: Screen, private val id: ReportId) {
    private val error = ErrorLine(screen)
    private val body = screen.column()
    private var number = ""
    private var messages: List<String> = emptyList()
    private var written: Set<Int> = emptySet()

    val view: LinearLayout = screen.card {
        add(screen.heading(screen.say("app-sms-title")).apply { setIcon(R.drawable.ic_comment, 22, R.color.brand) })
        add(body, 4)
        add(error, 8)
        // A province without a number for messages offers none.
        visibility = View.GONE
    }

    fun restore(state: Bundle?) {
        written = state?.getIntArray(WRITTEN)?.toSet().orEmpty()
    }

    fun save(state: Bundle) = state.putIntArray(WRITTEN, written.toIntArray())

    suspend fun show(to: String?) {
        number = to ?: return
        view.visibility = View.VISIBLE
        try {
            messages = screen.paht.sms(id)
            fill()
        } catch (fault: PahtFault) {
            body.removeAllViews()
            body.add(screen.text(fault.say(screen.words.language), color = R.color.ink_soft))
        }
    }

    private fun fill() {
        body.removeAllViews()
        body.add(screen.text(screen.say("app-sms-explain", "number" to number), color = R.color.ink_soft))
        messages.forEachIndexed { at, message -> body.add(line(at, message), if (at == 0) 12 else 8) }
        if (written.size == messages.size) {
            body.add(screen.text(screen.say("app-sms-written"), Type.Small, Mood.Good.ink).apply { setIcon(R.drawable.ic_check, 18) }, 12)
        }
    }

    private fun line(at: Int, message: String): View {
        val said = if (messages.size == 1) {
            screen.say("app-button-write-text")
        } else {
            screen.say("app-button-write-part", "part" to at + 1, "count" to messages.size)
        }
        val icon = if (at in written) R.drawable.ic_check else R.drawable.ic_comment
        return screen.button(said, icon = icon) { write(at, message) }
    }

    private fun write(at: Int, message: String) {
        val compose = Intent(Intent.ACTION_SENDTO, Uri.fromParts("smsto", number, null)).putExtra("sms_body", message)
        try {
            screen.startActivity(compose)
            done(at)
        } catch (_: ActivityNotFoundException) {
            error.show(screen.say("app-sms-no-app", "number" to number))
            offerCopy(at, message)
        }
    }

    /** For whoever has another phone beside this one. */
    private fun offerCopy(at: Int, message: String) {
        fill()
        body.add(screen.text(message).apply { setTextIsSelectable(true) }, 12)
        body.add(screen.button(screen.say("app-button-copy"), Tone.Plain) {
            val board = screen.getSystemService(ClipboardManager::class.java)
            board.setPrimaryClip(ClipData.newPlainText(screen.say("app-sms-title"), message))
            done(at)
        }, 4)
    }

    private fun done(at: Int) {
        written += at
        fill()
        if (written.size == messages.size) screen.attempt(error) { screen.paht.texted(id) }
    }

    private companion object {
        const val WRITTEN = "written"
    }
}

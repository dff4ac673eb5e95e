package vn.paht.app.ways

import android.app.Activity
import android.app.AlertDialog
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.view.Gravity
import android.view.View
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Mood
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.card
import vn.paht.app.look.chip
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.emptyState
import vn.paht.app.look.heading
import vn.paht.app.look.plate
import vn.paht.app.look.row
import vn.paht.app.look.setIcon
import vn.paht.app.look.text
import vn.paht.app.mine.reason
import vn.paht.app.words.size
import vn.paht.core.Carried
import vn.paht.core.PartState
import vn.paht.core.TakenIn
import vn.paht.kit.PahtFault
import vn.paht.kit.capture.Picker
import vn.paht.kit.carried
import vn.paht.kit.carry.Handing
import vn.paht.kit.dropCarried

/** What this phone carries for neighbours; also where a file from somebody's hand is opened. */
class CarriedActivity : Screen() {
    private val handing by lazy { Handing(this) }
    private val error by lazy { ErrorLine(this) }
    private val told by lazy {
        text("", color = Mood.Good.ink).apply {
            background = plate(Mood.Good.ground, 12)
            setPadding(dp(12), dp(12), dp(12), dp(12))
            setIcon(R.drawable.ic_check_circle)
            accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
            visibility = View.GONE
        }
    }
    private val files by lazy { column() }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        val choose = button(say("app-button-choose-file"), Tone.Filled) { choose() }.apply { gravity = Gravity.CENTER }
        scaffold(say("app-carried-title"), choose) {
            add(text(say("app-carried-intro"), color = R.color.ink_soft))
            add(error, 12)
            add(told, 12)
            add(files, 4)
        }
        // A screen that is made again has taken it in before.
        if (state == null) given(intent)?.let(::take)
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        given(intent)?.let(::take)
    }

    override fun whileSeen(scope: CoroutineScope) {
        scope.launch {
            try {
                paht.watch.carried().collect(::show)
            } catch (fault: PahtFault) {
                error.show(fault.say(words.language))
            }
        }
    }

    private fun given(intent: Intent): Uri? =
        if (intent.action == Intent.ACTION_VIEW) intent.data else Picker.shared(intent, 1).firstOrNull()

    private fun choose() {
        val ask = Intent(Intent.ACTION_OPEN_DOCUMENT).addCategory(Intent.CATEGORY_OPENABLE).setType("*/*")
        startActivityForResult(ask, CHOSEN)
    }

    override fun onActivityResult(code: Int, result: Int, data: Intent?) {
        if (code == CHOSEN && result == Activity.RESULT_OK) data?.data?.let(::take)
    }

    private fun take(address: Uri) {
        told.visibility = View.GONE
        attempt(error) {
            val said = when (val taken = handing.take(address)) {
                is TakenIn.Carried -> say("app-carried-taken")
                is TakenIn.Receipts -> say("app-receipts-accepted", "count" to taken.accepted.delivered)
            }
            told.text = said
            told.visibility = View.VISIBLE
            show(paht.carried())
        }
    }

    private fun show(carried: List<Carried>) {
        files.removeAllViews()
        if (carried.isEmpty()) files.add(emptyState(R.drawable.ic_parcel, say("app-carried-empty")), 16)
        for (file in carried) files.add(line(file), 12)
    }

    private fun line(carried: Carried): View = card {
        add(heading(carried.name).apply { maxLines = 2 })
        add(text(words.size(carried.bytes.toLong()), Type.Small, R.color.ink_soft), 2)
        add(row { addView(state(carried)) }, 8)
        if (carried.receipts != null) {
            add(text(say("app-carried-answered"), color = R.color.ink_soft), 8)
            add(button(say("app-button-give-receipts"), icon = R.drawable.ic_share) { giveBack(carried) }, 12)
        }
        add(button(say("app-button-stop-carrying"), Tone.Plain, R.drawable.ic_close) { askDrop(carried) }, 4)
    }

    private fun state(carried: Carried): View = when (val state = carried.state) {
        PartState.Waiting -> chip(say("app-part-waiting"), Mood.Warn, R.drawable.ic_clock)
        is PartState.Sending -> {
            val percent = if (carried.bytes == 0UL) 0UL else state.offsetBytes * 100u / carried.bytes
            chip(say("app-part-sending", "percent" to percent), Mood.Calm, R.drawable.ic_send)
        }
        is PartState.Delivered -> chip(say("app-way-whole"), Mood.Good, R.drawable.ic_check)
        is PartState.Parked -> chip(words.reason(state.reason), Mood.Danger, R.drawable.ic_warn)
    }

    private fun giveBack(carried: Carried) = attempt(error) {
        val file = handing.receipts(carried) ?: return@attempt
        startActivity(Intent.createChooser(handing.share(listOf(file)), say("app-button-give-receipts")))
    }

    private fun askDrop(carried: Carried) {
        if (carried.receipts != null) return drop(carried)
        AlertDialog.Builder(this)
            .setMessage(say("app-carried-drop-confirm"))
            .setPositiveButton(say("app-button-stop-carrying")) { _, _ -> drop(carried) }
            .setNegativeButton(say("app-button-cancel"), null)
            .show()
    }

    private fun drop(carried: Carried) = attempt(error) {
        paht.dropCarried(carried.hash)
        show(paht.carried())
    }

    private companion object {
        const val CHOSEN = 1
    }
}

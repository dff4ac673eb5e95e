package vn.paht.app.desk

import android.app.AlertDialog
import android.os.Bundle
import android.text.InputType
import android.view.Gravity
import android.view.View
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.launch
import vn.paht.app.Choices
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Field
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.column
import vn.paht.app.look.emptyState
import vn.paht.app.look.moved
import vn.paht.app.look.text
import vn.paht.app.words.moment
import vn.paht.core.Card
import vn.paht.core.ErrorCode
import vn.paht.core.OfficerAct
import vn.paht.core.OfficerCases
import vn.paht.kit.PahtFault
import vn.paht.kit.acts
import vn.paht.kit.cases
import vn.paht.kit.enrol
import vn.paht.kit.signOut
import vn.paht.kit.officer

/** An officer's cases, overdue first, as last heard and then as they are; before that, the code that the centre gave. */
class CasesActivity : Screen() {
    private val choices by lazy { Choices(this) }
    private val error by lazy { ErrorLine(this) }
    private val code by lazy { Field(this, say("app-officer-code"), kind = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_NO_SUGGESTIONS) }
    private val note by lazy { text("", Type.Small, R.color.ink_soft) }
    private val list by lazy { column() }
    private val unlisted by lazy { ActBox(this) }
    private var card: Card? = null
    private var asked: Asked? = null
    private var seen: CoroutineScope? = null
    private var known: Pair<OfficerCases?, List<OfficerAct>> = null to emptyList()

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        code.words = state?.getString("code").orEmpty()
        scaffold(say("app-officer-title")) { add(text(say("app-loading"), color = R.color.ink_soft)) }
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        state.putString("code", code.words)
    }

    override fun whileSeen(scope: CoroutineScope) {
        seen = scope
        attempt(error) {
            if (paht.officer() == null) showSignIn() else follow()
        }
    }

    private fun showSignIn() {
        val enter = button(say("app-button-sign-in"), Tone.Filled) { signIn() }.apply { gravity = Gravity.CENTER }
        scaffold(say("app-officer-title"), enter) {
            add(emptyState(R.drawable.ic_cases, say("app-officer-sign-in")))
            add(code.view.moved(), 16)
            add(error.moved(), 8)
        }
    }

    /** After this the phone's key is what counts: the code is not kept. */
    private fun signIn() {
        error.show(null)
        scope.launch {
            try {
                paht.enrol(code.words.trim())
                code.words = ""
                follow()
            } catch (fault: PahtFault) {
                error.show(said(fault))
            }
        }
    }

    private fun said(fault: PahtFault) = when (fault.code) {
        ErrorCode.NotAllowed, ErrorCode.Forbidden -> say("app-officer-code-wrong")
        ErrorCode.LinkDown -> say("app-officer-needs-network")
        else -> fault.say(words.language)
    }

    private fun follow() {
        scaffold(say("app-officer-title")) {
            add(error.moved())
            add(note.moved())
            add(unlisted.view.moved(), 8)
            add(list.moved())
            add(button(say("app-button-sign-out"), Tone.Plain) { askSignOut() }.apply { gravity = Gravity.CENTER }, 16)
        }
        show()
        seen?.launch {
            try {
                card = paht.card()
                combine(paht.watch.cases(), paht.watch.acts(ACTS_MOST), ::Pair).collect {
                    known = it
                    show()
                }
            } catch (fault: PahtFault) {
                error.show(fault.say(words.language))
            }
        }
        ask()
    }

    private fun ask() {
        seen?.launch {
            try {
                paht.heardAnew(::told)
            } catch (fault: PahtFault) {
                error.show(fault.say(words.language))
            }
        }
    }

    private fun told(how: Asked) {
        asked = how
        if (how is Asked.Ended) {
            showSignIn()
            error.show(how.fault.say(words.language))
        } else {
            show()
        }
    }

    private fun show() {
        val (cases, acts) = known
        val open = cases?.cases.orEmpty().filter { it.open != null }.sortedBy { it.open?.due }
        // What is on its way about cases that are no longer listed must not be lost from sight.
        unlisted.show(acts.filter { act -> act.isOpen && open.none { it.report == act.report } }, named = true)
        val isOld = asked != Asked.Heard
        note.text = if (cases != null && isOld) say("app-alerts-as-of", "time" to words.moment(cases.at)) else ""
        note.visibility = if (note.text.isEmpty()) View.GONE else View.VISIBLE
        list.removeAllViews()
        open.forEach { list.add(caseLine(it, card), 10) }
        if (open.isEmpty()) list.add(nothing(cases), 24)
    }

    private fun nothing(cases: OfficerCases?): View {
        val how = asked
        if (cases != null && how == Asked.Heard) return emptyState(R.drawable.ic_check, say("app-officer-empty"))
        if (how !is Asked.NotHeard) return text(say("app-loading"), color = R.color.ink_soft)
        val again = button(say("app-button-retry"), icon = R.drawable.ic_refresh) { ask() }
        return emptyState(R.drawable.ic_offline, said(how.fault), again)
    }

    private fun askSignOut() {
        AlertDialog.Builder(this)
            .setMessage(say("app-officer-sign-out-confirm"))
            .setPositiveButton(say("app-button-sign-out")) { _, _ -> signOut() }
            .setNegativeButton(say("app-button-cancel"), null)
            .show()
    }

    /** What was done goes out all the same; what was only written is forgotten. */
    private fun signOut() = attempt(error) {
        paht.signOut()
        CaseDraftFile.forgetAll(this)
        finish()
    }

    private companion object {
        const val ACTS_MOST = 200
    }
}

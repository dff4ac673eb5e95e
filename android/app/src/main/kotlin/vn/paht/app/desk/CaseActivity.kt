package vn.paht.app.desk

import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.View
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import vn.paht.app.Screen
import vn.paht.app.detail.Sentences
import vn.paht.app.detail.timeline
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.add
import vn.paht.app.look.card
import vn.paht.app.look.heading
import vn.paht.core.Card
import vn.paht.core.OfficerCase
import vn.paht.core.OfficerCases
import vn.paht.core.ReportId
import vn.paht.core.TimelineEntry
import vn.paht.kit.PahtFault
import vn.paht.kit.cases

/** One of the agency's cases: what it is about, what this phone did to it, and what can be done. */
class CaseActivity : Screen() {
    private val report by lazy { ReportId(checkNotNull(intent.getStringExtra(REPORT))) }
    private val error by lazy { ErrorLine(this) }
    private val head by lazy { CaseHead(this, error) }
    private val acts by lazy { ActBox(this) }
    private val forms by lazy { DeedForms(this, report) }
    private val happened by lazy { card() }
    private var card: Card? = null

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        scaffold(intent.getStringExtra(CODE).orEmpty()) {
            add(error)
            add(head.view)
            add(acts.view, 12)
            add(forms.view, 12)
            add(happened, 12)
        }
        happened.visibility = View.GONE
        acts.view.visibility = View.GONE
    }

    override fun onActivityResult(request: Int, result: Int, data: Intent?) = forms.result(request, data)

    override fun whileSeen(scope: CoroutineScope) {
        scope.launch {
            try {
                card = paht.card()
                paht.watch.cases().collect { told -> told?.let(::show) ?: finish() }
            } catch (fault: PahtFault) {
                error.show(fault.say(words.language))
            }
        }
        scope.launch { paht.heardAnew { } }
    }

    private fun show(told: OfficerCases) {
        // Another agency's by now, or settled: the list tells what is left.
        val case = told.cases.find { it.report == report } ?: return finish()
        head.show(case, card)
        acts.show(case.acts)
        forms.show(case, card)
        showTimeline(case, told)
    }

    private fun showTimeline(case: OfficerCase, told: OfficerCases) {
        happened.removeAllViews()
        happened.visibility = if (case.timeline.isEmpty()) View.GONE else View.VISIBLE
        val entries = case.timeline.mapIndexed { at, entry -> TimelineEntry(at.toUInt(), entry.at, entry.what, entry.words) }
        val agencies = case.shares.associate { it.assignment to told.agency }
        happened.add(heading(say("portal-timeline")))
        happened.add(timeline(entries, Sentences(words, card, agencies, isOwn = false)), 16)
    }

    companion object {
        private const val REPORT = "report"
        private const val CODE = "code"

        fun of(context: Context, case: OfficerCase): Intent =
            Intent(context, CaseActivity::class.java).putExtra(REPORT, case.report.text).putExtra(CODE, case.code.text)
    }
}

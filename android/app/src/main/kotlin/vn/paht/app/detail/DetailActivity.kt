package vn.paht.app.detail

import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.View
import android.widget.LinearLayout
import java.time.Instant
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.launch
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Mood
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.card
import vn.paht.app.look.chip
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.fill
import vn.paht.app.look.fit
import vn.paht.app.look.fold
import vn.paht.app.look.heading
import vn.paht.app.look.icon
import vn.paht.app.look.iconButton
import vn.paht.app.look.isLargeText
import vn.paht.app.look.plate
import vn.paht.app.look.row
import vn.paht.app.look.setIcon
import vn.paht.app.look.text
import vn.paht.app.mine.Controls
import vn.paht.app.mine.PartsBox
import vn.paht.app.mine.reason
import vn.paht.app.mine.stageChip
import vn.paht.app.mine.wayChip
import vn.paht.app.nearby.PublicPages
import vn.paht.app.report.iconOf
import vn.paht.app.report.nameOf
import vn.paht.app.review.ServiceNames
import vn.paht.app.review.reviewSaid
import vn.paht.app.words.moment
import vn.paht.core.AssignmentState
import vn.paht.core.Card
import vn.paht.core.CaseCode
import vn.paht.core.ReportId
import vn.paht.core.ReportView
import vn.paht.core.Way
import vn.paht.kit.PahtFault
import vn.paht.kit.Seen
import vn.paht.kit.Sending

/** One report: what was said, where it stands, what was done, and the person's verdict. */
class DetailActivity : Screen() {
    private val id by lazy { ReportId(checkNotNull(intent.getStringExtra(ID))) }
    private val error by lazy { ErrorLine(this) }
    private val pictures by lazy { PicturesBox(this) }
    private val head by lazy { column() }
    private val case by lazy { column() }
    private val feedback by lazy { FeedbackBox(this, id) }
    private val parts by lazy { PartsBox(this) }
    private val controls by lazy { Controls(this) }
    private val happened by lazy { card() }
    private var card: Card? = null
    private var services = ServiceNames()

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        scaffold(say("app-mine-title")) {
            add(error)
            add(pictures.view)
            add(head, 12)
            add(case, 12)
            add(feedback.view, 12)
            add(happened, 12)
            add(fold(say("app-queue-title"), R.drawable.ic_send, isOpen = false, way()), 12)
        }
        feedback.restore(state)
    }

    private fun way(): LinearLayout = column {
        add(parts.view)
        add(controls.view, 16)
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        feedback.save(state)
    }

    override fun whileSeen(scope: CoroutineScope) {
        scope.launch { paht.inSight.showing(Seen.Report(id)) }
        scope.launch {
            try {
                card = paht.card()
                services = ServiceNames.known(this@DetailActivity)
                combine(paht.watch.report(id), paht.watch.sending, ::Pair).collect { (view, sending) -> show(view, sending) }
            } catch (fault: PahtFault) {
                error.show(fault.say(words.language))
            }
        }
    }

    private fun show(view: ReportView, sending: Sending) {
        pictures.show(view)
        showHead(view)
        showCase(view)
        feedback.show(view)
        parts.show(id, view.parts, sending)
        controls.show(view.line)
        happened.removeAllViews()
        happened.visibility = if (view.timeline.isEmpty()) View.GONE else View.VISIBLE
        happened.add(heading(say("portal-timeline")))
        happened.add(timeline(view.timeline, Sentences(words, card, view.agencies())), 16)
    }

    private fun showHead(view: ReportView) {
        val line = view.line
        head.removeAllViews()
        val category = card.nameOf(line.category, words)
        head.add(text(category, Type.Small, R.color.ink_soft).apply { setIcon(iconOf(line.category), 18) })
        line.review?.let {
            head.add(heading(services.of(it.service), Type.Title), 6)
            head.add(reviewSaid(it), 8)
        }
        if (line.text.isNotBlank()) head.add(heading(line.text).apply { setTextIsSelectable(true) }, 6)
        val chips = if (isLargeText()) column() else row()
        val unconfirmed = chip(say("app-way-unconfirmed"), Mood.Warn, R.drawable.ic_clock).takeIf { line.unconfirmed }
        val shown = listOfNotNull(unconfirmed ?: wayChip(line.way, words), line.stage?.let { stageChip(it, words) })
        shown.forEachIndexed { at, chip ->
            val given = LinearLayout.LayoutParams(-2, -2)
            if (at > 0) if (isLargeText()) given.topMargin = dp(6) else given.marginStart = dp(6)
            chips.addView(chip, given)
        }
        head.add(chips, 10)
        (line.way as? Way.NeedsYou)?.let { head.add(needsYou(it, view), 12) }
    }

    /** Refused: why, and at once what can be done about it. */
    private fun needsYou(way: Way.NeedsYou, view: ReportView): View = card {
        background = plate(R.color.danger_soft, 16)
        add(heading(say("app-part-needs-you")).apply { setTextColor(getColor(R.color.danger)) })
        add(text(words.reason(way.reason), color = R.color.danger), 4)
        val mend = Controls(this@DetailActivity)
        mend.show(view.line)
        add(mend.view, 12)
    }

    private fun showCase(view: ReportView) {
        case.removeAllViews()
        val code = view.line.case ?: return
        case.add(card {
            setPadding(dp(16), dp(6), dp(6), dp(16))
            add(row {
                fill(text(say("app-mine-code", "code" to code.text), Type.Strong).apply { setTextIsSelectable(true) })
                fit(iconButton(R.drawable.ic_share, say("app-button-share"), R.color.brand) { share(code) }, 8)
            })
            val sentences = Sentences(words, card, view.agencies())
            for (share in view.assignments) {
                add(text(sentences.agency(share.agency.text)), 2)
                val isOpen = share.state == AssignmentState.DISPATCHED || share.state == AssignmentState.IN_PROGRESS
                if (!isOpen) continue
                add(text(say("app-mine-due", "time" to words.moment(share.due)), Type.Small, R.color.ink_soft).apply { setIcon(R.drawable.ic_clock, 18) }, 6)
                if (share.due < Instant.now()) add(chip(say("app-mine-overdue"), Mood.Danger, R.drawable.ic_warn), 6)
            }
        })
    }

    private fun ReportView.agencies() = assignments.associate { it.number to it.agency }

    private fun share(code: CaseCode) {
        val said = say("app-mine-share-text", "code" to code.text, "link" to PublicPages.of(this).page(code))
        val send = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, said)
        startActivity(Intent.createChooser(send, say("app-button-share")))
    }

    companion object {
        private const val ID = "report"

        fun of(context: Context, id: ReportId): Intent = Intent(context, DetailActivity::class.java).putExtra(ID, id.text)
    }
}

package vn.paht.app.mine

import android.content.Intent
import android.view.View
import android.view.ViewGroup
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.widget.AbsListView
import android.widget.BaseAdapter
import android.widget.FrameLayout
import android.widget.LinearLayout
import android.widget.ListView
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.merge
import kotlinx.coroutines.launch
import vn.paht.app.MainActivity
import vn.paht.app.Place
import vn.paht.app.R
import vn.paht.app.Tab
import vn.paht.app.detail.DetailActivity
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Tone
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.emptyState
import vn.paht.app.look.heading
import vn.paht.app.look.scrolling
import vn.paht.app.review.ServiceNames
import vn.paht.core.Card
import vn.paht.kit.PahtFault
import vn.paht.kit.Seen

/** The person's own reports, newest first, under one line that tells the truth about the queue. */
class MineTab(screen: MainActivity) : Tab(screen) {
    private val pages = Pages(screen.paht)
    private var card: Card? = null
    private var services = ServiceNames()
    private var scope: CoroutineScope? = null
    private val error = ErrorLine(screen)
    private val queue = QueueLine(screen) { screen.startActivity(Intent(screen, QueueActivity::class.java)) }
    private val empty = screen.scrolling(
        screen.emptyState(
            R.drawable.ic_camera,
            words.say("app-mine-empty"),
            screen.button(words.say("app-report-title"), Tone.Filled) { screen.go(Place.Report) },
        ),
    )
    val list = ListView(screen).apply {
        divider = null
        isVerticalScrollBarEnabled = true
        clipToPadding = false
        setPadding(0, 0, 0, dp(16))
        setSelector(android.R.color.transparent)
        adapter = Lines()
        setOnItemClickListener { _, _, at, _ -> open(at) }
        setOnScrollListener(NearEnd())
    }

    override val view: View = screen.column {
        add(screen.column {
            setPadding(dp(16), dp(16), dp(16), dp(8))
            add(screen.heading(words.say("app-mine-title"), Type.Title))
            add(queue.view, 12)
            add(error, 8)
        })
        val body = FrameLayout(context).apply {
            addView(list, MATCH_PARENT, MATCH_PARENT)
            addView(empty, MATCH_PARENT, MATCH_PARENT)
        }
        addView(body, LinearLayout.LayoutParams(MATCH_PARENT, 0, 1f))
    }

    init {
        empty.visibility = View.GONE
    }

    override fun shown(scope: CoroutineScope) {
        this.scope = scope
        error.show(null)
        scope.launch { screen.paht.inSight.showing(Seen.Reports) }
        scope.launch {
            try {
                card = screen.paht.card()
                services = ServiceNames.known(screen)
                merge(screen.paht.watch.reports(Pages.PAGE), screen.paht.watch.standing()).collect { refresh() }
            } catch (fault: PahtFault) {
                error.show(fault.say(words.language))
            }
        }
        queue.shown(scope)
    }

    private suspend fun refresh() {
        pages.refresh(list.lastVisiblePosition.coerceAtLeast(0))
        tell()
    }

    private fun tell() {
        (list.adapter as BaseAdapter).notifyDataSetChanged()
        empty.visibility = if (pages.lines.isEmpty()) View.VISIBLE else View.GONE
    }

    private fun open(at: Int) = screen.startActivity(DetailActivity.of(screen, pages.lines[at].id))

    private inner class NearEnd : AbsListView.OnScrollListener {
        override fun onScroll(list: AbsListView, first: Int, seen: Int, all: Int) {
            if (all == 0 || pages.isWhole || first + seen < all - Pages.PAGE / 2) return
            scope?.launch {
                try {
                    pages.more()
                    tell()
                } catch (fault: PahtFault) {
                    error.show(fault.say(words.language))
                }
            }
        }

        override fun onScrollStateChanged(list: AbsListView, state: Int) = Unit
    }

    private inner class Lines : BaseAdapter() {
        override fun getCount() = pages.lines.size

        override fun getItem(at: Int) = pages.lines[at]

        override fun getItemId(at: Int) = at.toLong()

        override fun getView(at: Int, old: View?, parent: ViewGroup): View {
            val row = old?.tag as? ReportRow ?: ReportRow(screen)
            row.show(pages.lines[at], card, services, scope ?: screen.scope)
            return row.view
        }
    }
}

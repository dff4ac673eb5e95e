package vn.paht.app.mine

import android.text.TextUtils
import android.view.Gravity
import android.view.View
import android.widget.FrameLayout
import android.widget.ImageView
import android.widget.LinearLayout
import kotlinx.coroutines.CoroutineScope
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Pictures
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.icon
import vn.paht.app.look.isLargeText
import vn.paht.app.look.plate
import vn.paht.app.look.row
import vn.paht.app.look.text
import vn.paht.app.look.thumbnail
import vn.paht.app.look.touchable
import vn.paht.app.report.iconOf
import vn.paht.app.report.nameOf
import vn.paht.app.review.ServiceNames
import vn.paht.app.review.stars
import vn.paht.app.words.ago
import vn.paht.core.Card
import vn.paht.core.ReportLine
import kotlinx.coroutines.launch
import vn.paht.kit.PahtFault

/** One report in the list: its picture, what was said, and where it stands. Used again while scrolling. */
class ReportRow(private val screen: Screen) {
    private val sideDp = if (screen.isLargeText()) 56 else 76
    private val picture: ImageView = screen.thumbnail()
    private val sign: ImageView = screen.icon(R.drawable.cat_dots, 32, R.color.on_brand_soft)
    private val title = screen.text("", Type.Strong).apply {
        maxLines = if (screen.isLargeText()) 5 else 2
        ellipsize = TextUtils.TruncateAt.END
    }
    private val facts = screen.text("", Type.Small, R.color.ink_soft)
    private val chips: LinearLayout = if (screen.isLargeText()) screen.column() else screen.row()

    private val card: LinearLayout = screen.row {
        gravity = Gravity.TOP
        setPadding(dp(12), dp(12), dp(12), dp(12))
        background = context.touchable(context.plate(R.color.surface, 16, R.color.line))
        val frame = FrameLayout(context).apply {
            addView(picture, FrameLayout.LayoutParams(dp(sideDp), dp(sideDp)))
            addView(sign, FrameLayout.LayoutParams(dp(32), dp(32), Gravity.CENTER))
        }
        addView(frame, LinearLayout.LayoutParams(dp(sideDp), dp(sideDp)))
        val words = screen.column {
            add(title)
            add(facts, 2)
            add(chips, 8)
        }
        addView(words, LinearLayout.LayoutParams(0, LinearLayout.LayoutParams.WRAP_CONTENT, 1f).apply { marginStart = dp(12) })
    }

    /** With the gap around it, which a list's line cannot have by itself. */
    val view: View = screen.column {
        setPadding(dp(16), dp(5), dp(16), dp(5))
        add(card)
        tag = this@ReportRow
    }

    init {
        picture.importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO
    }

    fun show(line: ReportLine, card: Card?, services: ServiceNames, scope: CoroutineScope) {
        val category = card.nameOf(line.category, screen.words)
        val review = line.review
        title.text = review?.let { services.of(it.service) } ?: line.text.ifBlank { category }
        // Of a review the stars say more than what it is filed under.
        val about = if (review != null) review.stars?.let { screen.words.stars(it.toInt()) } else category.takeIf { line.text.isNotBlank() }
        facts.text = listOfNotNull(about, screen.words.ago(line.made)).joinToString(" · ")
        sign.setImageDrawable(screen.getDrawable(iconOf(line.category))?.mutate())
        chips.removeAllViews()
        // Once the centre has it all, how it came there is no news: the case is.
        val isNews = line.way != vn.paht.core.Way.Whole || line.stage == null
        if (isNews) put(screen.wayChip(line.way, screen.words))
        line.stage?.let { put(screen.stageChip(it, screen.words)) }
        showPicture(line, scope)
    }

    private fun put(chip: View) {
        val at = chips.childCount
        val given = LinearLayout.LayoutParams(LinearLayout.LayoutParams.WRAP_CONTENT, LinearLayout.LayoutParams.WRAP_CONTENT)
        if (chips.orientation == LinearLayout.HORIZONTAL) given.marginStart = if (at == 0) 0 else screen.dp(6)
        else given.topMargin = if (at == 0) 0 else screen.dp(6)
        chips.addView(chip, given)
    }

    private fun showPicture(line: ReportLine, scope: CoroutineScope) {
        val hash = line.captures.firstOrNull { !it.erased }?.hash
        picture.setImageBitmap(null)
        picture.tag = hash
        sign.visibility = if (hash == null) View.VISIBLE else View.GONE
        if (hash == null) return
        scope.launch {
            try {
                val file = screen.paht.mediaFile(hash)
                // Scrolled on meanwhile: the view is another report's.
                if (picture.tag == hash) Pictures.show(picture, file, screen.dp(sideDp), scope)
            } catch (_: PahtFault) {
                sign.visibility = View.VISIBLE
            }
        }
    }
}

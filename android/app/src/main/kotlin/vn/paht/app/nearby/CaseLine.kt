package vn.paht.app.nearby

import android.text.TextUtils
import android.view.Gravity
import android.view.View
import android.widget.FrameLayout
import android.widget.LinearLayout
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Flow
import vn.paht.app.look.Mood
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.chip
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.fill
import vn.paht.app.look.fit
import vn.paht.app.look.icon
import vn.paht.app.look.plate
import vn.paht.app.look.row
import vn.paht.app.look.text
import vn.paht.app.look.touchable
import vn.paht.app.mine.stageChip
import vn.paht.app.report.iconOf
import vn.paht.app.report.nameOf
import vn.paht.app.words.ago
import vn.paht.app.words.distance
import vn.paht.core.Card
import vn.paht.core.CategoryCode
import vn.paht.core.NearbyCase

/** A public case in the list: what it is about, how far away, how old, where it stands. */
fun Screen.caseLine(case: NearbyCase, metres: Double, card: Card?): View = column {
    setPadding(dp(16), dp(5), dp(16), dp(5))
    add(row {
        gravity = Gravity.TOP
        setPadding(dp(14), dp(14), dp(14), dp(14))
        background = context.touchable(context.plate(R.color.surface, 16, R.color.line))
        fit(sign(case))
        fill(said(case, metres, card), 12)
    })
}

private fun Screen.sign(case: NearbyCase): View = FrameLayout(this).apply {
    background = plate(R.color.brand_soft, 22)
    val icon = icon(iconOf(case.category ?: CategoryCode("")), 24, R.color.on_brand_soft)
    addView(icon, FrameLayout.LayoutParams(dp(24), dp(24), Gravity.CENTER))
    layoutParams = LinearLayout.LayoutParams(dp(44), dp(44))
}

private fun Screen.said(case: NearbyCase, metres: Double, card: Card?): View = column {
    val category = case.category?.let { card.nameOf(it, words) }
    val excerpt = text(case.excerpt.ifBlank { category.orEmpty() }, Type.Strong)
    excerpt.maxLines = 3
    excerpt.ellipsize = TextUtils.TruncateAt.END
    add(excerpt)
    add(text(listOfNotNull(category, words.ago(case.received)).joinToString(" · "), Type.Small, R.color.ink_soft), 2)
    add(Flow(context, 6).apply {
        addView(chip(words.distance(metres), Mood.Calm, R.drawable.ic_pin))
        addView(stageChip(case.stage, words))
    }, 8)
}

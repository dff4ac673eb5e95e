package vn.paht.app.desk

import android.text.TextUtils
import android.view.View
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Flow
import vn.paht.app.look.Mood
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.card
import vn.paht.app.look.chip
import vn.paht.app.look.heading
import vn.paht.app.look.isLargeText
import vn.paht.app.look.plate
import vn.paht.app.look.setIcon
import vn.paht.app.look.text
import vn.paht.app.look.touchable
import vn.paht.app.mine.wayChip
import vn.paht.app.report.iconOf
import vn.paht.app.report.nameOf
import vn.paht.core.Card
import vn.paht.core.OfficerCase

/** A case in the officer's list: what, until when, and what of this phone's is still on its way. */
fun Screen.caseLine(case: OfficerCase, card: Card?): View = card {
    background = context.touchable(context.plate(R.color.surface, 16, R.color.line))
    isFocusable = true
    setOnClickListener { startActivity(CaseActivity.of(this@caseLine, case)) }
    val category = case.category?.let { card.nameOf(it, words) }.orEmpty()
    add(text(category, Type.Small, R.color.ink_soft).apply { case.category?.let { setIcon(iconOf(it), 18) } })
    val said = heading(case.text.ifBlank { category })
    said.maxLines = if (isLargeText()) 6 else 3
    said.ellipsize = TextUtils.TruncateAt.END
    add(said, 4)
    add(Flow(context, 6).apply {
        if (case.urgent) addView(chip(words.say("portal-urgent"), Mood.Danger, R.drawable.ic_warn))
        case.open?.let { addView(dueChip(it.due, words)) }
        case.acts.lastOrNull { it.isOpen }?.let { act ->
            addView(if (act.dropped == null) wayChip(act.way, words) else chip(words.say("app-way-needs-you"), Mood.Danger, R.drawable.ic_warn))
        }
    }, 10)
    add(text(case.code.text, Type.Small, R.color.ink_soft), 8)
}

package vn.paht.app.alerts

import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.LinearLayout
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.card
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.fill
import vn.paht.app.look.fit
import vn.paht.app.look.icon
import vn.paht.app.look.isLargeText
import vn.paht.app.look.plate
import vn.paht.app.look.row
import vn.paht.app.look.sideBySide
import vn.paht.app.look.text
import vn.paht.app.look.touchable

private class Number(val digits: String, val word: String, val icon: Int)

private val NUMBERS = listOf(
    Number("112", "app-emergency-disaster", R.drawable.ic_warn),
    Number("113", "app-emergency-police", R.drawable.ic_police),
    Number("114", "app-emergency-fire", R.drawable.ic_fire),
    Number("115", "app-emergency-ambulance", R.drawable.ic_ambulance),
)

/** The four numbers that everybody should know, one touch each; they stand in the app and need nothing. */
fun Screen.emergencyNumbers(dial: (String) -> Unit): View =
    if (isLargeText()) sideBySide(NUMBERS.map { callLine(it.digits, say(it.word), it.icon, true, dial) })
    else column {
        NUMBERS.chunked(2).forEachIndexed { at, pair -> add(sideBySide(pair.map { tile(it, dial) }), if (at == 0) 0 else 8) }
    }

private fun Screen.tile(number: Number, dial: (String) -> Unit): View = column {
    gravity = Gravity.CENTER_HORIZONTAL
    minimumHeight = dp(112)
    setPadding(dp(6), dp(12), dp(6), dp(10))
    background = context.touchable(context.plate(R.color.danger_soft, 16), 16)
    contentDescription = listOf(say("app-button-call", "number" to number.digits), say(number.word)).joinToString(", ")
    isFocusable = true
    setOnClickListener { dial(number.digits) }
    addView(icon(number.icon, 28, R.color.danger))
    add(text(number.digits, Type.Title, R.color.danger), 2, WRAP_CONTENT)
    add(text(say(number.word), Type.Small, R.color.danger).apply { gravity = Gravity.CENTER }, 2)
}

/** A number on a line of its own. */
fun Screen.callLine(digits: String, name: String, icon: Int, isUrgent: Boolean, dial: (String) -> Unit): View = card {
    setPadding(dp(14), dp(12), dp(16), dp(12))
    val (ground, ink) = if (isUrgent) R.color.danger_soft to R.color.danger else R.color.brand_soft to R.color.on_brand_soft
    background = context.touchable(context.plate(R.color.surface, 16, R.color.line))
    minimumHeight = dp(72)
    contentDescription = listOf(say("app-button-call", "number" to digits), name).joinToString(", ")
    isFocusable = true
    setOnClickListener { dial(digits) }
    add(row {
        val sign = row {
            gravity = Gravity.CENTER
            background = context.plate(ground, 24)
            addView(icon(icon, 26, ink))
            layoutParams = LinearLayout.LayoutParams(dp(48), dp(48))
        }
        fit(sign)
        fill(column {
            add(text(digits, Type.Title, if (isUrgent) ink else R.color.ink))
            add(text(name, Type.Small, R.color.ink_soft))
        }, 14)
    })
}

package vn.paht.app.look

import android.content.Context
import android.view.Gravity
import android.view.View
import android.view.accessibility.AccessibilityNodeInfo
import android.widget.CheckBox
import android.widget.LinearLayout
import android.widget.RadioButton
import android.widget.TextView
import vn.paht.app.R

/** One way on: a picture, a word, an arrow. */
fun Context.menuRow(icon: Int, said: String, note: String? = null, open: () -> Unit): LinearLayout = row {
    minimumHeight = dp(64)
    setPadding(dp(14), dp(10), dp(12), dp(10))
    background = touchable(plate(R.color.surface, 16, R.color.line))
    val sign = row {
        gravity = Gravity.CENTER
        background = plate(R.color.brand_soft, 20)
        addView(icon(icon, 22, R.color.on_brand_soft))
        layoutParams = LinearLayout.LayoutParams(dp(40), dp(40))
    }
    fit(sign)
    fill(column {
        add(text(said))
        note?.let { add(text(it, Type.Small, R.color.ink_soft)) }
    }, 14)
    fit(icon(R.drawable.ic_chevron, 20), 8)
    isFocusable = true
    setOnClickListener { open() }
}

/** One of several choices, each a line. */
class ChoiceList<T>(context: Context, choices: List<Pair<T, String>>, first: T, private val chosen: (T) -> Unit) {
    private val buttons = mutableMapOf<T, RadioButton>()

    val view: LinearLayout = context.column {
        for ((value, said) in choices) {
            val button = RadioButton(context).apply {
                text = said
                setType(Type.Body)
                setTextColor(context.getColor(R.color.ink))
                buttonTintList = android.content.res.ColorStateList.valueOf(context.getColor(R.color.brand))
                minHeight = dp(52)
                setPadding(dp(10), dp(6), 0, dp(6))
                isChecked = value == first
                setOnClickListener { pick(value) }
            }
            buttons[value] = button
            add(button)
        }
    }

    private fun pick(value: T) {
        buttons.forEach { (each, button) -> button.isChecked = each == value }
        chosen(value)
    }
}

/** A word that is on or off. */
class Toggle(context: Context, said: String, private val isOn: () -> Boolean, press: () -> Unit) : TextView(context) {
    init {
        text = said
        setType(Type.Body)
        gravity = Gravity.CENTER
        minHeight = dp(48)
        setPadding(dp(16), dp(8), dp(16), dp(8))
        isFocusable = true
        setOnClickListener {
            press()
            paint()
        }
        accessibilityDelegate = object : View.AccessibilityDelegate() {
            override fun onInitializeAccessibilityNodeInfo(host: View, info: AccessibilityNodeInfo) {
                super.onInitializeAccessibilityNodeInfo(host, info)
                info.className = CheckBox::class.java.name
                info.isCheckable = true
                info.isChecked = isOn()
            }
        }
        paint()
    }

    /** Also when another one has turned it off. */
    fun paint() {
        isSelected = isOn()
        val plate = if (isOn()) context.plate(R.color.brand, 24) else context.plate(R.color.surface, 24, R.color.outline)
        background = context.touchable(plate, 24)
        setTextColor(context.getColor(if (isOn()) R.color.on_brand else R.color.ink))
    }
}

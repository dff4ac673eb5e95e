package vn.paht.app.look

import android.content.Context
import android.text.Editable
import android.text.InputFilter
import android.text.InputType
import android.text.TextWatcher
import android.view.Gravity
import android.view.View
import android.widget.EditText
import android.widget.LinearLayout
import android.widget.TextView
import vn.paht.app.R

/** A field for words under its label. The label belongs to it for screen readers too. */
class Field(context: Context, label: String, lines: Int = 1, kind: Int = InputType.TYPE_CLASS_TEXT) {
    val label: TextView = context.text(label, Type.Small, R.color.ink_soft)
    val input: EditText = EditText(context).apply {
        id = View.generateViewId()
        setType(Type.Body)
        setTextColor(context.getColor(R.color.ink))
        setHintTextColor(context.getColor(R.color.ink_soft))
        background = context.plate(R.color.surface, 12, R.color.outline)
        setPadding(dp(14), dp(12), dp(14), dp(12))
        gravity = if (lines > 1) Gravity.TOP or Gravity.START else Gravity.CENTER_VERTICAL or Gravity.START
        inputType = kind or if (lines > 1) InputType.TYPE_TEXT_FLAG_MULTI_LINE else 0
        // After the kind of input, which counts height in lines.
        if (lines > 1) minLines = lines else minHeight = dp(52)
        filters = arrayOf(InputFilter.LengthFilter(if (lines > 1) TEXT_CHARACTERS_MAX else LINE_CHARACTERS_MAX))
        // The draft keeps the words; two keepers would disagree.
        isSaveEnabled = false
    }

    val view: LinearLayout = context.column {
        add(this@Field.label)
        add(input, 4)
    }

    var words: String
        get() = input.text.toString()
        set(value) = input.setText(value)

    init {
        this.label.labelFor = input.id
    }

    fun changed(told: (String) -> Unit) = apply {
        input.addTextChangedListener(object : TextWatcher {
            override fun afterTextChanged(text: Editable) = told(text.toString())

            override fun beforeTextChanged(text: CharSequence, start: Int, count: Int, after: Int) = Unit

            override fun onTextChanged(text: CharSequence, start: Int, before: Int, count: Int) = Unit
        })
    }

    companion object {
        /** The core's own limit of a text. */
        const val TEXT_CHARACTERS_MAX = 4_000
        const val LINE_CHARACTERS_MAX = 120
    }
}

/** Opens and closes what is below it. Closed, it is one line. */
fun Context.fold(title: String, icon: Int, isOpen: Boolean, content: View): LinearLayout = card {
    setPadding(0, 0, 0, 0)
    val arrow = icon(R.drawable.ic_chevron_down)
    val head = row {
        setPadding(dp(16), dp(12), dp(12), dp(12))
        minimumHeight = dp(56)
        fit(icon(icon, 24, R.color.brand))
        fill(text(title), 12)
        fit(arrow, 8)
        background = touchable(plate(android.R.color.transparent))
        isFocusable = true
    }
    fun show(open: Boolean) {
        content.visibility = if (open) View.VISIBLE else View.GONE
        arrow.rotation = if (open) 180f else 0f
    }
    head.setOnClickListener { show(content.visibility != View.VISIBLE) }
    add(head)
    content.setPadding(dp(16), 0, dp(16), dp(16))
    add(content)
    show(isOpen)
}

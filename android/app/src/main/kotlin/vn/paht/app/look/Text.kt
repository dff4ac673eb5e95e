package vn.paht.app.look

import android.content.Context
import android.content.res.ColorStateList
import android.graphics.Typeface
import android.graphics.drawable.Drawable
import android.os.Build
import android.util.TypedValue
import android.view.Gravity
import android.view.View
import android.widget.TextView
import vn.paht.app.R

/** The four sizes there are. In sp, so that they follow the person's choice. */
enum class Type(val sp: Float, val bold: Boolean) {
    Title(24f, true),
    Heading(17f, true),
    Body(16f, false),
    Strong(16f, true),
    Small(14f, false),
}

fun Context.dp(dp: Int): Int = (dp * resources.displayMetrics.density + 0.5f).toInt()

fun View.dp(dp: Int): Int = context.dp(dp)

/** Above this, what stands side by side is put one under the other. */
fun Context.isLargeText(): Boolean = resources.configuration.fontScale >= 1.5f

fun Context.text(said: CharSequence, type: Type = Type.Body, color: Int = R.color.ink): TextView =
    TextView(this).apply {
        text = said
        setType(type)
        setTextColor(getColor(color))
    }

fun TextView.setType(type: Type) {
    setTextSize(TypedValue.COMPLEX_UNIT_SP, type.sp)
    typeface = if (type.bold) Typeface.create("sans-serif-medium", Typeface.NORMAL) else Typeface.SANS_SERIF
    setLineSpacing(0f, if (type == Type.Title) 1.1f else 1.2f)
}

/** A heading that a screen reader jumps to. */
fun Context.heading(said: CharSequence, type: Type = Type.Heading): TextView = text(said, type).apply {
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) isAccessibilityHeading = true
}

/** Sets a picture before the words, in their colour. */
fun TextView.setIcon(icon: Int, sizeDp: Int = 20, color: Int? = null, gapDp: Int = 8) {
    // As large as the words beside it, up to what leaves room for them.
    val scale = resources.configuration.fontScale.coerceIn(1f, 1.6f)
    val drawn = context.drawn(icon, (sizeDp * scale).toInt())
    setCompoundDrawablesRelative(drawn, null, null, null)
    compoundDrawablePadding = dp(gapDp)
    compoundDrawableTintList = color?.let { ColorStateList.valueOf(context.getColor(it)) } ?: textColors
}

fun Context.drawn(icon: Int, sizeDp: Int): Drawable =
    checkNotNull(getDrawable(icon)).mutate().apply { setBounds(0, 0, dp(sizeDp), dp(sizeDp)) }

/** What went wrong and the way out, where it went wrong. Empty until then; spoken when it comes. */
class ErrorLine(context: Context) : TextView(context) {
    init {
        setType(Type.Small)
        setTextColor(context.getColor(R.color.danger))
        background = context.plate(R.color.danger_soft, 12)
        setPadding(dp(12), dp(12), dp(12), dp(12))
        gravity = Gravity.CENTER_VERTICAL
        accessibilityLiveRegion = ACCESSIBILITY_LIVE_REGION_ASSERTIVE
        setIcon(R.drawable.ic_warn)
        visibility = GONE
    }

    fun show(said: String?) {
        text = said.orEmpty()
        visibility = if (said == null) GONE else VISIBLE
        // Brings itself into sight: an error below the fold is none.
        if (said != null) post { requestRectangleOnScreen(android.graphics.Rect(0, 0, width, height)) }
    }
}

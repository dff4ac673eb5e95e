package vn.paht.app.look

import android.content.Context
import android.content.res.ColorStateList
import android.graphics.Color
import android.graphics.drawable.Drawable
import android.graphics.drawable.GradientDrawable
import android.graphics.drawable.RippleDrawable
import android.view.Gravity
import android.view.View
import android.view.ViewGroup
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.Button
import android.widget.ImageButton
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.ScrollView
import android.widget.Space
import android.widget.TextView
import vn.paht.app.R

// The parts that every screen is put together from. Each touch target is at least 48 dp in both directions.

/** How much a button asks for: one filled button a screen. */
enum class Tone(val ground: Int, val ink: Int) {
    Filled(R.color.brand, R.color.on_brand),
    Soft(R.color.brand_soft, R.color.on_brand_soft),
    Plain(android.R.color.transparent, R.color.brand),
    Danger(R.color.danger_soft, R.color.danger),
}

/** What a chip means, never by its colour alone. */
enum class Mood(val ground: Int, val ink: Int) {
    Calm(R.color.brand_soft, R.color.on_brand_soft),
    Good(R.color.good_soft, R.color.good),
    Warn(R.color.warn_soft, R.color.warn),
    Danger(R.color.danger_soft, R.color.danger),
}

/** A rounded plate in one colour, with a hairline if asked. */
fun Context.plate(color: Int, radiusDp: Int = 16, line: Int? = null): GradientDrawable = GradientDrawable().apply {
    setColor(getColor(color))
    cornerRadius = dp(radiusDp).toFloat()
    line?.let { setStroke(dp(1), getColor(it)) }
}

/** The same, answering a touch. */
fun Context.touchable(plate: Drawable, radiusDp: Int = 16): Drawable {
    val mask = GradientDrawable().apply {
        setColor(Color.WHITE)
        cornerRadius = dp(radiusDp).toFloat()
    }
    val wave = getColor(R.color.brand) and 0x00FFFFFF or 0x33000000
    return RippleDrawable(ColorStateList.valueOf(wave), plate, mask)
}

fun Context.button(said: String, tone: Tone = Tone.Soft, icon: Int? = null, pressed: (View) -> Unit): Button =
    Button(this).apply {
        text = said
        isAllCaps = false
        setType(Type.Strong)
        setTextColor(getColor(tone.ink))
        background = touchable(plate(tone.ground, 14), 14)
        stateListAnimator = null
        minHeight = dp(52)
        minWidth = dp(48)
        gravity = if (icon == null) Gravity.CENTER else Gravity.CENTER_VERTICAL or Gravity.START
        setPadding(dp(16), dp(10), dp(16), dp(10))
        icon?.let { setIcon(it) }
        setOnClickListener(pressed)
    }

/** A picture that only adorns: readers pass it over. */
fun Context.icon(drawable: Int, sizeDp: Int = 24, color: Int = R.color.ink_soft): ImageView = ImageView(this).apply {
    setImageDrawable(getDrawable(drawable)?.mutate())
    imageTintList = ColorStateList.valueOf(getColor(color))
    importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO
    layoutParams = LinearLayout.LayoutParams(dp(sizeDp), dp(sizeDp))
}

/** A button that is only a picture, with words for those who cannot see it. */
fun Context.iconButton(drawable: Int, said: String, color: Int = R.color.ink, pressed: (View) -> Unit): ImageButton =
    ImageButton(this).apply {
        setImageDrawable(getDrawable(drawable)?.mutate())
        imageTintList = ColorStateList.valueOf(getColor(color))
        contentDescription = said
        background = touchable(plate(android.R.color.transparent, 24), 24)
        layoutParams = LinearLayout.LayoutParams(dp(48), dp(48))
        setOnClickListener(pressed)
    }

fun Context.chip(said: String, mood: Mood, icon: Int? = null): TextView = text(said, Type.Small, mood.ink).apply {
    background = plate(mood.ground, 10)
    setPadding(dp(10), dp(4), dp(10), dp(4))
    gravity = Gravity.CENTER_VERTICAL
    icon?.let { setIcon(it, 16, gapDp = 6) }
}

fun Context.column(padDp: Int = 0, build: LinearLayout.() -> Unit = {}): LinearLayout = LinearLayout(this).apply {
    orientation = LinearLayout.VERTICAL
    setPadding(dp(padDp), dp(padDp), dp(padDp), dp(padDp))
    build()
}

fun Context.row(build: LinearLayout.() -> Unit = {}): LinearLayout = LinearLayout(this).apply {
    orientation = LinearLayout.HORIZONTAL
    gravity = Gravity.CENTER_VERTICAL
    build()
}

/** What belongs together, on a surface of its own. */
fun Context.card(build: LinearLayout.() -> Unit = {}): LinearLayout = column(16, build).apply {
    background = plate(R.color.surface, 16, R.color.line)
}

fun LinearLayout.add(view: View, topDp: Int = 0, width: Int = MATCH_PARENT, height: Int = WRAP_CONTENT): View {
    val fixed = view.layoutParams as? LinearLayout.LayoutParams
    val given = fixed ?: LinearLayout.LayoutParams(width, height)
    given.topMargin = dp(topDp)
    addView(view, given)
    return view
}

/** Out of the page it stood on, to stand on another. */
fun <V : View> V.moved(): V = apply { (parent as? ViewGroup)?.removeView(this) }

/** In a row: takes what is left. */
fun LinearLayout.fill(view: View, startDp: Int = 0, weight: Float = 1f): View {
    addView(view, LinearLayout.LayoutParams(0, WRAP_CONTENT, weight).apply { marginStart = dp(startDp) })
    return view
}

/** In a row: as wide as it needs. */
fun LinearLayout.fit(view: View, startDp: Int = 0): View {
    val given = view.layoutParams as? LinearLayout.LayoutParams ?: LinearLayout.LayoutParams(WRAP_CONTENT, WRAP_CONTENT)
    given.marginStart = dp(startDp)
    addView(view, given)
    return view
}

fun LinearLayout.gap(heightDp: Int) = addView(Space(context), LinearLayout.LayoutParams(1, dp(heightDp)))

/** Side by side where there is room for the letters, one under the other where not. */
fun Context.sideBySide(views: List<View>, gapDp: Int = 8): LinearLayout =
    if (isLargeText()) column { views.forEachIndexed { at, view -> add(view, if (at == 0) 0 else gapDp) } }
    else row { gravity = Gravity.FILL; views.forEachIndexed { at, view -> fillWhole(view, if (at == 0) 0 else gapDp) } }

private fun LinearLayout.fillWhole(view: View, startDp: Int) =
    addView(view, LinearLayout.LayoutParams(0, MATCH_PARENT, 1f).apply { marginStart = dp(startDp) })

/** Nothing here: a picture, a sentence, and what to do. */
fun Context.emptyState(icon: Int, said: String, action: View? = null): LinearLayout = column(24) {
    gravity = Gravity.CENTER_HORIZONTAL
    val round = row {
        gravity = Gravity.CENTER
        background = plate(R.color.brand_soft, 44)
        addView(icon(icon, 40, R.color.on_brand_soft))
    }
    add(round, 16, dp(88), dp(88))
    add(text(said, Type.Body, R.color.ink_soft).apply { gravity = Gravity.CENTER }, 16)
    action?.let { add(it, 16) }
}

/** Moves where it is higher than its place, so that large letters never squeeze a button to nothing. */
fun Context.scrolling(view: View): ScrollView = ScrollView(this).apply { addView(view) }

package vn.paht.app.look

import android.content.Context
import android.content.res.ColorStateList
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.RadioButton
import android.view.View
import android.view.accessibility.AccessibilityNodeInfo
import vn.paht.app.R

/** One to five stars, each a button of its own with its own words. */
class Stars(context: Context, said: (Int) -> String, private val chosen: (Int) -> Unit) {
    private val stars = mutableListOf<ImageView>()

    var grade: Int = 0
        set(value) {
            field = value
            paint()
        }

    val view: LinearLayout = context.row {
        for (at in 1..MOST) {
            val star = context.iconButton(R.drawable.ic_star_line, said(at)) { press(at) }
            star.accessibilityDelegate = object : View.AccessibilityDelegate() {
                override fun onInitializeAccessibilityNodeInfo(host: View, info: AccessibilityNodeInfo) {
                    super.onInitializeAccessibilityNodeInfo(host, info)
                    info.className = RadioButton::class.java.name
                    info.isCheckable = true
                    info.isChecked = grade == at
                }
            }
            star.scaleType = ImageView.ScaleType.FIT_CENTER
            star.setPadding(dp(8), dp(8), dp(8), dp(8))
            stars += star
            addView(star, LinearLayout.LayoutParams(0, dp(56), 1f))
        }
        paint()
    }

    private fun press(at: Int) {
        grade = at
        chosen(at)
    }

    private fun paint() = stars.forEachIndexed { at, star ->
        val isLit = at < grade
        star.setImageResource(if (isLit) R.drawable.ic_star else R.drawable.ic_star_line)
        star.imageTintList = ColorStateList.valueOf(star.context.getColor(if (isLit) R.color.brand else R.color.outline))
        star.isSelected = isLit
    }

    private companion object {
        const val MOST = 5
    }
}

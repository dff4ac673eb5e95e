package vn.paht.app.look

import android.content.Context
import android.view.View
import android.view.ViewGroup

/** Puts its children in lines, as words stand in a text. */
class Flow(context: Context, gapDp: Int = 8) : ViewGroup(context) {
    private val gap = context.dp(gapDp)

    override fun onMeasure(widthSpec: Int, heightSpec: Int) {
        val width = View.MeasureSpec.getSize(widthSpec)
        measureChildren(View.MeasureSpec.makeMeasureSpec(width, View.MeasureSpec.AT_MOST), View.MeasureSpec.UNSPECIFIED)
        setMeasuredDimension(width, place(width) { _, _, _ -> })
    }

    override fun onLayout(changed: Boolean, left: Int, top: Int, right: Int, bottom: Int) {
        val isMirrored = layoutDirection == LAYOUT_DIRECTION_RTL
        place(right - left) { child, x, y ->
            val start = if (isMirrored) right - left - x - child.measuredWidth else x
            child.layout(start, y, start + child.measuredWidth, y + child.measuredHeight)
        }
    }

    /** Gives each child its place, and says how high all of them are. */
    private fun place(width: Int, put: (View, Int, Int) -> Unit): Int {
        var (x, y) = 0 to 0
        var high = 0
        for (at in 0 until childCount) {
            val child = getChildAt(at)
            if (x > 0 && x + child.measuredWidth > width) {
                x = 0
                y += high + gap
                high = 0
            }
            put(child, x, y)
            x += child.measuredWidth + gap
            high = maxOf(high, child.measuredHeight)
        }
        return y + high
    }
}

package vn.paht.app.report

import android.content.Context
import android.graphics.Canvas
import android.graphics.DashPathEffect
import android.graphics.Paint
import android.view.View
import vn.paht.app.R
import vn.paht.app.look.dp

/** How well the place is known, as a picture: the smaller the ring, the better. A dashed one: not known. */
class AccuracyRing(context: Context) : View(context) {
    private val line = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        style = Paint.Style.STROKE
        strokeWidth = dp(2).toFloat()
        color = context.getColor(R.color.brand)
    }
    private val ground = Paint(Paint.ANTI_ALIAS_FLAG).apply { color = context.getColor(R.color.brand_soft) }
    private val dot = Paint(Paint.ANTI_ALIAS_FLAG).apply { color = context.getColor(R.color.brand) }
    private var radiusShare: Float? = null

    init {
        importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO
    }

    /** Metres at 68 %; absent: the place is not known. 0: a point set by hand. */
    fun show(metres: Int?) {
        // 5 m are a small ring, a kilometre fills the picture: by the logarithm, as a map's scale does.
        radiusShare = metres?.let { (Math.log10(it.coerceIn(3, 1_000) / 3.0) / 2.6).toFloat().coerceIn(0.2f, 1f) }
        invalidate()
    }

    override fun onDraw(canvas: Canvas) {
        val (x, y) = width / 2f to height / 2f
        val whole = minOf(width, height) / 2f - line.strokeWidth
        val share = radiusShare
        line.pathEffect = if (share == null) DashPathEffect(floatArrayOf(dp(4).toFloat(), dp(4).toFloat()), 0f) else null
        val radius = whole * (share ?: 1f)
        canvas.drawCircle(x, y, radius, ground)
        canvas.drawCircle(x, y, radius, line)
        if (share != null) canvas.drawCircle(x, y, dp(4).toFloat(), dot)
    }
}

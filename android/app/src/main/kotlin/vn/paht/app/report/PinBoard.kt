package vn.paht.app.report

import android.annotation.SuppressLint
import android.content.Context
import android.graphics.Canvas
import android.graphics.Paint
import android.view.MotionEvent
import android.view.View
import vn.paht.app.R
import vn.paht.app.look.Ground
import vn.paht.app.look.dp
import vn.paht.core.CardArea
import vn.paht.core.Fix
import vn.paht.core.Point

/** A pin in the middle that the ground is pulled under, and the phone's own place. */
class PinBoard(context: Context, middle: Point, areas: List<CardArea>, private val fix: Fix?) : View(context) {
    private val ground = Ground(context, middle, areas)
    private var touchX = 0f
    private var touchY = 0f
    private val accent = Paint(Paint.ANTI_ALIAS_FLAG).apply { color = context.getColor(R.color.brand) }
    private val near = Paint(Paint.ANTI_ALIAS_FLAG).apply { color = context.getColor(R.color.brand_soft) }
    private val pin = checkNotNull(context.getDrawable(R.drawable.ic_pin)).mutate().apply {
        setTint(context.getColor(R.color.danger))
    }

    val middle: Point get() = ground.middle

    fun centre(on: Point) {
        ground.middle = on
        invalidate()
    }

    fun zoom(factor: Double) {
        ground.metresPerPx *= factor
        invalidate()
    }

    @SuppressLint("ClickableViewAccessibility")
    override fun onTouchEvent(event: MotionEvent): Boolean {
        when (event.actionMasked) {
            MotionEvent.ACTION_DOWN -> parent.requestDisallowInterceptTouchEvent(true)
            MotionEvent.ACTION_MOVE -> {
                ground.pull(event.x - touchX, event.y - touchY)
                invalidate()
            }
        }
        touchX = event.x
        touchY = event.y
        return true
    }

    override fun onSizeChanged(width: Int, height: Int, oldWidth: Int, oldHeight: Int) {
        ground.width = width
        ground.height = height
    }

    override fun onDraw(canvas: Canvas) {
        ground.drawGrid(canvas)
        fix?.let { drawFix(canvas, it) }
        ground.drawAreas(canvas)
        val (x, y) = width / 2 to height / 2
        val side = dp(44)
        pin.setBounds(x - side / 2, y - side * 9 / 10, x + side / 2, y + side / 10)
        pin.draw(canvas)
    }

    private fun drawFix(canvas: Canvas, fix: Fix) {
        val (x, y) = ground.x(fix.point) to ground.y(fix.point)
        val radius = ((fix.accuracyM?.toInt() ?: 50) / ground.metresPerPx).toFloat().coerceAtLeast(dp(14).toFloat())
        canvas.drawCircle(x, y, radius, near)
        canvas.drawCircle(x, y, dp(6).toFloat(), accent)
    }
}

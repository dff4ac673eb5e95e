package vn.paht.app.nearby

import android.content.Context
import android.graphics.Canvas
import android.graphics.Paint
import android.view.View
import vn.paht.app.R
import vn.paht.app.look.Ground
import vn.paht.app.look.dp
import vn.paht.core.CardArea
import vn.paht.core.Point
import vn.paht.core.metresBetween

/** The communes, how far was looked, and a pin for each case. Who cannot see it has the list: readers pass it over. */
class NearbyMap(context: Context) : View(context) {
    private val fill = Paint(Paint.ANTI_ALIAS_FLAG).apply { color = context.getColor(R.color.brand_soft) }
    private val line = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        style = Paint.Style.STROKE
        strokeWidth = dp(1).toFloat()
        color = context.getColor(R.color.brand)
    }
    private val dot = Paint(Paint.ANTI_ALIAS_FLAG).apply { color = context.getColor(R.color.brand) }
    private val pin = checkNotNull(context.getDrawable(R.drawable.ic_pin)).mutate().apply {
        setTint(context.getColor(R.color.danger))
    }
    private var ground: Ground? = null
    private var middle: Point? = null
    private var radiusM = 0
    private var reachM = 0.0
    private var pins: List<Point> = emptyList()

    init {
        importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO
        clipToOutline = true
    }

    fun show(middle: Point, radiusM: Int, areas: List<CardArea>, pins: List<Point>) {
        ground = Ground(context, middle, areas)
        this.middle = middle
        this.radiusM = radiusM
        // So far that one commune at least is seen by name.
        reachM = maxOf(radiusM.toDouble(), areas.minOfOrNull { metresBetween(middle, it.centre) } ?: 0.0)
        // Those in front are drawn last: the further south, the nearer to the eye.
        this.pins = pins.sortedByDescending { it.latE7 }
        invalidate()
    }

    override fun onDraw(canvas: Canvas) {
        val (ground, middle) = (ground ?: return) to (middle ?: return)
        ground.width = width
        ground.height = height
        ground.metresPerPx = 2.3 * reachM / minOf(width, height)
        val radius = (radiusM / ground.metresPerPx).toFloat()
        canvas.drawCircle(ground.x(middle), ground.y(middle), radius, fill)
        ground.drawGrid(canvas)
        canvas.drawCircle(ground.x(middle), ground.y(middle), radius, line)
        ground.drawAreas(canvas)
        canvas.drawCircle(ground.x(middle), ground.y(middle), dp(5).toFloat(), dot)
        val side = dp(28)
        for (at in pins) {
            val (x, y) = ground.x(at).toInt() to ground.y(at).toInt()
            pin.setBounds(x - side / 2, y - side * 9 / 10, x + side / 2, y + side / 10)
            pin.draw(canvas)
        }
    }
}

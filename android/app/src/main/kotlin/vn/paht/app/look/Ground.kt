package vn.paht.app.look

import android.content.Context
import android.graphics.Canvas
import android.graphics.Paint
import android.graphics.RectF
import vn.paht.app.R
import vn.paht.core.CardArea
import vn.paht.core.Point

/**
 * The ground of a map that needs no network: the communes by name where they are. North is up; a degree of longitude is as
 * long as it is at the middle.
 */
class Ground(context: Context, middle: Point, private val areas: List<CardArea>) {
    private var lat = middle.latE7 / E7
    private var lon = middle.lonE7 / E7
    private val gap = context.dp(4)
    private val step = context.dp(48)
    private val taken = mutableListOf<RectF>()
    private val dot = Paint(Paint.ANTI_ALIAS_FLAG).apply { color = context.getColor(R.color.outline) }
    private val grid = Paint().apply { color = context.getColor(R.color.line) }
    private val name = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        color = context.getColor(R.color.ink)
        textSize = Type.Small.sp * context.resources.displayMetrics.scaledDensity
    }

    var width = 0
    var height = 0
    var metresPerPx = 60.0 / context.resources.displayMetrics.density
        set(wanted) {
            field = wanted.coerceIn(0.5, 400.0)
        }

    var middle: Point
        get() = Point((lat * E7).toInt(), (lon * E7).toInt())
        set(at) {
            lat = at.latE7 / E7
            lon = at.lonE7 / E7
        }

    /** Pulls the ground by so many pixels. */
    fun pull(x: Float, y: Float) {
        lat += y * metresPerPx / METRES_PER_DEGREE
        lon -= x * metresPerPx / (METRES_PER_DEGREE * Math.cos(Math.toRadians(lat)))
    }

    fun x(of: Point): Float = x(of.lonE7 / E7)

    fun y(of: Point): Float = y(of.latE7 / E7)

    fun drawGrid(canvas: Canvas) {
        val (left, top) = (x(Math.floor(lon)) % step) to (y(Math.ceil(lat)) % step)
        for (at in 0..width / step + 1) canvas.drawLine(left + at * step, 0f, left + at * step, height.toFloat(), grid)
        for (at in 0..height / step + 1) canvas.drawLine(0f, top + at * step, width.toFloat(), top + at * step, grid)
    }

    fun drawAreas(canvas: Canvas) {
        taken.clear()
        areas.forEach { drawArea(canvas, it) }
    }

    private fun drawArea(canvas: Canvas, area: CardArea) {
        val (x, y) = x(area.centre) to y(area.centre)
        if (x < -width || x > 2 * width || y < 0 || y > height) return
        canvas.drawCircle(x, y, gap * 0.75f, dot)
        val half = name.measureText(area.name) / 2
        val box = RectF(x - half, y + gap, x + half, y + 2 * gap + name.textSize)
        // A name that would lie on another waits until one comes nearer.
        if (taken.any { RectF.intersects(it, box) }) return
        taken += box
        canvas.drawText(area.name, box.left, box.bottom - gap * 0.75f, name)
    }

    private fun x(lon: Double) =
        (width / 2 + (lon - this.lon) * METRES_PER_DEGREE * Math.cos(Math.toRadians(lat)) / metresPerPx).toFloat()

    private fun y(lat: Double) = (height / 2 - (lat - this.lat) * METRES_PER_DEGREE / metresPerPx).toFloat()

    private companion object {
        const val E7 = 1e7
        const val METRES_PER_DEGREE = 111_320.0
    }
}

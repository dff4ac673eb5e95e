package vn.paht.app

import android.content.res.ColorStateList
import android.util.TypedValue
import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.FrameLayout
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.TextView
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.icon
import vn.paht.app.look.plate
import vn.paht.app.look.row
import vn.paht.app.look.setType
import vn.paht.app.look.text
import vn.paht.app.look.touchable

/** The five places. */
enum class Place(val word: String, val icon: Int) {
    Report("app-tab-report", R.drawable.ic_camera),
    Mine("app-tab-mine", R.drawable.ic_mine),
    Nearby("app-tab-nearby", R.drawable.ic_map),
    Alerts("app-tab-alerts", R.drawable.ic_bell),
    More("app-tab-more", R.drawable.ic_more),
}

/** The bar at the bottom. */
class BottomBar(private val screen: Screen, private val chosen: (Place) -> Unit) {
    private class Item(val whole: View, val pill: View, val icon: ImageView, val word: TextView, val mark: View)

    private val items = mutableMapOf<Place, Item>()

    val view: LinearLayout = screen.column {
        setBackgroundColor(context.getColor(R.color.surface))
        val line = View(context).apply { setBackgroundColor(context.getColor(R.color.line)) }
        addView(line, LinearLayout.LayoutParams(MATCH_PARENT, dp(1)))
        add(screen.row {
            for (place in Place.entries) {
                val item = make(place)
                items[place] = item
                addView(item.whole, LinearLayout.LayoutParams(0, MATCH_PARENT, 1f))
            }
        })
    }

    fun show(place: Place) = items.forEach { (each, item) ->
        val isHere = each == place
        val color = screen.getColor(if (isHere) R.color.on_brand_soft else R.color.ink_soft)
        item.whole.isSelected = isHere
        item.pill.background = if (isHere) screen.plate(R.color.brand_soft, 16) else null
        item.icon.imageTintList = ColorStateList.valueOf(color)
        item.word.setTextColor(if (isHere) color else screen.getColor(R.color.ink_soft))
    }

    /** A dot on the picture, and [said] after the name for who cannot see it; absent: none. */
    fun mark(place: Place, said: String?) {
        val item = items[place] ?: return
        item.mark.visibility = if (said == null) View.GONE else View.VISIBLE
        item.whole.contentDescription = listOfNotNull(screen.say(place.word), said).joinToString(", ")
    }

    private fun make(place: Place): Item {
        val icon = screen.icon(place.icon)
        val mark = View(screen).apply {
            background = screen.plate(R.color.danger, 6, R.color.surface)
            visibility = View.GONE
        }
        val pill = FrameLayout(screen).apply {
            addView(icon, FrameLayout.LayoutParams(dp(24), dp(24), Gravity.CENTER))
            val corner = FrameLayout.LayoutParams(dp(12), dp(12), Gravity.CENTER_HORIZONTAL or Gravity.TOP)
            corner.marginStart = dp(10)
            addView(mark, corner.apply { topMargin = dp(2) })
        }
        val word = screen.text(screen.say(place.word), Type.Small).apply {
            gravity = Gravity.CENTER
            maxLines = 1
            // Five words share the width: they grow with the person's choice as far as they fit, the icons stay.
            val scaled = 12 * resources.configuration.fontScale
            setTextSize(TypedValue.COMPLEX_UNIT_DIP, scaled.coerceAtMost(LARGEST_DP))
        }
        val whole = screen.column {
            gravity = Gravity.CENTER_HORIZONTAL
            minimumHeight = dp(60)
            setPadding(0, dp(6), 0, dp(6))
            background = touchable(plate(android.R.color.transparent))
            contentDescription = screen.say(place.word)
            isFocusable = true
            add(pill, 0, dp(52), dp(30))
            add(word, 2, WRAP_CONTENT)
            setOnClickListener { chosen(place) }
        }
        return Item(whole, pill, icon, word, mark)
    }

    private fun View.touchable(plate: android.graphics.drawable.Drawable) = context.touchable(plate)

    private fun View.plate(color: Int) = context.plate(color, 16)

    private companion object {
        const val LARGEST_DP = 13.5f
    }
}

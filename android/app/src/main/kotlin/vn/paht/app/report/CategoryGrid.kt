package vn.paht.app.report

import android.content.res.ColorStateList
import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.RadioButton
import android.widget.TextView
import android.view.accessibility.AccessibilityNodeInfo
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.icon
import vn.paht.app.look.isLargeText
import vn.paht.app.look.plate
import vn.paht.app.look.row
import vn.paht.app.look.text
import vn.paht.app.look.touchable
import vn.paht.core.CardCategory
import vn.paht.core.CategoryCode

/** What a report can be about, to be chosen by its picture. With large letters it becomes a list. */
class CategoryGrid(private val screen: Screen, private val changed: (CategoryCode) -> Unit) {
    private class Tile(val whole: LinearLayout, val icon: ImageView, val word: TextView)

    private val tiles = mutableMapOf<CategoryCode, Tile>()

    val view: LinearLayout = screen.column()

    var chosen: CategoryCode? = null
        set(value) {
            field = value
            tiles.forEach { (code, tile) -> paint(tile, code == value) }
        }

    fun fillWith(categories: List<CardCategory>) {
        view.removeAllViews()
        tiles.clear()
        val isList = screen.isLargeText()
        val columns = if (isList) 1 else COLUMNS
        for ((at, line) in categories.chunked(columns).withIndex()) {
            val row = screen.row { gravity = Gravity.FILL }
            line.forEachIndexed { place, category ->
                val tile = if (isList) wide(category) else high(category)
                tiles[category.code] = tile
                row.put(tile.whole, place)
            }
            // The last line keeps the others' widths.
            repeat(columns - line.size) { row.put(View(screen), line.size + it) }
            view.add(row, if (at == 0) 0 else GAP_DP)
        }
        chosen = chosen
    }

    private fun LinearLayout.put(child: View, place: Int) =
        addView(child, LinearLayout.LayoutParams(0, MATCH_PARENT, 1f).apply { marginStart = if (place == 0) 0 else dp(GAP_DP) })

    private fun high(category: CardCategory): Tile {
        val icon = screen.icon(iconOf(category.code), 28)
        val word = screen.text(category.name(screen.words), Type.Small).apply { gravity = Gravity.CENTER }
        word.textSize = SMALL_SP
        val whole = screen.column {
            // Pictures on one line, however many lines the words need.
            gravity = Gravity.CENTER_HORIZONTAL
            minimumHeight = dp(88)
            setPadding(dp(4), dp(12), dp(4), dp(10))
            addView(icon)
            add(word, 6)
        }
        return tile(whole, icon, word, category)
    }

    private fun wide(category: CardCategory): Tile {
        val icon = screen.icon(iconOf(category.code), 32)
        val word = screen.text(category.name(screen.words))
        val whole = screen.row {
            minimumHeight = dp(64)
            setPadding(dp(16), dp(12), dp(12), dp(12))
            addView(icon)
            addView(word, LinearLayout.LayoutParams(0, LinearLayout.LayoutParams.WRAP_CONTENT, 1f).apply { marginStart = dp(16) })
        }
        return tile(whole, icon, word, category)
    }

    private fun tile(whole: LinearLayout, icon: ImageView, word: TextView, category: CardCategory): Tile {
        whole.isFocusable = true
        whole.contentDescription = screen.say("app-a11y-category", "name" to category.name(screen.words))
        whole.setOnClickListener {
            chosen = category.code
            changed(category.code)
        }
        whole.accessibilityDelegate = OneOfMany { chosen == category.code }
        return Tile(whole, icon, word)
    }

    private fun paint(tile: Tile, isChosen: Boolean) {
        val ground = if (isChosen) screen.plate(R.color.brand, 14) else screen.plate(R.color.surface, 14, R.color.line)
        tile.whole.background = screen.touchable(ground, 14)
        tile.whole.isSelected = isChosen
        val (icon, word) = if (isChosen) R.color.on_brand to R.color.on_brand else R.color.brand to R.color.ink
        tile.icon.imageTintList = ColorStateList.valueOf(screen.getColor(icon))
        tile.word.setTextColor(screen.getColor(word))
    }

    private companion object {
        const val COLUMNS = 3
        const val GAP_DP = 8
        const val SMALL_SP = 13f
    }
}

/** Speaks as one of several choices, chosen or not. */
class OneOfMany(private val isChosen: () -> Boolean) : View.AccessibilityDelegate() {
    override fun onInitializeAccessibilityNodeInfo(host: View, info: AccessibilityNodeInfo) {
        super.onInitializeAccessibilityNodeInfo(host, info)
        info.className = RadioButton::class.java.name
        info.isCheckable = true
        info.isChecked = isChosen()
    }
}

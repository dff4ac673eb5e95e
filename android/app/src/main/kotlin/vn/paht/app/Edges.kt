package vn.paht.app

import android.app.Activity
import android.graphics.Rect
import android.os.Build
import android.view.View
import android.view.WindowInsets

/**
 * Lets the activity draw under the system's bars, on every version alike: from target 35 on Android 15 does so
 * whether one wants it or not. Each screen then says by [keepClearOfBars] what may not be covered.
 */
fun Activity.drawEdgeToEdge() {
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
        window.setDecorFitsSystemWindows(false)
    } else {
        @Suppress("DEPRECATION")
        window.decorView.systemUiVisibility = window.decorView.systemUiVisibility or
            View.SYSTEM_UI_FLAG_LAYOUT_STABLE or
            View.SYSTEM_UI_FLAG_LAYOUT_FULLSCREEN or
            View.SYSTEM_UI_FLAG_LAYOUT_HIDE_NAVIGATION
    }
}

/** Pads this view by the bars, the cut-out and the keyboard, on top of the padding its layout gave it. */
fun View.keepClearOfBars() {
    val own = Rect(paddingLeft, paddingTop, paddingRight, paddingBottom)
    setOnApplyWindowInsetsListener { view, insets ->
        val covered = insets.covered()
        view.setPadding(
            own.left + covered.left,
            own.top + covered.top,
            own.right + covered.right,
            own.bottom + covered.bottom,
        )
        insets
    }
    requestApplyInsets()
}

/** What covers the window at its four sides, in pixels. */
private fun WindowInsets.covered(): Rect =
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
        val kinds = WindowInsets.Type.systemBars() or WindowInsets.Type.displayCutout() or WindowInsets.Type.ime()
        getInsets(kinds).let { Rect(it.left, it.top, it.right, it.bottom) }
    } else {
        // The keyboard counts among these as long as the activity's soft input mode is adjustResize.
        @Suppress("DEPRECATION")
        Rect(systemWindowInsetLeft, systemWindowInsetTop, systemWindowInsetRight, systemWindowInsetBottom)
    }

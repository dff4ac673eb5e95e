package vn.paht.app

import android.app.Activity
import android.os.Looper
import android.view.View
import android.view.ViewGroup
import android.widget.ListView
import android.widget.TextView
import java.time.Duration
import java.util.concurrent.locks.LockSupport
import org.robolectric.Shadows.shadowOf

// What a person sees and touches on a screen.

/** Everything below and including this view, in the order it is drawn. */
fun View.all(): Sequence<View> = sequence {
    yield(this@all)
    val group = this@all as? ViewGroup ?: return@sequence
    for (at in 0 until group.childCount) yieldAll(group.getChildAt(at).all())
}

/** Visible with all that it stands in. */
val View.isSeen: Boolean get() = visibility == View.VISIBLE && ((parent as? View)?.isSeen ?: true)

fun Activity.seen(): Sequence<View> = window.decorView.all().filter { it.isSeen }

/** Its own words, what it is called, or the words inside it. */
val View.label: String
    get() = contentDescription?.toString()?.takeIf(String::isNotBlank)
        ?: (this as? TextView)?.text?.toString()?.takeIf(String::isNotBlank)
        ?: (this as? TextView)?.hint?.toString()?.takeIf(String::isNotBlank)
        ?: (this as? ViewGroup)?.let { group -> (0 until group.childCount).joinToString(" ") { group.getChildAt(it).label }.trim() }
        ?: ""

fun Activity.says(words: String): Boolean = seen().any { view ->
    (view as? TextView)?.text?.contains(words) == true || view.contentDescription?.contains(words) == true
}

/** Presses what is called so. */
fun Activity.press(words: String) {
    // A list is touched line by line, and is called by the words of all of them.
    val found = seen().filter { (it.isClickable || it.hasOnClickListeners()) && it !is ListView }.firstOrNull { words in it.label }
    checkNotNull(found) { "nothing to press is called “$words”: ${seen().filter { it.hasOnClickListeners() }.map { it.label }.toList()}" }
    found.performClick()
    idle()
}

/** Lets what waits run, and a frame be laid out. */
fun idle() = shadowOf(Looper.getMainLooper()).idleFor(FRAME)

/** Until the core has answered and a frame is laid out: a screen is measured as a person comes to see it, not half drawn. */
fun Activity.settle() {
    var before = emptyList<String>()
    var calm = 0
    until("$this stands still") {
        val now = seen().map { "${it.label} ${it.width} ${it.height}" }.toList()
        calm = if (now == before && !window.decorView.isLayoutRequested) calm + 1 else 0
        before = now
        calm == CALM_FRAMES
    }
}

private const val CALM_FRAMES = 20

private val FRAME = Duration.ofMillis(20)

/** Until it is so: the core works on threads of its own, in real time. Bounded, so that a fault ends it. */
fun until(what: String, atMostS: Int = 30, isSo: () -> Boolean) {
    val end = System.nanoTime() + atMostS * 1_000_000_000L
    while (true) {
        idle()
        if (isSo()) return
        check(System.nanoTime() < end) { "never: $what" }
        LockSupport.parkNanos(5_000_000)
    }
}

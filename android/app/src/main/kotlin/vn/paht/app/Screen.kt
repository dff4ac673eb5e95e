package vn.paht.app

import android.app.Activity
import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import android.content.IntentFilter
import android.os.Bundle
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.widget.FrameLayout
import android.widget.LinearLayout
import android.widget.ScrollView
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.column
import vn.paht.app.look.dp
import vn.paht.app.look.fill
import vn.paht.app.look.fit
import vn.paht.app.look.heading
import vn.paht.app.look.iconButton
import vn.paht.app.look.row
import vn.paht.app.words.Words
import vn.paht.kit.Paht
import vn.paht.kit.PahtFault

/** What all screens have: the phone, the words, a scope that ends with them, and one that lasts while they are seen. */
abstract class Screen : Activity() {
    val paht: Paht get() = Paht.of(this)
    val words: Words by lazy { Words.of(this) }
    val scope: CoroutineScope = MainScope()
    private var seen: CoroutineScope? = null

    override fun attachBaseContext(base: Context) = super.attachBaseContext(Words.localised(base))

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        drawEdgeToEdge()
    }

    /** All times in sight are told anew: the person travelled, or set the clock. */
    private val clockSet = object : BroadcastReceiver() {
        override fun onReceive(context: Context, intent: Intent) = look()
    }

    override fun onStart() {
        super.onStart()
        registerReceiver(clockSet, CLOCK_SET)
        look()
    }

    private fun look() {
        seen?.cancel()
        seen = CoroutineScope(SupervisorJob() + Dispatchers.Main).also(::whileSeen)
    }

    override fun onStop() {
        unregisterReceiver(clockSet)
        seen?.cancel()
        seen = null
        super.onStop()
    }

    override fun onDestroy() {
        scope.cancel()
        super.onDestroy()
    }

    /** Follows what changes, from `onStart` to `onStop`. */
    protected open fun whileSeen(scope: CoroutineScope) = Unit

    fun say(id: String) = words.say(id)

    fun say(id: String, vararg args: Pair<String, Any>) = words.say(id, *args)

    /** Does it, and says inline what went wrong and the way out. */
    fun attempt(error: ErrorLine, work: suspend () -> Unit) {
        error.show(null)
        scope.launch {
            try {
                work()
            } catch (cancelled: CancellationException) {
                throw cancelled
            } catch (fault: PahtFault) {
                error.show(fault.say(words.language))
            }
        }
    }

    /** A screen with a way back, its title, and a column that scrolls; [foot] stays in sight below. */
    protected fun scaffold(title: String, foot: View? = null, build: LinearLayout.() -> Unit) {
        val scroll = ScrollView(this).apply {
            isFillViewport = true
            scrollBarSize = dp(3)
            clipToPadding = false
            addView(column(16) {
                build()
                // No field takes the keyboard out before it is asked.
                isFocusableInTouchMode = true
            })
        }
        frame(title, scroll, foot)
    }

    /** As [scaffold], around a body that scrolls by itself. */
    protected fun frame(title: String, body: View, foot: View? = null) {
        val whole = column {
            add(topBar(title))
            addView(body, LinearLayout.LayoutParams(MATCH_PARENT, 0, 1f))
            foot?.let { add(footOf(it)) }
        }
        window.decorView.setBackgroundColor(getColor(R.color.ground))
        setContentView(FrameLayout(this).apply { addView(whole) })
        whole.keepClearOfBars()
    }

    private fun topBar(title: String): View = row {
        setPadding(dp(4), dp(4), dp(16), dp(4))
        minimumHeight = dp(56)
        fit(iconButton(R.drawable.ic_back, say("app-button-back")) { finish() })
        fill(heading(title, Type.Heading), 4)
    }
}

private val CLOCK_SET = IntentFilter().apply {
    addAction(Intent.ACTION_TIMEZONE_CHANGED)
    addAction(Intent.ACTION_TIME_CHANGED)
}

/** What stays at the foot of a screen: the one thing to press. */
fun Context.footOf(action: View): LinearLayout = column {
    setBackgroundColor(getColor(R.color.ground))
    addView(View(context).apply { setBackgroundColor(getColor(R.color.line)) }, LinearLayout.LayoutParams(MATCH_PARENT, dp(1)))
    add(column(12) { add(action) }.apply { setPadding(dp(16), dp(10), dp(16), dp(10)) })
}
